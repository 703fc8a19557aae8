"""What the index adds for an editor: the analysis of its generation, and whose contents answer a question."""

import logging
from collections.abc import Iterable
from functools import lru_cache

from django.db import models

from portal.shared.visibility import labels_for
from search.admin.wordings import Needs, Wording
from search.asking import ask
from search.engines.base import EngineRequest, EngineUnavailable, Snapshot
from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.lexicon import build_lexicon
from search.language.stopwords import is_stop_word
from search.language.tokens import words_of
from search.ranking import Concept, Sought
from search.registry import registry
from search.results import still_visible

logger = logging.getLogger(__name__)
#: So many objects are found by what stands in them; all that are found by their names come before.
MOST_CONTENTS = 200
#: Unit: characters. Whoever has typed fewer is still typing.
_SHORTEST_WORD = 3


class Contents:
    """What the index says about one question to one kind of objects, asked at most once for each wording.

    For `person`, not for the editing interface: whoever may choose a closed page from a list need not be one of its
    readers, and could otherwise find out its text word by word.
    """

    def __init__(self, model: type[models.Model], person) -> None:
        self._model = model
        self._person = person
        self._kinds = [known for known in registry if _are_related(known.model, model)]

    def read(self, wordings: Iterable[Wording]) -> tuple[Analyzer, dict[Wording, dict[object, int]]]:
        """Return the analysis and, for each wording, the keys of those whose contents answer, with their ranks.

        While nobody can answer there are no contents; names are still found, without the compounds of the collection.
        """
        try:
            return ask(lambda snapshot: self._asked(wordings, snapshot)).value
        except EngineUnavailable as reason:
            logger.warning("Editors search in names only: %s", reason)
            return _analyzer_without_index(), {}

    def _asked(self, wordings: Iterable[Wording], snapshot: Snapshot):
        return snapshot.analyzer, {wording: self._ranks(wording, snapshot) for wording in dict.fromkeys(wordings)}

    def _ranks(self, wording: Wording, snapshot: Snapshot) -> dict[object, int]:
        sought = _sought(wording)
        if not self._kinds or sought == Sought():
            return {}
        kinds = {"kind": tuple(known.kind for known in self._kinds)}
        request = EngineRequest(labels_for(self._person), sought, filters=kinds, limit=MOST_CONTENTS)
        hits = still_visible(snapshot.search(request).hits, self._person)
        to_key = self._model._meta.pk.to_python
        return {to_key(hit.id): rank for rank, hit in enumerate(hits)}


def _sought(wording: Wording) -> Sought:
    words = tuple(words_of(wording.text))
    if wording.needs is Needs.SEQUENCE:
        return Sought(phrases=(words,) if words else ())
    telling = [word for word in words if len(word) >= _SHORTEST_WORD and not is_stop_word(fold(word))]
    required = tuple((word,) for word in telling) if wording.needs is Needs.ALL and len(telling) > 1 else ()
    return Sought(tuple(Concept(((word,),)) for word in telling), required, tuple(telling))


def _are_related(registered: type[models.Model], asked: type[models.Model]) -> bool:
    return issubclass(registered, asked) or issubclass(asked, registered)


@lru_cache(maxsize=1)
def _analyzer_without_index() -> Analyzer:
    return Analyzer(build_lexicon(()))
