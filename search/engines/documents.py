"""What every engine writes of a record: its analysed words, its facets, and what is shown of it."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import Stemmer

from search import language
from search.engines.base import Operation
from search.language.analysis import MOST_REMEMBERED, Analyzer, Word
from search.language.passages import sentences
from search.language.tokens import words_of
from search.ranking import TITLE_REPETITIONS
from search.records import Facet, SearchRecord

#: Unit: characters. Longer sections are quoted in pieces, so that a hit never analyses a whole book.
LONGEST_PIECE = 3_000
#: Between the folded word and the word as written, and between a facet's key and its label.
SEPARATOR = "\u001f"
#: Facets whose key is also what the reader sees, or is named by the registry.
PLAIN_FACETS = ("kind", "year")
#: Facets whose labels travel with the records, because the search has no models to look them up in.
NAMED_FACETS = ("field_of_action", "topic", "municipality", "spoken", "service")


def record_key(kind: str, object_id: str) -> str:
    """Name a record across all kinds."""
    return f"{kind}:{object_id}"


def fingerprint(*own: Path) -> str:
    """Hash what decides how a text is written: an engine's own files, these, the analysis and the stemmer's release."""
    sources = [*own, Path(__file__), *sorted(Path(language.__file__).parent.glob("*.py"))]
    content = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(content + Stemmer.version().encode()).hexdigest()[:16]


# Named tuples, because records travel between processes, and these are packed several times faster than dataclasses.
class AnalysedText(NamedTuple):
    """A text as the three searchable fields hold it: terms with spaces between them."""

    stems: str
    form: str
    parts: str


class IndexedSection(NamedTuple):
    """A stretch that is quoted from; `shown` holds heading, anchor, number, text and is_aside."""

    texts: tuple[AnalysedText, ...]
    shown: dict


class IndexedRecord(NamedTuple):
    """A record ready to be written."""

    key: str
    audience: str
    texts: tuple[AnalysedText, ...]
    #: The folded words of the title.
    title: str
    #: Every word as „folded␟written“, once, with spaces between.
    words: str
    #: Stems that list the record behind all others.
    mentions: str
    #: Days since the year 1; 0 without a date.
    day: int
    #: Plain facets: name → key, where there is one.
    plain: dict[str, str]
    named: dict[str, tuple[Facet, ...]]
    sections: tuple[IndexedSection, ...]
    shown: dict


class Prepared(NamedTuple):
    """A record that was analysed elsewhere, and with which lexicon; an index with another one must not take it."""

    lexicon: str
    record: IndexedRecord


class _Analysed:
    """A text and its words; made once, used by the record and by its section."""

    __slots__ = ("text", "written")

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self.written = words_of(text)
        words = analyzer.words(self.written)
        # One step for all columns; this runs for every word of a collection.
        _, forms, stems, _, terms = zip(*words, strict=True) if words else _NO_COLUMNS
        parts = analyzer.joined_terms(text)
        self.text = AnalysedText(" ".join(stems), " ".join(forms), " ".join((*terms, *parts) if parts else terms))


_NO_COLUMNS = ((),) * len(Word._fields)


class _Spellings(dict[str, str]):
    """Words as „folded␟written“, made once; nothing for what is no word."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, written: str) -> str:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        spelling = f"{self._analyzer.word(written).folded}{SEPARATOR}{written}" if written.isalpha() else ""
        self[written] = spelling
        return spelling


class RecordMaker:
    """Makes records ready for an index with the analysis of one generation."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._spellings = _Spellings(analyzer)

    def make(self, operation: Operation) -> IndexedRecord:
        """Analyse the record of an operation, unless that was done beforehand."""
        prepared, record = operation.prepared, operation.record
        if isinstance(prepared, Prepared) and prepared.lexicon == self._analyzer.lexicon.fingerprint:
            return prepared.record
        quotable = [*_quotable(record)]
        title = _Analysed(str(record.title), self._analyzer)
        named = _Analysed("\n".join(_names(record)), self._analyzer)
        headings = [_Analysed(section["heading"], self._analyzer) for section in quotable]
        bodies = [_Analysed(section["text"], self._analyzer) for section in quotable]
        pairs = list(zip(headings, bodies, strict=True))
        texts = [title, named, *(text for pair in pairs for text in pair)]
        written = dict.fromkeys(chain.from_iterable(text.written for text in texts))
        mentioned = self._analyzer.words(words_of("\n".join(map(str, (record.caption, *record.mentions)))))
        return IndexedRecord(
            key=record_key(record.kind, record.id),
            audience=str(record.audience),
            texts=(*[title.text] * TITLE_REPETITIONS, *[text.text for text in texts[1:]]),
            title=" ".join([self._analyzer.word(word).folded for word in dict.fromkeys(title.written)]),
            words=" ".join(filter(None, map(self._spellings.__getitem__, written))),
            mentions=" ".join([word.stem for word in mentioned]),
            day=record.date.toordinal() if record.date else 0,
            plain={"kind": record.kind} | ({"year": str(record.date.year)} if record.date else {}),
            named=_named(record),
            sections=tuple(
                IndexedSection((heading.text, body.text), shown)
                for shown, (heading, body) in zip(quotable, pairs, strict=True)
            ),
            shown=_shown(operation),
        )


def _named(record: SearchRecord) -> dict[str, tuple[Facet, ...]]:
    named = {
        "field_of_action": record.fields_of_action,
        "topic": record.topics,
        "municipality": record.municipalities,
        "spoken": record.spoken,
        "service": record.services,
    }
    return {name: tuple(dict.fromkeys(facets)) for name, facets in named.items()}


def _names(record: SearchRecord) -> Iterator[str]:
    """Words that find a record without being quoted from it."""
    yield from map(str, (record.organisation, *record.keywords))
    yield from (str(facet.label) for facet in (*record.spoken, *record.services, *record.municipalities))


def _quotable(record: SearchRecord) -> Iterator[dict[str, str | bool]]:
    """Give what is quoted from: the summary, then the sections, long ones in pieces."""
    if record.summary:
        yield {"heading": "", "anchor": "", "number": "", "text": str(record.summary), "is_aside": False}
    for section in record.sections:
        place = {"heading": str(section.heading), "anchor": section.anchor, "number": section.number}
        for piece in _pieces(str(section.text)):
            yield {**place, "text": piece, "is_aside": section.is_aside}


def _pieces(text: str) -> Iterator[str]:
    if len(text) <= LONGEST_PIECE:
        yield text
        return
    start = end = 0
    for sentence in sentences(text):
        if sentence.end - start > LONGEST_PIECE and end > start:
            yield text[start:end]
            start = sentence.start
        end = sentence.end
    yield text[start:]


def _shown(operation: Operation) -> dict:
    record = operation.record
    return {
        "kind": record.kind,
        "id": record.id,
        "url": record.url,
        "title": str(record.title),
        "summary": str(record.summary or record.caption),
        "organisation": str(record.organisation),
        "municipality": str(record.municipality.label) if record.municipality else "",
        "edition": record.edition,
        "date": record.date.isoformat() if record.date else None,
        "version": operation.version,
        "digest": record.digest,
    }
