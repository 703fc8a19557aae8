"""How one record becomes one Elasticsearch document; a plain dict, because the bulk path is measured."""

from collections.abc import Iterable

from search.engines.documents import SEPARATOR, AnalysedText, IndexedRecord
from search.engines.elasticsearch.schema import SECTIONS
from search.ranking import FORM, MENTIONS, PARTS, TEXT


def to_document(record: IndexedRecord) -> dict:
    """Return the document of a record with its sections inside, so that both are written and removed as one."""
    document = {
        **_ranked(record.texts),
        MENTIONS: record.mentions,
        "title": record.title,
        # Texts begin with the title.
        "name": record.texts[0].form,
        "words": record.words.split(" ") if record.words else [],
        "german": [record.shown["title"], *(text for section in record.sections for text in _written(section.shown))],
        "key": record.key,
        "audience": record.audience,
        "digest": record.shown["digest"],
        "day": record.day,
        **record.plain,
        "shown": record.shown,
        SECTIONS: [
            {**_ranked(section.texts), "aside": section.shown["is_aside"], "shown": section.shown}
            for section in record.sections
        ],
    }
    for name, facets in record.named.items():
        document[name] = [facet.key for facet in facets]
        document[f"{name}_named"] = [f"{facet.key}{SEPARATOR}{facet.label}" for facet in facets]
    return document


def _ranked(texts: Iterable[AnalysedText]) -> dict[str, list[str]]:
    return {
        TEXT: [text.stems for text in texts],
        FORM: [text.form for text in texts],
        PARTS: [text.parts for text in texts],
    }


def _written(shown: dict) -> tuple[str, str]:
    return shown["heading"], shown["text"]
