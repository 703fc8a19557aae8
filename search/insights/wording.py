"""Which questions could tell about a person by their shape alone; pure, without database or engine.

The answer errs on the side of silence: a harmless question that is not kept costs the editors one line.
"""

import re
from itertools import pairwise

from search.insights.given_names import GIVEN_NAMES
from search.language.folding import fold
from search.language.stopwords import is_stop_word
from search.language.tokens import tokenize

#: Unit: characters. Longer questions tell stories.
LONGEST_TEXT = 80
MOST_WORDS = 6
#: So many digits, years and paragraphs left out, are a number of somebody: telephone, file, house, account, passport.
MOST_DIGITS = 3
#: More numbers that look like years are none.
MOST_YEARS = 2
#: Unit: characters. What is shorter is an abbreviation or initials, what is longer no word.
SHORTEST_HEARD, LONGEST_HEARD = 4, 40

_ADDRESS = re.compile(r"[@＠]|\(at\)|\[at\]|://|\bwww\.|[\w-]\.(?:de|com|net|org|eu|info|at|ch)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PARAGRAPH = re.compile(r"(?:§+|\bart\.?|\babs\.?)\s*\d{1,4}[a-z]?\b", re.IGNORECASE)
_MONTHS = "jan|feb|märz|maerz|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez"
_DATE = re.compile(rf"\d{{1,2}}\s*[./-]\s*\d{{1,2}}\s*[./-]\s*\d|\b\d{{1,2}}\.?\s*(?:{_MONTHS})", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:str|straße|strasse|weg|gasse|platz|allee|ring|damm|ufer|hof|stieg|chaussee)\.?\s*\d", re.IGNORECASE
)
#: Words before a name.
_FORMS_OF_ADDRESS = frozenset(
    map(
        fold,
        (
            "herr", "herrn", "frau", "fräulein", "familie", "fam", "dr", "prof", "doktor",
            "geb", "geborene", "geborener", "heißt", "namens", "name", "vorname", "nachname",
        ),
    )
)  # fmt: skip


def normalised(query: str) -> str:
    """Return a question in the one form in which it is counted: its words in small letters, without signs."""
    return " ".join(token.word for token in tokenize(query)).lower()


def tells_of_a_person(query: str) -> bool:
    """Tell whether a question may name, number or describe a person, whatever words it is made of."""
    if _ADDRESS.search(query) or _DATE.search(query) or _HOUSE.search(query) or _has_a_number(query):
        return True
    words = normalised(query).split()
    return len(words) > MOST_WORDS or len(" ".join(words)) > LONGEST_TEXT or _addresses_somebody(words)


def is_given_name(word: str) -> bool:
    """Tell whether a word is one of the given names that are frequent in municipal offices."""
    return fold(word) in GIVEN_NAMES


def may_be_heard(word: str) -> bool:
    """Tell whether a word that the portal does not write may be counted by its mark: letters only, no given name."""
    return SHORTEST_HEARD <= len(word) <= LONGEST_HEARD and word.isalpha() and not is_given_name(word)


def _has_a_number(query: str) -> bool:
    plain = _PARAGRAPH.sub(" ", query)
    if len(_YEAR.findall(plain)) > MOST_YEARS:
        return True
    return sum(map(str.isnumeric, _YEAR.sub(" ", plain))) > MOST_DIGITS


def _addresses_somebody(words: list[str]) -> bool:
    return any(first in _FORMS_OF_ADDRESS and not is_stop_word(second) for first, second in pairwise(map(fold, words)))
