"""Who did what with entries of the directory: proposals, versions, checks, remarks, proofs, imports."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.directory.models import (
    DirectoryImport,
    EntryRemark,
    Mandate,
    Organisation,
    ProfileChange,
    ProfileVersion,
    Qualification,
    Registration,
    Representation,
)
from portal.accounts.models import User
from portal.accounts.own_data.contributions import STAYS
from portal.accounts.own_data.registry import DataKind, register_exempt, register_kinds
from portal.accounts.own_data.sight import edits, own_addresses, title_or_number

_WHO = _("So that it stays known who stands behind an entry and who checked it.")


def _names(person: User, keys: Iterable[int]) -> dict[int, str]:
    """Return the names of those of the organisations that the person may read today."""
    found = Organisation.objects.filter(pk__in=set(keys))
    if not edits(person):
        found = found.visible_to(person) | found.kept_by(person)
    return dict(found.values_list("pk", "name"))


def _rows(person: User, queryset, **columns: str):
    """Records of rows that belong to an organisation: its name where one may read it, and some columns."""
    rows = list(queryset.order_by("pk").values("organisation_id", *columns.values()))
    names = _names(person, (row["organisation_id"] for row in rows))
    for row in rows:
        organisation = title_or_number(names, row["organisation_id"])
        yield {"organisation": organisation, **{name: row[column] for name, column in columns.items()}}


def _proposed(person: User):
    """Without what was proposed: it may be about others."""
    mine = ProfileChange.objects.filter(Q(proposed_by=person) | Q(earlier_proposers=person)).distinct()
    return _rows(person, mine, at="proposed_at", state="state")


def _decided(person: User):
    return _rows(person, ProfileChange.objects.filter(decided_by=person), at="decided_at", state="state")


def _changed(person: User):
    return _rows(person, ProfileVersion.objects.filter(changed_by=person), at="changed_at", part="part")


def _represented(person: User):
    mine = Representation.objects.filter(person=person)
    columns = {"function": "function", "proof": "proof", "at": "declared_at", "result": "check_note"}
    return _rows(person, mine, **columns, accepted="is_accepted")


def _checked(person: User):
    for model in (Mandate, Qualification, Registration, Representation):
        for row in _rows(person, model.objects.filter(checked_by=person)):
            yield {**row, "kind": model._meta.verbose_name}


def _handled(person: User):
    return _rows(person, EntryRemark.objects.filter(handled_by=person), at="handled_at")


def _own_remarks(person: User):
    return EntryRemark.objects.filter(email__in=own_addresses(person))


def _remarked(person: User):
    return _rows(person, _own_remarks(person), text="text", at="received_at", email="email")


def _imports(person: User):
    for row in DirectoryImport.objects.filter(uploaded_by=person).order_by("pk").values("filename", "uploaded_at"):
        yield {"file": row["filename"], "at": row["uploaded_at"]}


def register() -> None:
    """Let people see what they did in the directory."""
    organisation, at = _("Organisation"), _("On")
    register_exempt({"directory.organisation.email": "The functional address of an organisation, not of a person."})
    register_kinds(
        _kind("directory_proposals", _("Changes of entries that you proposed"), _proposed,
              {"organisation": organisation, "at": at, "state": _("State")}, "profilechange.proposed_by",
              "profilechange.earlier_proposers", "profilechange_earlier_proposers.user"),
        _kind("directory_decisions", _("Changes of entries that you decided on"), _decided,
              {"organisation": organisation, "at": at, "state": _("State")}, "profilechange.decided_by"),
        _kind("directory_versions", _("Parts of entries that you changed"), _changed,
              {"organisation": organisation, "at": at, "part": _("Part")}, "profileversion.changed_by"),
        _kind("directory_checks", _("What you checked in entries"), _checked,
              {"organisation": organisation, "kind": _("Kind")}, "mandate.checked_by", "qualification.checked_by",
              "registration.checked_by", "representation.checked_by"),
        _kind("directory_remarks_handled", _("Remarks on entries that you dealt with"), _handled,
              {"organisation": organisation, "at": at}, "entryremark.handled_by"),
        _kind("directory_imports", _("Lists of organisations that you imported"), _imports,
              {"file": _("File"), "at": at}, "directoryimport.uploaded_by"),
        DataKind(
            code="directory_representations",
            title=_("Organisations for which you speak"),
            purpose=_("So that it is known with what right somebody keeps an entry."),
            retention=_("As long as you keep the entry, at the latest until the account is deleted."),
            columns={"organisation": organisation, "function": _("Function"), "proof": _("Proof"), "at": at,
                     "result": _("Result"), "accepted": _("Accepted")},
            records=_represented,
            forget=lambda person: Representation.objects.filter(person=person).delete(),
            fields=frozenset({"directory.representation.person"}),
        ),
        DataKind(
            code="directory_remarks",
            title=_("Your remarks on entries"),
            purpose=_("So that the organisation can mend its entry and answer you."),
            retention=_("The text as long as the entry; your address until the account is deleted."),
            columns={"organisation": organisation, "text": _("Remark"), "at": at, "email": _("E-mail address")},
            records=_remarked,
            forget=lambda person: _own_remarks(person).update(email=""),
            fields=frozenset({"directory.entryremark.email"}),
        ),
    )  # fmt: skip


def _kind(code: str, title, records, columns: dict, *fields: str) -> DataKind:
    """What a person contributed to the entries of others; it stays."""
    return DataKind(
        code=code,
        title=title,
        purpose=_WHO,
        retention=STAYS,
        columns=columns,
        records=records,
        fields=frozenset(f"directory.{field}" for field in fields),
    )
