"""Languages by their BCP 47 tags and German names (Source: Unicode CLDR, by way of Babel)."""

from functools import lru_cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.shared.alphabet import in_order

#: German in easy language; a private subtag, because BCP 47 has none (RFC 5646, section 2.2.7).
EASY_LANGUAGE = "de-x-leicht"
#: Spoken most where people ask for advice in Germany; offered first.
FREQUENT = ("de", "en", "ar", "tr", "ru", "uk", "fa", "prs", "ku", "kmr", "ckb", "ti", "so", "am", "fr", "es", "pl",
            "ro", "bg", "sq", "sr", "hr", "bs", "rom", "vi", "zh", "ur", "ps", "pt", "it", "el")  # fmt: skip
#: What Babel's table does not name, or names differently from how people here do.
_NAMES = {"prs": "Dari", "rom": "Romani", "kmr": "Kurmandschi (Kurdisch)", "ckb": "Sorani (Kurdisch)", "ku": "Kurdisch"}


@lru_cache
def language_names() -> dict[str, str]:
    """Return tag → German name of every language, frequent ones first, then by name."""
    known = {tag: name for tag, name in Locale("de").languages.items() if "_" not in tag and tag not in _CODES}
    known |= _NAMES
    first = {tag: known[tag] for tag in FREQUENT}
    rest = sorted(((tag, name) for tag, name in known.items() if tag not in first), key=lambda pair: in_order(pair[1]))
    return first | dict(rest)


def language_name(tag: str) -> str:
    """Return the German name of a language; an unknown tag is shown as it is."""
    if tag == EASY_LANGUAGE:
        return gettext("German (easy language)")
    return language_names().get(tag, tag)


def language_choices() -> list[tuple[str, str]]:
    """Return what can be chosen."""
    return list(language_names().items())


def validate_language(tag: str) -> None:
    """Refuse a tag that no language has."""
    if tag != EASY_LANGUAGE and tag not in language_names():
        raise ValidationError(_("“%(tag)s” is no language we know."), params={"tag": tag}, code="language")


#: Codes of the standard that stand for no language.
_CODES = frozenset({"und", "mul", "zxx", "mis", "root"})
