"""The curated words that mean the same, compiled so that a query finds its terms at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.likeness import is_same_word
from search.language.tokens import tokenize

#: Relations whose words are offered while typing; outdated words are found but never offered.
_SUGGESTED = ("same", "narrower", "ambiguous")


@dataclass(frozen=True, slots=True)
class ThesaurusLabel:
    """Another word for a term: "same", "narrower", "related", "outdated" or "ambiguous"."""

    text: str
    relation: str
    is_abbreviation: bool = False


@dataclass(frozen=True, slots=True)
class ThesaurusTerm:
    """A term with all its words."""

    key: str
    preferred: str
    labels: tuple[ThesaurusLabel, ...]
    definition: str = ""

    def words(self, *relations: str) -> list[str]:
        """Return the labels of some relations in their order."""
        return [label.text for label in self.labels if label.relation in relations]


class ThesaurusProvider(Protocol):
    """Who keeps the terms."""

    def terms(self) -> Iterable[ThesaurusTerm]:
        """Return all terms."""

    def version(self) -> str:
        """Return a text that changes with every change of a term; asked once per search."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a stretch of the query also stands for."""

    start: int
    length: int
    #: Words that mean the same, the written ones included; all of them are searched alike.
    ways: tuple[str, ...]
    #: Those of them a reader is told about; outdated and degrading words are found but never shown.
    shown: tuple[str, ...]


@dataclass(slots=True)
class Entry:
    """What one label leads to."""

    words: tuple[str, ...]
    expands: list[ThesaurusTerm] = field(default_factory=list)
    preferred_of: list[ThesaurusTerm] = field(default_factory=list)
    meanings: list[ThesaurusTerm] = field(default_factory=list)
    broader: list[ThesaurusTerm] = field(default_factory=list)


class Thesaurus:
    """Terms by their analysed labels, so that inflected and re-spelt labels are recognised as well."""

    def __init__(self, terms: Iterable[ThesaurusTerm], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._entries: dict[tuple[str, ...], list[Entry]] = {}
        self._terms = tuple(terms)
        for term in self._terms:
            self._add(term)
        self._longest = max(map(len, self._entries), default=0)

    def expansions(self, words: Sequence[str]) -> Iterator[Expansion]:
        """Find the longest labels in a query, from left to right; ambiguous labels are left alone."""
        for start, length, entry in self._found(words):
            terms = [*entry.preferred_of, *entry.expands]
            if not terms or entry.meanings:
                continue
            same = [word for term in terms for word in (term.preferred, *term.words("same"))]
            narrower = [word for term in entry.preferred_of for word in term.words("narrower")]
            hidden = [word for term in terms for word in term.words("outdated")]
            shown = tuple(dict.fromkeys([*same, *narrower]))
            yield Expansion(start, length, tuple(dict.fromkeys([*shown, *hidden])), shown)

    def meanings(self, words: Sequence[str]) -> list[ThesaurusTerm]:
        """Return the terms an ambiguous query may mean, for the reader to choose from."""
        return [term for _, _, entry in self._found(words) for term in entry.meanings]

    def neighbours(self, words: Sequence[str]) -> list[str]:
        """Return broader and related words that may help where nothing was found."""
        found: list[str] = []
        for _, _, entry in self._found(words):
            found += [term.preferred for term in entry.broader]
            found += [word for term in (*entry.preferred_of, *entry.expands) for word in term.words("related")]
        return list(dict.fromkeys(found))

    def knows(self, word: str) -> bool:
        """Tell whether a word is a label, which makes it no misprint even if no record uses it."""
        return self._lookup([word]) is not None

    def labels_beginning(self, begun: str) -> list[tuple[str, str]]:
        """Return words that begin like a half-typed query, each with its preferred word; preferred ones come first."""
        begun = fold(begun)
        pairs = [(term.preferred, term.preferred) for term in self._terms]
        pairs += [(word, term.preferred) for term in self._terms for word in term.words(*_SUGGESTED)]
        return [(word, preferred) for word, preferred in pairs if fold(word).startswith(begun)]

    def _add(self, term: ThesaurusTerm) -> None:
        self._entry(term.preferred).preferred_of.append(term)
        for label in term.labels:
            match label.relation:
                case "same" | "outdated":
                    self._entry(label.text).expands.append(term)
                case "ambiguous":
                    self._entry(label.text).meanings.append(term)
                case "narrower":
                    self._entry(label.text).broader.append(term)

    def _entry(self, label: str) -> Entry:
        words = tuple(token.word for token in tokenize(label))
        found = self._lookup(words)
        if found is None:
            found = Entry(words)
            self._entries.setdefault(self._stems(words), []).append(found)
        return found

    def _lookup(self, words: Sequence[str]) -> Entry | None:
        """Find the label that these words are; equal stems are not enough."""
        stems = self._stems(words)
        for entry in self._entries.get(stems, ()):
            if all(map(is_same_word, words, entry.words, stems)):
                return entry
        return None

    def _found(self, words: Sequence[str]) -> Iterator[tuple[int, int, Entry]]:
        start = 0
        while start < len(words):
            for length in range(min(self._longest, len(words) - start), 0, -1):
                if entry := self._lookup(words[start : start + length]):
                    yield start, length, entry
                    start += length
                    break
            else:
                start += 1

    def _stems(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._analyzer.word(word).stem for word in words)


@dataclass(slots=True)
class _Keeper:
    provider: ThesaurusProvider | None = None
    version: str = ""
    compiled: Thesaurus | None = None
    analyzer: Analyzer | None = None


_keeper = _Keeper()


def register_thesaurus(provider: ThesaurusProvider) -> None:
    """Take in who keeps the terms."""
    _keeper.provider = provider
    _keeper.compiled = None


def current_thesaurus(analyzer: Analyzer) -> Thesaurus:
    """Return the terms as they stand now, compiled again only when one of them changed."""
    if _keeper.provider is None:
        return Thesaurus((), analyzer)
    version = _keeper.provider.version()
    if _keeper.compiled is None or _keeper.version != version or _keeper.analyzer is not analyzer:
        compiled = Thesaurus(_keeper.provider.terms(), analyzer)
        _keeper.compiled, _keeper.version, _keeper.analyzer = compiled, version, analyzer
        return compiled
    return _keeper.compiled
