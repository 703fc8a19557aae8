"""How one record becomes one document to rank and several to quote from."""

import json
from collections.abc import Iterator

import tantivy

from search.engines.base import Operation
from search.engines.embedded.schema import SEPARATOR
from search.language.analysis import Analyzer, part_terms
from search.language.folding import fold
from search.language.passages import sentences
from search.language.tokens import tokenize
from search.ranking import FORM, PARTS, TEXT, TITLE_REPETITIONS
from search.records import Facet, SearchRecord

#: Unit: characters. Longer sections are quoted in pieces, so that a hit never analyses a whole book.
LONGEST_PIECE = 3_000


def record_key(kind: str, object_id: str) -> str:
    """Name a record across all kinds."""
    return f"{kind}:{object_id}"


class DocumentMaker:
    """Makes the documents of records with the analysis of one generation."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def record(self, operation: Operation) -> tantivy.Document:
        """Make the document that is ranked, counted and filtered."""
        record = operation.record
        document = self._base(record)
        for text in [record.title] * TITLE_REPETITIONS:
            self._add_text(document, str(text))
        texts = list(_texts(record))
        for text in texts:
            self._add_text(document, text)
        document.add_text("title", _folded_words(" ".join([str(record.title), *map(str, record.keywords)])))
        document.add_text("words", _vocabulary([str(record.title), *texts]))
        document.add_unsigned("day", record.date.toordinal() if record.date else 0)
        self._add_facets(document, record)
        document.add_bytes("stored", _stored_record(operation))
        return document

    def sections(self, record: SearchRecord) -> Iterator[tantivy.Document]:
        """Make the documents to quote from: the summary, then the sections, long ones in pieces."""
        heads = [("", "", "", str(record.summary))] if record.summary else []
        heads += [(str(s.heading), s.anchor, s.number, str(s.text)) for s in record.sections]
        for heading, anchor, number, text in heads:
            for piece in _pieces(text):
                document = self._base(record)
                self._add_text(document, heading)
                self._add_text(document, piece)
                stored = {"heading": heading, "anchor": anchor, "number": number, "text": piece}
                document.add_bytes("stored", json.dumps(stored, ensure_ascii=False).encode())
                yield document

    def _base(self, record: SearchRecord) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("key", record_key(record.kind, record.id))
        document.add_text("audience", str(record.audience))
        return document

    def _add_text(self, document: tantivy.Document, text: str) -> None:
        tokens = tokenize(text)
        words = self._analyzer.words(tokens)
        document.add_text(TEXT, " ".join([word.stem for word in words]))
        document.add_text(FORM, " ".join([word.form for word in words]))
        document.add_text(PARTS, " ".join(part_terms(self._analyzer, text, tokens)))

    def _add_facets(self, document: tantivy.Document, record: SearchRecord) -> None:
        document.add_text("kind", record.kind)
        if record.date:
            document.add_text("year", str(record.date.year))
        municipality = (record.municipality,) if record.municipality else ()
        named = {"field_of_action": record.fields_of_action, "topic": record.topics, "municipality": municipality}
        for name, facets in named.items():
            for facet in dict.fromkeys(facets):
                document.add_text(name, facet.key)
                document.add_text(f"{name}_named", _named(facet))


def _texts(record: SearchRecord) -> Iterator[str]:
    yield from filter(None, (str(record.summary), str(record.organisation), *map(str, record.keywords)))
    if record.municipality:
        yield record.municipality.label
    for section in record.sections:
        yield f"{section.heading}\n{section.text}"


def _named(facet: Facet) -> str:
    return f"{facet.key}{SEPARATOR}{facet.label}"


def _folded_words(text: str) -> str:
    return " ".join(fold(token.word) for token in tokenize(text))


def _vocabulary(texts: list[str]) -> str:
    """Join the words as folded and as written, so that the index's own dictionary suggests and repairs words."""
    words = {token.word for text in texts for token in tokenize(text) if token.word.isalpha()}
    return " ".join(f"{fold(word)}{SEPARATOR}{word}" for word in words)


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


def _stored_record(operation: Operation) -> bytes:
    record = operation.record
    return json.dumps(
        {
            "kind": record.kind,
            "id": record.id,
            "url": record.url,
            "title": str(record.title),
            "summary": str(record.summary),
            "organisation": str(record.organisation),
            "municipality": record.municipality.label if record.municipality else "",
            "edition": record.edition,
            "date": record.date.isoformat() if record.date else None,
            "version": operation.version,
            "digest": record.digest,
        },
        ensure_ascii=False,
    ).encode()
