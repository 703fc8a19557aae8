"""Which words of a question are kept: those that the portal itself writes in public, and single words heard often.

The argument stands in docs/adr/0011-searches-are-counted-without-persons.md.
"""

import datetime
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.utils.crypto import salted_hmac

from portal.shared.visibility import labels_for
from search.asking import ask
from search.engines.base import Snapshot
from search.insights.models import HeardWord
from search.insights.wording import is_given_name, may_be_heard, normalised, tells_of_a_person
from search.language.folding import fold
from search.language.stopwords import is_stop_word
from search.thesaurus import current_thesaurus

#: On so many different days an unknown word must have been heard before it is kept, alone.
ENOUGH_DAYS = 3
_SALT = "search.insights.heard"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a question: all of it, or one word of it, or nothing."""

    text: str = ""
    #: The one unknown word of a longer question that is not kept itself.
    word: str = ""


def kept_of(query: str, *, day: datetime.date) -> Kept:
    """Decide what of a question is kept; raises EngineUnavailable where nobody can say what is public."""
    words = normalised(query).split()
    if not words or tells_of_a_person(query):
        return Kept()
    unknown = ask(partial(_unknown, words)).value
    if unknown is None:
        return Kept()
    if not unknown:
        return Kept(text=" ".join(words))
    # Two unknown words side by side are how people are called.
    if len(unknown) > 1 or not may_be_heard(unknown[0]) or not _was_heard_enough(unknown[0], day):
        return Kept()
    return Kept(text=unknown[0]) if len(words) == 1 else Kept(word=unknown[0])


def _unknown(words: list[str], snapshot: Snapshot) -> list[str] | None:
    """Return the words that neither the vocabulary nor any public record writes; None where one may be a person's."""
    thesaurus = current_thesaurus(snapshot.analyzer)
    if any(is_given_name(word) and not thesaurus.knows(word) for word in words):
        return None
    stems = {
        word: snapshot.analyzer.word(word).stem
        for word in words
        if not is_stop_word(fold(word)) and not thesaurus.knows(word)
    }
    public = snapshot.known(stems.values(), labels_for(AnonymousUser()))
    return [word for word, stem in stems.items() if stem not in public]


def _was_heard_enough(word: str, day: datetime.date) -> bool:
    """Count a day for a word, by a mark from which nobody without the portal's key gets back to the word."""
    mark = salted_hmac(_SALT, fold(word), algorithm="sha256").hexdigest()
    heard = HeardWord.objects.filter(mark=mark)
    if heard.filter(last_day__gte=day).exists():
        return heard.filter(days__gte=ENOUGH_DAYS).exists()
    if not heard.filter(last_day__lt=day).update(days=F("days") + 1, last_day=day):
        HeardWord.objects.bulk_create([HeardWord(mark=mark, days=1, last_day=day)], ignore_conflicts=True)
    return heard.filter(days__gte=ENOUGH_DAYS).exists()
