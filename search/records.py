"""The form in which a room hands its knowledge to the search; a record knows nothing of models or engines."""

import datetime
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facet:
    """A value to filter by: its key in addresses and the words a reader sees."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a record with an address of its own."""

    heading: str
    anchor: str
    text: str
    number: str = ""
    #: A remark such as a footnote, quoted only where no other section answers.
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One thing that can be found."""

    kind: str
    id: str
    url: str
    title: str
    summary: str = ""
    sections: tuple[Section, ...] = ()
    topics: tuple[Facet, ...] = ()
    fields_of_action: tuple[Facet, ...] = ()
    organisation: str = ""
    #: Where it comes from; hits name it.
    municipality: Facet | None = None
    #: Further municipalities for which it is there.
    areas: tuple[Facet, ...] = ()
    #: Languages in which somebody can be spoken to, and kinds of services; only partners have these.
    spoken: tuple[Facet, ...] = ()
    services: tuple[Facet, ...] = ()
    edition: str = ""
    date: datetime.date | None = None
    language: str = "de"
    audience: str = "public"
    #: Extra words that find the record, such as the alternative labels of a term.
    keywords: tuple[str, ...] = ()
    #: What introduces the record in a list. Its words find the record behind all others, else a dictionary entry of
    #: few words would rank above every text that is really about them.
    caption: str = ""
    #: More words that find the record behind all others, such as related terms.
    mentions: tuple[str, ...] = ()

    @property
    def municipalities(self) -> tuple[Facet, ...]:
        """Return where it comes from and for which places it is there, each once."""
        return tuple(dict.fromkeys((self.municipality, *self.areas) if self.municipality else self.areas))

    @property
    def _facet_groups(self) -> tuple[tuple[Facet, ...], ...]:
        return (self.topics, self.fields_of_action, self.spoken, self.services, self.areas)

    @property
    def digest(self) -> str:
        """Name the record's content, so that an audit can tell a stale copy from a current one."""
        # str() first: a section's heading may be a lazy translation, whose repr differs from run to run.
        sections = [tuple(map(str, (s.heading, s.anchor, s.text, s.number, s.is_aside))) for s in self.sections]
        facets = [[(f.key, str(f.label)) for f in group] for group in self._facet_groups]
        place = (self.municipality.key, self.municipality.label) if self.municipality else None
        plain = (self.url, str(self.title), str(self.summary), str(self.organisation), self.edition, self.date)
        found_by = (tuple(map(str, self.keywords)), tuple(map(str, self.mentions)))
        rest = (self.language, str(self.audience), *found_by, str(self.caption))
        return hashlib.sha256(repr((plain, sections, facets, place, rest)).encode()).hexdigest()[:16]
