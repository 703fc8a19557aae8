"""Which fields the two indexes of a generation have: records to rank and count, sections to quote from."""

from pathlib import Path

import tantivy

from search.engines.documents import NAMED_FACETS, PLAIN_FACETS, fingerprint
from search.ranking import FORM, MENTIONS, PARTS, TEXT

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


#: An index written by other code is never read, because its words would not be the words of a query.
FINGERPRINT = fingerprint(Path(__file__), Path(__file__).with_name("documents.py"))


def open_index(schema: tantivy.Schema, path: Path) -> tantivy.Index:
    """Open an index, or create it; tokenizers must be made known on every opening."""
    path.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(path))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPLIT_AT_SPACES, spaces)
    return index
