"""Which data about people are kept, why, how long, how they are handed out and how they are forgotten.

Every room registers its own when the portal starts; a test walks all models and names what nobody has registered.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

from portal.accounts.models import User

Text = str | Promise
#: What a person reads of one thing that is kept, by the keys of the columns.
Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that a person uploaded, under the name that it gets in the archive, e.g. `documents/7-Plan.pdf`."""

    name: str
    content: FieldFile


def _no_files(person: User) -> Iterable[OwnFile]:
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DataKind:
    """A kind of data about people.

    What is handed out holds nothing secret and nothing about others: no names, no addresses, no words of theirs.
    """

    #: The name of the section in the archive.
    code: str
    title: Text
    purpose: Text
    retention: Text
    #: The keys of the records and how they are called.
    columns: Mapping[str, Text]
    records: Callable[[User], Iterable[Record]]
    files: Callable[[User], Iterable[OwnFile]] = _no_files
    #: Removes the data when the account is deleted; without it they stay, no longer tied to a name unless it is kept.
    forget: Callable[[User], object] | None = None
    #: The fields of models that this kind answers for, as `app.model.field`.
    fields: frozenset[str] = frozenset()


_kinds: dict[str, DataKind] = {}
_exempt: dict[str, str] = {}


def register_kinds(*kinds: DataKind) -> None:
    """Let a room hand out and forget what it keeps about people; a code belongs to one room."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"The kind of data “{kind.code}” is registered twice.")


def register_exempt(reasons: Mapping[str, str]) -> None:
    """Say of fields that point at people why they are not handed out."""
    _exempt.update(reasons)


def data_kinds() -> tuple[DataKind, ...]:
    """Return every kind in the order in which the rooms registered them."""
    return tuple(_kinds.values())


def answered_fields() -> dict[str, str]:
    """Return every field that is answered for, with the kind that hands it out or the reason why none does."""
    handed_out = {field: kind.code for kind in _kinds.values() for field in kind.fields}
    return {**_exempt, **handed_out}
