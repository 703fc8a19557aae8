"""Whether two words of one stem are forms of one word, which a stem alone does not tell."""

from search.language.folding import fold

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: What a plural with an umlaut adds to its singular: „Mütter", „Verbände", „Ämter".
_PLURAL_ENDINGS = frozenset({"", "e", "n", "en", "er", "ern"})


def is_same_word(one: str, other: str, stem: str) -> bool:
    """Tell „Schule" from „Schüler", which share the stem „schul", but not „Verband" from „Verbände"."""
    if _spelt_out(one)[: len(stem)] == _spelt_out(other)[: len(stem)]:
        return True
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in _PLURAL_ENDINGS


def _spelt_out(word: str) -> str:
    return word.lower().translate(_SPELT_OUT)
