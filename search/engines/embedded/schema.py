"""Which fields the two indexes of a generation have: records to rank and count, sections to quote from."""

import hashlib
from pathlib import Path

import Stemmer
import tantivy

from search import language
from search.ranking import FORM, MENTIONS, PARTS, TEXT

#: Between the folded word and the word as written, and between a facet's key and its label.
SEPARATOR = "\u001f"
#: Facets whose key is also what the reader sees, or is named by the registry.
PLAIN_FACETS = ("kind", "year")
#: Facets whose labels travel with the records, because the search has no models to look them up in.
NAMED_FACETS = ("field_of_action", "topic", "municipality")

_SPLIT_AT_SPACES = "spaces"
_WHOLE = "raw"


def _searchable(builder: tantivy.SchemaBuilder) -> None:
    builder.add_text_field("key", tokenizer_name=_WHOLE, index_option="basic")
    builder.add_text_field("audience", tokenizer_name=_WHOLE, index_option="basic")
    builder.add_text_field(TEXT, tokenizer_name=_SPLIT_AT_SPACES, index_option="position")
    builder.add_text_field(PARTS, tokenizer_name=_SPLIT_AT_SPACES, index_option="freq")
    builder.add_text_field(FORM, tokenizer_name=_SPLIT_AT_SPACES, index_option="freq")
    # Sections leave it empty; the field stands in both so that one query serves both.
    builder.add_text_field(MENTIONS, tokenizer_name=_SPLIT_AT_SPACES, index_option="basic")
    builder.add_bytes_field("stored", stored=True)


def _record_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    _searchable(builder)
    builder.add_text_field("title", tokenizer_name=_SPLIT_AT_SPACES, index_option="basic")
    builder.add_text_field("words", tokenizer_name=_SPLIT_AT_SPACES, index_option="basic")
    builder.add_unsigned_field("day", fast=True)
    for name in PLAIN_FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name=_WHOLE, index_option="basic")
    for name in NAMED_FACETS:
        builder.add_text_field(name, tokenizer_name=_WHOLE, index_option="basic")
        builder.add_text_field(f"{name}_named", fast=True, tokenizer_name=_WHOLE, index_option="basic")
    return builder.build()


def _section_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    _searchable(builder)
    builder.add_unsigned_field("owner", fast=True)
    builder.add_unsigned_field("aside", fast=True)
    return builder.build()


RECORDS = _record_schema()
SECTIONS = _section_schema()


def _fingerprint() -> str:
    """Hash what decides how a text is written into an index: these fields, the analysis and the stemmer's release."""
    here = Path(__file__)
    sources = [here, here.with_name("documents.py"), *sorted(Path(language.__file__).parent.glob("*.py"))]
    content = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(content + Stemmer.version().encode()).hexdigest()[:16]


#: An index written by other code is never read, because its words would not be the words of a query.
FINGERPRINT = _fingerprint()


def open_index(schema: tantivy.Schema, path: Path) -> tantivy.Index:
    """Open an index, or create it; tokenizers must be made known on every opening."""
    path.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(path))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPLIT_AT_SPACES, spaces)
    return index
