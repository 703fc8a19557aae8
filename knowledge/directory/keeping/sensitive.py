"""The parts that change only after an editor agreed: which fields they have, and how their values read."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from knowledge.directory.enums import ChangeAct, ChangeSubject
from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.models import Contact, Mandate, Organisation, ProfileChange, Qualification, Registration

Values = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A kind of sensitive record."""

    #: German, as it stands in addresses.
    slug: str
    subject: ChangeSubject
    model: type[models.Model]
    fields: tuple[str, ...]
    part: PartKey
    #: What the pages are called on which one is added or changed.
    add_label: str | Promise
    change_label: str | Promise
    remove_label: str | Promise = ""

    @property
    def is_the_organisation(self) -> bool:
        """Tell whether it is about columns of the organisation, of which there is one only."""
        return self.model is Organisation

    def values(self, target: models.Model | None) -> Values:
        """Return what holds now, as JSON says it; nothing for what is not there."""
        return {name: as_json(getattr(target, name)) for name in self.fields} if target is not None else {}

    def find(self, organisation: Organisation, pk: int | None) -> models.Model | None:
        """Return the record of the organisation, or the organisation itself."""
        if self.is_the_organisation:
            return organisation
        return self.model._default_manager.filter(organisation=organisation, pk=pk).first() if pk else None


LEGAL_FORM = Sensitive(
    "rechtsform", ChangeSubject.LEGAL, Organisation, ("legal_form",), PartKey.TRANSPARENCY,
    "", gettext_lazy("Change the legal form"),
)  # fmt: skip
REGISTRATION = Sensitive(
    "register", ChangeSubject.LEGAL, Registration, ("kind", "number", "authority", "issued_on", "valid_to"),
    PartKey.TRANSPARENCY, gettext_lazy("Add a register entry"), gettext_lazy("Change the register entry"),
    gettext_lazy("Remove the register entry"),
)  # fmt: skip
MANDATE = Sensitive(
    "auftrag", ChangeSubject.MANDATE, Mandate,
    ("kind", "principal", "subject", "speaks_for", "not_for", "area", "valid_from", "valid_to", "funding", "evidence"),
    PartKey.MANDATE, gettext_lazy("Add a mandate"), gettext_lazy("Change the mandate"),
    gettext_lazy("Remove the mandate"),
)  # fmt: skip
QUALIFICATION = Sensitive(
    "qualifikation", ChangeSubject.QUALIFICATION, Qualification, ("kind", "description", "valid_to", "evidence"),
    PartKey.QUALITY, gettext_lazy("Add a qualification"), gettext_lazy("Change the qualification"),
    gettext_lazy("Remove the qualification"),
)  # fmt: skip
CONTACT = Sensitive(
    "ansprechperson", ChangeSubject.CONTACT, Contact, ("name", "function", "email", "phone"), PartKey.CONTACTS,
    gettext_lazy("Name a contact person"), gettext_lazy("Change the contact person"),
    gettext_lazy("Remove the contact person"),
)  # fmt: skip
KINDS = (LEGAL_FORM, REGISTRATION, MANDATE, QUALIFICATION, CONTACT)
_BY_SLUG = {kind.slug: kind for kind in KINDS}


def kind_at(slug: str) -> Sensitive | None:
    """Return the kind that an address names."""
    return _BY_SLUG.get(slug)


def kind_of(change: ProfileChange) -> Sensitive:
    """Return of which kind a proposal is; the legal form alone is changed without being a record of its own."""
    if change.subject == ChangeSubject.LEGAL and change.act == ChangeAct.CHANGE and change.target_id is None:
        return LEGAL_FORM
    return next(kind for kind in reversed(KINDS) if kind.subject == change.subject)


def as_json(value: object) -> str | None:
    """Return a value as a proposal keeps it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a proposal: what holds now and what is proposed, in words."""

    label: str
    now: str
    proposed: str
    is_changed: bool
    #: Whether it holds something else by now than when it was proposed.
    is_overtaken: bool = False


def differences(change: ProfileChange, target: models.Model | None) -> list[Difference]:
    """Return a proposal field by field, against what holds now; once decided, against what held then."""
    kind = kind_of(change)
    now = kind.values(target) if change.decided_at is None and change.act != ChangeAct.ADD else change.before
    rows = []
    for name in kind.fields:
        proposed = None if change.act == ChangeAct.REMOVE else change.after.get(name, now.get(name))
        rows.append(
            Difference(
                label=field_name(kind, name),
                now=in_words(kind, name, now.get(name)),
                proposed=in_words(kind, name, proposed),
                is_changed=(now.get(name) or "") != (proposed or ""),
                is_overtaken=change.act == ChangeAct.CHANGE and now.get(name) != change.before.get(name),
            )
        )
    return [row for row in rows if row.now or row.proposed]


def in_words(kind: Sensitive, name: str, value: str | None) -> str:
    """Return a value as people read it."""
    field = kind.model._meta.get_field(name)
    if not value:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField):
        return date_format(datetime.date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


def facts(kind: Sensitive, values: Mapping[str, str | None]) -> list[dict]:
    """Return what is filled of a record as pairs of words."""
    return [
        {"term": field_name(kind, name), "text": text}
        for name in kind.fields
        if (text := in_words(kind, name, values.get(name)))
    ]


def field_name(kind: Sensitive, name: str) -> str:
    """Return what a field is called."""
    label = str(kind.model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]
