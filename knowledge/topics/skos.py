"""Writes the vocabulary as SKOS in Turtle, so that other systems can take it over (W3C SKOS Reference, 2009)."""

from collections.abc import Iterable, Iterator

from knowledge.topics.enums import LabelRelation
from knowledge.topics.models import Term, Topic
from knowledge.topics.words import fold

_PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""
_LABELS = {
    LabelRelation.SAME: "skos:altLabel",
    LabelRelation.AMBIGUOUS: "skos:altLabel",
    LabelRelation.OUTDATED: "skos:hiddenLabel",
}
_LINKS = {LabelRelation.NARROWER: "skos:narrower", LabelRelation.RELATED: "skos:related"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def turtle(terms: Iterable[Term], topics: Iterable[Topic], *, base: str) -> str:
    """Return terms and topics as two concept schemes; `base` is the address of the glossary with its host."""
    terms, topics = list(terms), list(topics)
    addresses = {fold(term.preferred): f"<{base}{term.slug}/>" for term in terms}
    blocks = [_PREFIXES, _scheme(f"<{base}>", "Glossar"), _scheme(_topic_scheme(base), "Themen")]
    blocks += [_block(f"<{base}{term.slug}/>", _term_lines(term, addresses, base)) for term in terms]
    blocks += [_block(_topic(topic, base), _topic_lines(topic, base)) for topic in topics]
    return "\n".join(blocks)


def _term_lines(term: Term, addresses: dict[str, str], base: str) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme <{base}>"
    yield f"skos:prefLabel {_text(term.preferred)}"
    for label in term.labels.all():
        yield _label_line(label, addresses)
    yield f"skos:definition {_text(term.definition)}"
    if term.scope_note:
        yield f"skos:scopeNote {_text(term.scope_note)}"
    if term.source:
        yield f"dct:source {_text(term.source)}"
    for topic in term.topics.all():
        yield f"dct:subject {_topic(topic, base)}"


def _label_line(label, addresses: dict[str, str]) -> str:
    """A narrower or related word links where it is a term of its own; else it can only be noted."""
    if label.relation in _LABELS:
        return f"{_LABELS[label.relation]} {_text(label.text)}"
    target = addresses.get(fold(label.text))
    return f"{_LINKS[label.relation]} {target}" if target else f"skos:note {_text(label.text)}"


def _topic_lines(topic: Topic, base: str) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme {_topic_scheme(base)}"
    yield f"skos:prefLabel {_text(topic.name)}"
    if topic.description:
        yield f"skos:definition {_text(topic.description)}"
    if topic.broader:
        yield f"skos:broader {_topic(topic.broader, base)}"


def _topic(topic: Topic, base: str) -> str:
    return f"<{base}skos.ttl#{topic.slug}>"


def _topic_scheme(base: str) -> str:
    return f"<{base}skos.ttl>"


def _scheme(address: str, title: str) -> str:
    return _block(address, ["a skos:ConceptScheme", f"dct:title {_text(title)}"])


def _block(address: str, lines: Iterable[str]) -> str:
    return f"{address}\n    " + " ;\n    ".join(lines) + " .\n"


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"@de'
