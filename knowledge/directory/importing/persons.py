"""Recognises addresses of persons, which are not taken over from lists: persons agree themselves or are not named.

Source: Art. 6 (1) a GDPR; domain reference §5.4 (consent per field).
"""

import re

#: Words in front of the @ that belong to an office.
_FUNCTION_WORDS = (
    "info kontakt contact buero office mail post team verein ev beratung verwaltung sekretariat zentrale service "
    "geschaeftsstelle vorstand presse hallo anfrage anfragen projekt integration migration mbe jmd fluechtlinge "
    "koordination leitung anmeldung empfang poststelle redaktion webmaster support ehrenamt jugend kurs kurse bildung "
    "dolmetschen sprachmittlung stadt kreis gemeinde rathaus amt schule zentrum haus treff"
)
#: Providers at which private people have their boxes.
_PRIVATE_HOSTS = (
    "gmx.de gmx.net web.de gmail.com googlemail.com t-online.de yahoo.de yahoo.com hotmail.com hotmail.de outlook.com "
    "outlook.de icloud.com freenet.de aol.com posteo.de live.de mail.ru"
)
_FUNCTIONS = frozenset(_FUNCTION_WORDS.split())
_PRIVATE = frozenset(_PRIVATE_HOSTS.split())
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: Unit: letters. Shorter words of a name say nothing.
_SHORTEST = 3
_WORDS = re.compile(r"[a-zäöüß]+")
_NAME_SHAPE = re.compile(r"[a-zäöüß]+[._-][a-zäöüß]+(?:[._-][a-zäöüß]+)?\d*", re.IGNORECASE)


def looks_personal(email: str, organisation: str) -> bool:
    """Tell whether an address seems to be a person's: first name and family name, or a private box without a function.

    In doubt it is one: a functional address that was left out can be written in later, a person's cannot be unread.
    """
    local, _at, domain = email.casefold().partition("@")
    own = set()
    for spelt in (organisation.casefold(), organisation.casefold().translate(_UMLAUTS), domain.partition(".")[0]):
        own |= {word for word in _WORDS.findall(spelt) if len(word) > _SHORTEST}
    words = _WORDS.findall(local)
    if any(word in _FUNCTIONS for word in words):
        return False
    if any(word in own or any(long in word for long in own) for word in words):
        return False
    return domain in _PRIVATE or bool(_NAME_SHAPE.fullmatch(local))
