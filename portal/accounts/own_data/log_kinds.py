"""The entries of the audit log in which a person acted or was acted upon, without what they tell about others."""

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Page

from portal.accounts.models import Consent, Farewell, Invitation, JoinRequest, User
from portal.accounts.own_data.joining_kinds import own_invitations, own_requests
from portal.accounts.own_data.registry import DataKind
from portal.accounts.own_data.sight import edits
from portal.audit.models import AuditEntry
from portal.audit.presentation import Words, kind_name
from portal.audit.presentation import name as detail_name
from portal.audit.registry import find_action

#: Of these an entry never tells about a person, so editors read their names and details.
_IMPERSONAL = (Page, AbstractImage, AbstractDocument, Collection)


def _is_impersonal(label: str) -> bool:
    try:
        return issubclass(apps.get_model(label), _IMPERSONAL)
    except (LookupError, ValueError):
        return False


def _about(person: User) -> dict[str, set[str]]:
    """Return the objects that are the person's own, as kind → numbers."""
    own = {
        Invitation: own_invitations(person),
        JoinRequest: own_requests(person),
        Consent: person.consents.all(),
        Farewell: person.farewells.all(),
    }
    numbers = {
        model._meta.label_lower: {str(key) for key in rows.values_list("pk", flat=True)} for model, rows in own.items()
    }
    return {**numbers, person._meta.label_lower: {str(person.pk)}}


def _entries(person: User):
    about = _about(person)
    mine = Q(actor_id=person.pk)
    for kind, numbers in about.items():
        mine |= Q(object_kind=kind, object_id__in=sorted(numbers))
    words = Words()
    sees_names = edits(person)
    for entry in AuditEntry.objects.filter(mine).order_by("number").iterator():
        is_own = entry.object_id in about.get(entry.object_kind, ())
        tells = is_own or (sees_names and _is_impersonal(entry.object_kind))
        yield {
            "at": entry.at,
            "action": str(getattr(find_action(entry.action), "label", entry.action)),
            "who": _who(person, entry),
            "kind": kind_name(entry.object_kind) if entry.object_kind else "",
            "object": entry.object_name if tells else "",
            "before": _details(words, entry.before) if tells else "",
            "after": _details(words, entry.after) if tells else "",
            "reason": entry.reason if tells else "",
        }


def _who(person: User, entry: AuditEntry) -> str:
    if entry.actor_id is None:
        return gettext("the portal")
    return gettext("you") if entry.actor_id == person.pk else gettext("another person")


def _details(words: Words, details: dict | None) -> str:
    return "; ".join(f"{detail_name(key)}: {words.value(key, value)}" for key, value in (details or {}).items())


def _retention() -> str:
    days = settings.AUDIT_KEEP_DAYS
    return ngettext(
        "%(days)s day. The log is final: your name stays in its entries until then, even after a deletion.",
        "%(days)s days. The log is final: your name stays in its entries until then, even after a deletion.",
        days,
    ) % {"days": days}


KINDS = (
    DataKind(
        code="log",
        title=_("Log"),
        purpose=_("To prove who changed rights, publications, releases and consents, and to notice misuse."),
        retention=lazy(_retention, str)(),
        columns={
            "at": _("Time"),
            "action": _("Action"),
            "who": _("Who"),
            "kind": _("Kind of object"),
            "object": _("Object"),
            "before": _("Before"),
            "after": _("After"),
            "reason": _("Reason"),
        },
        records=_entries,
    ),
)
