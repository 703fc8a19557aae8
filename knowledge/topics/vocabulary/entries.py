"""The shipped vocabulary's files as typed entries; knows TOML and no database."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
#: The lists of a term in terms.toml; each name is the value of a LabelRelation.
RELATIONS = ("same", "narrower", "related", "outdated", "ambiguous")


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of action."""

    slug: str
    name: str
    description: str
    position: int


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic and the slugs of what it stands below."""

    slug: str
    name: str
    description: str
    broader: str
    field: str


@dataclass(frozen=True, slots=True, order=True)
class LabelEntry:
    """Another word for a term."""

    text: str
    relation: str
    is_abbreviation: bool


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term with its words and the slugs of its topics, both sorted, so that equal content gives equal entries."""

    slug: str
    preferred: str
    definition: str
    source: str
    source_url: str
    scope_note: str
    editorial_note: str
    topics: tuple[str, ...]
    labels: tuple[LabelEntry, ...]


Entry = FieldEntry | TopicEntry | TermEntry


def fingerprint(entry: Entry) -> str:
    """Return a text that is equal for equal entries only, to see later whether editors changed one."""
    return hashlib.sha256(json.dumps(asdict(entry), sort_keys=True).encode()).hexdigest()


def shipped_fields(folder: Path = FOLDER) -> Iterator[FieldEntry]:
    """Yield the fields of action in their order."""
    for position, row in enumerate(_read(folder / "topics.toml")["field"], start=1):
        yield FieldEntry(row["slug"], row["name"], row["description"], position)


def shipped_topics(folder: Path = FOLDER) -> Iterator[TopicEntry]:
    """Yield the topics; the file names a broader topic before its narrower ones."""
    for row in _read(folder / "topics.toml")["topic"]:
        yield TopicEntry(row["slug"], row["name"], row["description"], row.get("broader", ""), row.get("field", ""))


def shipped_terms(folder: Path = FOLDER) -> Iterator[TermEntry]:
    """Yield the terms."""
    for row in _read(folder / "terms.toml")["term"]:
        yield _term(row)


def shipped_groups(folder: Path = FOLDER) -> dict[int, str]:
    """Return the preferred word of each numbered group of the field's thesaurus."""
    return {row["group"]: row["preferred"] for row in _read(folder / "terms.toml")["term"] if "group" in row}


def _term(row: dict) -> TermEntry:
    abbreviations = set(row.get("abbreviations", ()))
    labels = [
        LabelEntry(text, relation, text in abbreviations) for relation in RELATIONS for text in row.get(relation, ())
    ]
    texts = ("source", "source_url", "scope_note", "editorial_note")
    return TermEntry(
        slug=row["slug"],
        preferred=row["preferred"],
        definition=row["definition"],
        topics=tuple(sorted(row.get("topics", ()))),
        labels=tuple(sorted(labels)),
        **{name: row.get(name, "") for name in texts},
    )


def _read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)
