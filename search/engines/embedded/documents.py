"""How one record becomes one document to rank and several to quote from."""

import hashlib
import json
from collections.abc import Iterable, Iterator

import tantivy

from search.engines.base import Operation
from search.engines.embedded.schema import SEPARATOR
from search.language.analysis import Analyzer
from search.language.passages import sentences
from search.language.tokens import words_of
from search.ranking import FORM, MENTIONS, PARTS, TEXT, TITLE_REPETITIONS
from search.records import SearchRecord

#: Unit: characters. Longer sections are quoted in pieces, so that a hit never analyses a whole book.
LONGEST_PIECE = 3_000


def record_key(kind: str, object_id: str) -> str:
    """Name a record across all kinds."""
    return f"{kind}:{object_id}"


def owner_number(key: str) -> int:
    """Stand for a record's key in a column, because numbers are read without fetching documents."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest())


class _Analysed:
    """A text as the three searchable fields hold it; made once, used by the record and by its section."""

    __slots__ = ("form", "parts", "stems", "words")

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        written = words_of(text)
        words = analyzer.words(written)
        self.stems = " ".join([word.stem for word in words])
        self.form = " ".join([word.form for word in words])
        self.parts = " ".join(analyzer.part_terms(text, words))
        self.words = dict(zip(written, words, strict=True))

    def add_to(self, document: tantivy.Document) -> None:
        document.add_text(TEXT, self.stems)
        document.add_text(FORM, self.form)
        document.add_text(PARTS, self.parts)


class DocumentMaker:
    """Makes the documents of records with the analysis of one generation."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def make(self, operation: Operation) -> tuple[tantivy.Document, list[tantivy.Document]]:
        """Make the document that is ranked, counted and filtered, and those that are quoted from."""
        record = operation.record
        quotable = [*_quotable(record)]
        title = _Analysed(str(record.title), self._analyzer)
        named = _Analysed("\n".join(_names(record)), self._analyzer)
        headings = [_Analysed(section["heading"], self._analyzer) for section in quotable]
        bodies = [_Analysed(section["text"], self._analyzer) for section in quotable]
        texts = [
            *[title] * TITLE_REPETITIONS,
            named,
            *(text for pair in zip(headings, bodies, strict=True) for text in pair),
        ]
        sections = [self._section(record, *parts) for parts in zip(quotable, headings, bodies, strict=True)]
        return self._record(operation, texts), sections

    def _record(self, operation: Operation, texts: list[_Analysed]) -> tantivy.Document:
        record = operation.record
        document = self._document(record, _stored_record(operation), texts)
        words = {written: word.folded for text in texts for written, word in text.words.items() if written.isalpha()}
        document.add_text("words", " ".join([f"{folded}{SEPARATOR}{written}" for written, folded in words.items()]))
        titled = self._analyzer.words(words_of(str(record.title)))
        document.add_text("title", " ".join([word.folded for word in titled]))
        mentioned = self._analyzer.words(words_of("\n".join(map(str, (record.caption, *record.mentions)))))
        document.add_text(MENTIONS, " ".join([word.stem for word in mentioned]))
        document.add_unsigned("day", record.date.toordinal() if record.date else 0)
        _add_facets(document, record)
        return document

    def _section(
        self, record: SearchRecord, stored: dict[str, str | bool], heading: _Analysed, body: _Analysed
    ) -> tantivy.Document:
        document = self._document(record, stored, (heading, body))
        document.add_unsigned("owner", owner_number(record_key(record.kind, record.id)))
        document.add_unsigned("aside", int(stored["is_aside"]))
        return document

    def _document(self, record: SearchRecord, stored: dict, texts: Iterable[_Analysed]) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("key", record_key(record.kind, record.id))
        document.add_text("audience", str(record.audience))
        document.add_bytes("stored", json.dumps(stored, ensure_ascii=False).encode())
        for text in texts:
            text.add_to(document)
        return document


def _add_facets(document: tantivy.Document, record: SearchRecord) -> None:
    document.add_text("kind", record.kind)
    if record.date:
        document.add_text("year", str(record.date.year))
    municipality = (record.municipality,) if record.municipality else ()
    named = {"field_of_action": record.fields_of_action, "topic": record.topics, "municipality": municipality}
    for name, facets in named.items():
        for facet in dict.fromkeys(facets):
            document.add_text(name, facet.key)
            document.add_text(f"{name}_named", f"{facet.key}{SEPARATOR}{facet.label}")


def _names(record: SearchRecord) -> Iterator[str]:
    """Words that find a record without being quoted from it."""
    yield from map(str, (record.organisation, *record.keywords))
    if record.municipality:
        yield str(record.municipality.label)


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


def _stored_record(operation: Operation) -> dict:
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
