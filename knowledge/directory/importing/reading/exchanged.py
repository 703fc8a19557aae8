"""Reads what other directories export (HSDS 3.0, JSON): one row per organisation; persons are not even looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from knowledge.directory.importing.reading.columns import as_table
from knowledge.directory.importing.reading.outcome import MOST_ROWS, Reason, Table, Unreadable

_Thing = Mapping[str, object]
#: Where lists of organisations stand: in our export, in a page of the interface.
_LISTS = ("organizations", "contents")


def read(data: bytes) -> Table:
    """Read an export or a page of the interface; raises Unreadable."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    organisations = _organisations(content)
    if not organisations:
        raise Unreadable(Reason.EMPTY)
    if len(organisations) > MOST_ROWS:
        raise Unreadable(Reason.TOO_MANY_ROWS)
    rows = [[tell(one) for tell in _COLUMNS.values()] for one in organisations]
    # Numbered as a table with headings would be.
    return as_table(enumerate([list(_COLUMNS), *rows], start=1))


def _organisations(content: object) -> list[_Thing]:
    if isinstance(content, dict):
        content = next((content[name] for name in _LISTS if name in content), [content] if "name" in content else [])
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []


def _text(*path: str) -> Callable[[_Thing], str]:
    """Tell the text at a path; of lists the first thing counts."""

    def tell(one: _Thing) -> str:
        found: object = one
        for step in path:
            if isinstance(found, list):
                found = found[0] if found else None
            found = found.get(step) if isinstance(found, dict) else None
        return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""

    return tell


def _attributes(one: _Thing, link_type: str) -> list[_Thing]:
    return [
        found
        for found in _things(one, "attributes")
        if found.get("link_type") == link_type and isinstance(found.get("taxonomy_term"), dict)
    ]


def _terms(link_type: str) -> Callable[[_Thing], str]:
    """Tell the codes of the terms of one of our taxonomies."""
    return lambda one: ";".join(_text("taxonomy_term", "code")(found) for found in _attributes(one, link_type))


def _fact(code: str) -> Callable[[_Thing], str]:
    """Tell the value of a fact."""

    def tell(one: _Thing) -> str:
        facts = [found for found in _attributes(one, "fact") if _text("taxonomy_term", "code")(found) == code]
        return _text("value")(facts[0]) if facts else ""

    return tell


def _things(one: object, name: str) -> list[_Thing]:
    found = one.get(name) if isinstance(one, dict) else None
    return [thing for thing in found if isinstance(thing, dict)] if isinstance(found, list) else []


def _languages(one: _Thing) -> str:
    codes = [_text("code")(found) for place in _things(one, "locations") for found in _things(place, "languages")]
    return ";".join(filter(None, codes))


def _register(part: str) -> Callable[[_Thing], str]:
    """Tell number or court of the first entry in a register; recognitions are none."""

    def tell(one: _Thing) -> str:
        for found in _things(one, "organization_identifiers"):
            if _text("register", "kind")(found) in ("vereinsregister", "handelsregister"):
                return _text("register", part)(found)
        return ""

    return tell


def _description(one: _Thing) -> str:
    """Tell the description, unless the standard's field only repeats the sentence."""
    text = _text("description")(one)
    return "" if text == _text("summary")(one) else text


_ADDRESS = ("locations", "addresses")
#: Headings as the guessing knows them.
_COLUMNS: dict[str, Callable[[_Thing], str]] = {
    "Name": _text("name"),
    "Kurzname": _text("alternate_name"),
    "Originalname": _text("own_language_name"),
    "Art": _terms("organisation-kind"),
    "Rechtsform": _terms("legal-form"),
    "Gründungsjahr": _text("year_incorporated"),
    "AGS": _fact("ags"),
    "Straße": _text(*_ADDRESS, "address_1"),
    "PLZ": _text(*_ADDRESS, "postal_code"),
    "Ort": _text(*_ADDRESS, "city"),
    "Breitengrad": _text("locations", "latitude"),
    "Längengrad": _text("locations", "longitude"),
    "Website": _text("website"),
    "E-Mail": _text("email"),
    "Telefon": _text("phones", "number"),
    "Kurzbeschreibung": _text("summary"),
    "Beschreibung": _description,
    "Handlungsfelder": _terms("field-of-action"),
    "Sprachen": _languages,
    "Vereinsregisternummer": _register("number"),
    "Registergericht": _register("authority"),
    "Sprechzeiten": _fact("reachable"),
    "Zuständigkeit": _fact("responsibility"),
    "Rechtsgrundlage": _fact("legal-basis"),
}
