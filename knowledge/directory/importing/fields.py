"""What can be taken over from a list: the fields, how they are called, and which of them are sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.directory.importing.reading.headings import PERSON
from knowledge.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the directory that a column can stand for."""

    label: str | Promise
    #: The column of `Organisation` that is filled as it is written; empty where more is needed.
    column: str = ""
    #: Changes only after an editor agreed, once there is an entry.
    is_sensitive: bool = False


def _of(column: str, *, is_sensitive: bool = False) -> Field:
    return Field(Organisation._meta.get_field(column).verbose_name, column, is_sensitive)


#: In the order in which they are offered.
FIELDS: Mapping[str, Field] = {
    "name": _of("name"),
    "short_name": _of("short_name"),
    "own_language_name": _of("own_language_name"),
    "kind": _of("kind"),
    "legal_form": _of("legal_form", is_sensitive=True),
    "founded_year": _of("founded_year"),
    "municipality": _of("municipality"),
    "street": _of("street"),
    "house_number": Field(_("house number")),
    "postal_code": _of("postal_code"),
    "city": _of("city"),
    "address": Field(_("whole address in one cell")),
    "latitude": _of("latitude"),
    "longitude": _of("longitude"),
    "coordinates": Field(_("latitude and longitude in one cell")),
    "website": _of("website"),
    "email": _of("email"),
    "phone": _of("phone"),
    "summary": _of("summary"),
    "description": Field(_("who we are")),
    "fields_of_action": Field(_("fields of action")),
    "languages": Field(_("languages")),
    "register_number": Field(_("number in the register of associations"), is_sensitive=True),
    "register_court": Field(_("register court"), is_sensitive=True),
    "reachable": _of("reachable"),
    "responsibility": _of("responsibility"),
    "legal_basis": _of("legal_basis"),
    "funding_programme": _of("funding_programme"),
}
#: Filled as they are written, and only where nothing stands yet.
PLAIN = tuple(name for name, field in FIELDS.items() if field.column and not field.is_sensitive and name != "name")


def field_choices() -> list[tuple[str, str | Promise]]:
    """Return what a column can be; leaving it out comes first."""
    return [
        ("", _("leave out")),
        *((name, field.label) for name, field in FIELDS.items()),
        (PERSON, _("about a person – is never taken over")),
    ]
