"""How one record becomes one tantivy document to rank and several to quote from."""

import hashlib
import json
from collections.abc import Iterable

import tantivy

from search.engines.documents import SEPARATOR, AnalysedText, IndexedRecord, IndexedSection
from search.ranking import FORM, MENTIONS, PARTS, TEXT


def owner_number(key: str) -> int:
    """Stand for a record's key in a column, because numbers are read without fetching documents."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest())


def to_documents(record: IndexedRecord) -> tuple[tantivy.Document, list[tantivy.Document]]:
    """Make the document that is ranked, counted and filtered, and those that are quoted from."""
    return _ranked(record), [_quoted(record, section) for section in record.sections]


def _ranked(record: IndexedRecord) -> tantivy.Document:
    document = _document(record, record.shown, record.texts)
    document.add_text("words", " ".join(record.words))
    document.add_text("title", record.title)
    document.add_text(MENTIONS, record.mentions)
    document.add_unsigned("day", record.day)
    for name, key in record.plain.items():
        document.add_text(name, key)
    for name, facets in record.named.items():
        for facet in facets:
            document.add_text(name, facet.key)
            document.add_text(f"{name}_named", f"{facet.key}{SEPARATOR}{facet.label}")
    return document


def _quoted(record: IndexedRecord, section: IndexedSection) -> tantivy.Document:
    document = _document(record, section.shown, section.texts)
    document.add_unsigned("owner", owner_number(record.key))
    document.add_unsigned("aside", int(section.shown["is_aside"]))
    return document


def _document(record: IndexedRecord, shown: dict, texts: Iterable[AnalysedText]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", record.key)
    document.add_text("audience", record.audience)
    document.add_bytes("stored", json.dumps(shown, ensure_ascii=False).encode())
    for text in texts:
        document.add_text(TEXT, text.stems)
        document.add_text(FORM, text.form)
        document.add_text(PARTS, text.parts)
    return document
