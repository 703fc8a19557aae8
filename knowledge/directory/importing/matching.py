"""Finds the entries that a row may be about; nothing is ever merged because it is alike."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from knowledge.directory.enums import RegisterKind
from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.reading.headings import squeezed
from knowledge.directory.models import Organisation, Registration

#: Percent of likeness from which two names may be the same, in the same place and anywhere.
ALIKE_NEARBY = 85
ALIKE_ANYWHERE = 94
#: At the same address, or with the same number of a register elsewhere, names need less likeness.
ALIKE_AT_HOME = 55
MOST_CANDIDATES = 5
#: Names that are looked at more closely.
_MOST_ALIKE = 30
#: What more entries than this share, e.g. the site of a large association, is nobody's own.
_MOST_SHARING = 3
#: More entries than this share a word that says nothing, e.g. “Verein”.
_COMMON = 400
_FORMS = re.compile(r"\b(e\.?\s*v\.?|g?gmbh|gug|ug|e\.?\s*g\.?|eingetragener verein|gemeinnuetzige|verein|the)(?=\W|$)")
_WORD = re.compile(r"[a-z0-9]{3,}")


class Why(StrEnum):
    """Why an entry may be the one that a row is about."""

    REGISTER = "register"
    NAME = "name"
    ALIKE = "alike"
    ADDRESS = "address"
    WEBSITE = "website"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant."""

    pk: int
    why: Why
    #: Without doubt, as long as no other entry is so too.
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the forms in which likeness is measured: words in order of the alphabet, and all in one."""

    pk: int
    folded: str
    ordered: str
    joined: str


@dataclass(frozen=True, slots=True)
class _Known:
    pk: int
    names: tuple["_Name", ...]
    postal_code: str
    city: str
    street: str


def folded(name: str) -> str:
    """Return a name without case, umlauts, signs and legal form, word by word."""
    plain = " ".join(squeezed(word) if not word.count(".") else word for word in name.casefold().split())
    plain = _FORMS.sub(" ", plain)
    return " ".join(filter(None, (squeezed(word) for word in plain.split()))) or squeezed(name)


def folded_street(street: str) -> str:
    """Return a street and number so that “Str.” and “Straße” are one."""
    return re.sub(r"str(asse)?(?=\d|$)", "str", squeezed(street))


def register_key(number: str) -> str:
    """Return a number of a register without its prefix and blanks."""
    return squeezed(number).removeprefix("vr")


class KnownEntries:
    """Every entry of the directory in the forms in which rows are compared with it; read once for a whole list."""

    def __init__(self, *, leaving_out: Iterable[int] = ()) -> None:
        self._entries: dict[int, _Known] = {}
        self._names: list[_Name] = []
        #: Word → places in the list of names.
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_home: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_register: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._by_contact: dict[str, set[int]] = defaultdict(set)
        left_out = set(leaving_out)
        columns = ("name", "short_name", "own_language_name", "postal_code", "city", "street", "email", "website")
        for pk, *values in Organisation.objects.values_list("pk", *columns):
            if pk not in left_out:
                self.add(pk, dict(zip(columns, values, strict=True)))
        registers = Registration.objects.filter(kind__in=[RegisterKind.ASSOCIATIONS, RegisterKind.COMMERCIAL])
        for pk, number, authority in registers.exclude(number="").values_list("organisation_id", "number", "authority"):
            if pk not in left_out:
                self._by_register[register_key(number)].append((pk, squeezed(authority)))

    def add(self, pk: int, values: dict) -> None:
        """Let an entry be found from now on, e.g. one that an earlier row made."""
        texts = {name: str(values.get(name) or "") for name in ("name", "short_name", "own_language_name")}
        written = filter(None, (texts["name"], texts["own_language_name"]))
        names = tuple(_name(pk, folded(name)) for name in written)
        entry = _Known(
            pk,
            names,
            str(values.get("postal_code") or ""),
            squeezed(str(values.get("city") or "")),
            folded_street(str(values.get("street") or "")),
        )
        self._entries[pk] = entry
        for name in names:
            for word in _keys(name.folded):
                self._by_word[word].add(len(self._names))
            self._names.append(name)
        if entry.street and entry.postal_code:
            self._by_home[entry.postal_code, entry.street].add(pk)
        for contact in _contacts(values):
            self._by_contact[contact].add(pk)
        if register := values.get("registration"):
            self._by_register[register_key(register["number"])].append((pk, squeezed(register.get("authority", ""))))

    def candidates(self, row: Row) -> list[Candidate]:
        """Return the entries that a row may be about, the likeliest first."""
        name = folded(row.name)
        found: dict[int, Candidate] = {}
        for candidate in (*self._registered(row, name), *self._named(row, name), *self._at_home(row, name)):
            before = found.get(candidate.pk)
            if before is None or (candidate.is_certain and not before.is_certain):
                found[candidate.pk] = candidate
        ranked = sorted(found.values(), key=lambda one: not one.is_certain)
        return ranked[:MOST_CANDIDATES]

    def _registered(self, row: Row, name: str):
        register = row.values.get("registration")
        if not register:
            return
        court = squeezed(register.get("authority", ""))
        for pk, authority in self._by_register.get(register_key(register["number"]), ()):
            if court and authority and court != authority:
                continue
            is_same_court = bool(court and authority)
            is_certain = is_same_court or self._likeness(pk, name) >= ALIKE_AT_HOME
            yield Candidate(pk, Why.REGISTER, is_certain)

    def _named(self, row: Row, name: str):
        for pk, likeness in self._alike(name).items():
            entry = self._entries[pk]
            nearby = _is_nearby(entry, row)
            if any(known.folded == name for known in entry.names):
                yield Candidate(pk, Why.NAME, is_certain=nearby is not False)
            elif likeness >= (ALIKE_ANYWHERE if nearby is not True else ALIKE_NEARBY):
                yield Candidate(pk, Why.ALIKE)

    def _alike(self, name: str) -> dict[int, float]:
        """Return the entries whose names are alike, with their likeness, among those that share a telling word."""
        sharing = [self._names[place] for place in self._with_words_of(name)]
        wanted = _name(0, name)
        found: dict[int, float] = {}
        for form in ("ordered", "joined"):
            forms = [getattr(known, form) for known in sharing]
            hits = process.extract(
                getattr(wanted, form), forms, scorer=fuzz.ratio, score_cutoff=ALIKE_NEARBY, limit=_MOST_ALIKE
            )
            for _form, likeness, place in hits:
                found[sharing[place].pk] = max(likeness, found.get(sharing[place].pk, 0.0))
        return found

    def _at_home(self, row: Row, name: str):
        street = folded_street(str(row.values.get("street", "")))
        postal_code = str(row.values.get("postal_code", ""))
        if street and postal_code:
            for pk in self._by_home.get((postal_code, street), ()):
                if self._likeness(pk, name) >= ALIKE_AT_HOME:
                    yield Candidate(pk, Why.ADDRESS)
        for contact in _contacts(row.values):
            sharing = self._by_contact.get(contact, set())
            for pk in sharing if len(sharing) <= _MOST_SHARING else ():
                yield Candidate(pk, Why.EMAIL if "@" in contact else Why.WEBSITE)

    def _with_words_of(self, name: str) -> set[int]:
        """Return the names that share a telling word; so a row is not compared with the whole directory."""
        sets = sorted((self._by_word[word] for word in _keys(name) if word in self._by_word), key=len)
        found: set[int] = set()
        for number, some in enumerate(sets):
            if number and len(some) > _COMMON:
                break
            found |= some
        return found

    def _likeness(self, pk: int, name: str) -> float:
        wanted = _name(0, name)
        return max(
            (
                max(fuzz.ratio(wanted.ordered, known.ordered), fuzz.ratio(wanted.joined, known.joined))
                for known in self._entries[pk].names
            ),
            default=0.0,
        )


def _name(pk: int, name: str) -> _Name:
    return _Name(pk, name, " ".join(sorted(name.split())), name.replace(" ", ""))


def _keys(name: str) -> set[str]:
    """Return the words by which a name is looked up, and their beginnings, so that a slip of the pen is found."""
    words = _WORD.findall(name)
    return {*words, *(f"{word[:4]}~" for word in words if len(word) > 5), f"{name.replace(' ', '')[:6]}~"}


def _is_nearby(entry: _Known, row: Row) -> bool | None:
    """Tell whether both have the same place; nothing where one of them says none."""
    postal_code, city = str(row.values.get("postal_code", "")), squeezed(str(row.values.get("city", "")))
    if entry.postal_code and postal_code and entry.postal_code == postal_code:
        return True
    if entry.city and city:
        return entry.city == city
    return False if entry.postal_code and postal_code else None


def _contacts(values: dict) -> list[str]:
    """Return what hardly two organisations share: the address of their post and of their own website."""
    email = str(values.get("email") or "").casefold()
    parts = urlsplit(str(values.get("website") or "").casefold())
    site = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    return [contact for contact in (email, site) if contact]
