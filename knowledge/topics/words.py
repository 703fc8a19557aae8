"""How words are compared, sorted and turned into addresses, without Django's models."""

import unicodedata

from django.utils.text import slugify

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "–": "-", "—": "-"}
)


def fold(text: str) -> str:
    """Return `text` without case, outer and doubled spaces: the form in which two words count as one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def address_of(text: str) -> str:
    """Return the short address of a word, umlauts written out as Germans do."""
    return slugify(text.translate(_GERMAN))[:80] or "begriff"


def sort_key(text: str) -> tuple[str, str]:
    """Sort as a German dictionary does (DIN 5007-1: ä like a), signs before the first letter left out."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum() or sign == " ")
    return plain.strip(), text


def initial_of(text: str) -> str:
    """Return the letter of the alphabet that a word is listed under, or # for figures and signs."""
    plain = sort_key(text)[0]
    return plain[0].upper() if plain and "a" <= plain[0] <= "z" else "#"
