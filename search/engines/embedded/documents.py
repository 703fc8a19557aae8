"""How one record becomes one tantivy document to rank and several to quote from."""

import hashlib
import json
from collections.abc import Iterator, Sequence

import tantivy

from search.engines.documents import SEPARATOR, AnalysedText, IndexedRecord, IndexedSection
from search.ranking import FORM, MENTIONS, PARTS, TEXT

#: Made once, because making one takes longer than saying a short section.
_to_json = json.JSONEncoder(ensure_ascii=False).encode


def owner_number(key: str) -> int:
    """Stand for a record's key in a column, because numbers are read without fetching documents."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest())


def ranked(record: IndexedRecord) -> tantivy.Document:
    """Make the document that is ranked, counted and filtered."""
    document = _document(record, record.shown, record.texts)
    document.add_text("words", record.words)
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


def quoted(record: IndexedRecord) -> Iterator[tantivy.Document]:
    """Make the documents that are quoted from."""
    owner = owner_number(record.key)
    for section in record.sections:
        yield _quoted(record, section, owner)


def _quoted(record: IndexedRecord, section: IndexedSection, owner: int) -> tantivy.Document:
    document = _document(record, section.shown, section.texts)
    document.add_unsigned("owner", owner)
    document.add_unsigned("aside", int(section.shown["is_aside"]))
    return document


def _document(record: IndexedRecord, shown: dict, texts: Sequence[AnalysedText]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", record.key)
    document.add_text("audience", record.audience)
    document.add_bytes("stored", _to_json(shown).encode())
    for text in texts:
        document.add_text(TEXT, text.stems)
    # Only the first field knows places, hence gaps between texts; the others are written at once, which is faster.
    document.add_text(FORM, " ".join([text.form for text in texts]))
    document.add_text(PARTS, " ".join([text.parts for text in texts]))
    return document
