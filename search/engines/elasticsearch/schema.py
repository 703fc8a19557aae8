"""Which fields the index has, in `elasticsearch.dsl`: one index for all kinds, sections nested in their record."""

from pathlib import Path

from elasticsearch.dsl import Boolean, Integer, Keyword, Mapping, Nested, Object, Text

from search.engines.documents import NAMED_FACETS, PLAIN_FACETS, fingerprint
from search.ranking import FORM, MENTIONS, PARTS, TEXT

#: Texts come analysed; the server only has to split them at spaces.
_AT_SPACES = "whitespace"
#: Longer words are found by nobody, and the server refuses a document for one beyond 32,766 bytes.
LONGEST_WORD = 255
#: Nobody asks for a longer title word by word.
_LONGEST_NAME = 1_000
SECTIONS = "sections"
#: Splits a phrase that is sought, and leaves a place empty for each of its gaps.
GAPPED = "gapped"
#: No word holds this sign (search.language.tokens).
GAP = "_"


def _ranked() -> dict:
    """The three fields of the recipe; equal names mean equal weights in records and in sections."""
    return {
        # The other engine leaves one place empty between two texts too; a phrase never reaches across it.
        TEXT: Text(analyzer=_AT_SPACES, index_options="positions", position_increment_gap=1),
        PARTS: Text(analyzer=_AT_SPACES, index_options="freqs"),
        FORM: Text(analyzer=_AT_SPACES, index_options="freqs"),
    }


def mapping(lexicon: str) -> Mapping:
    """Return the mapping of a generation built with a lexicon; an unknown field is an error, never a guess."""
    found = Mapping()
    fields = {
        **_ranked(),
        MENTIONS: Text(analyzer=_AT_SPACES, index_options="docs", norms=False),
        "title": Text(analyzer=_AT_SPACES, index_options="docs", norms=False),
        "name": Keyword(doc_values=False, ignore_above=_LONGEST_NAME),
        "words": Keyword(doc_values=False, ignore_above=LONGEST_WORD),
        # For other clients of the same server, which do not have our analysis.
        "german": Text(analyzer="german"),
        "key": Keyword(),
        "audience": Keyword(),
        "digest": Keyword(index=False),
        "day": Integer(),
        **{name: Keyword() for name in PLAIN_FACETS},
        **{name: Keyword(doc_values=False) for name in NAMED_FACETS},
        **{f"{name}_named": Keyword(index=False) for name in NAMED_FACETS},
        "shown": Object(enabled=False),
        SECTIONS: Nested(properties={**_ranked(), "aside": Boolean(), "shown": Object(enabled=False)}),
    }
    for name, field in fields.items():
        found.field(name, field)
    found.meta("dynamic", "strict")
    # What is only searched is not kept a second time: a document holds what is shown and no more.
    found.meta("_source", includes=["shown", "sections.shown"])
    found.meta("_meta", schema=FINGERPRINT, lexicon=lexicon)
    return found


def settings(shards: int) -> dict:
    """Return the settings of a generation while it is being filled: no copies, and nothing readable yet."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        # Late writes of an older version are refused this long after a deletion.
        "gc_deletes": "1h",
        # A document of many pages has many sections.
        "mapping.nested_objects.limit": 100_000,
        "max_inner_result_window": 200,
        "analysis": {
            "analyzer": {GAPPED: {"type": "custom", "tokenizer": "whitespace", "filter": ["gaps"]}},
            "filter": {"gaps": {"type": "stop", "stopwords": [GAP]}},
        },
    }


#: An index written by other code is never read, because its words would not be the words of a query.
FINGERPRINT = fingerprint(Path(__file__), Path(__file__).with_name("documents.py"))
