"""What the audit log tells about persons in the directory: that it happened, never whose name it was."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind, Detail, register_actions, register_details

CONTACTS = (
    ActionKind(
        "contact.asked",
        _("Contact person asked"),
        _("%(actor)s had somebody asked whether they want to be named as a contact person of %(object)s."),
    ),
    ActionKind(
        "contact.agreed", _("Contact person agreed"), _("Somebody agreed to be a contact person of %(object)s.")
    ),
    ActionKind(
        "contact.refused",
        _("Contact person declined"),
        _("Somebody does not want to be named as a contact person of %(object)s."),
    ),
    ActionKind(
        "contact.withdrawn",
        _("Consent of a contact person withdrawn"),
        _("A contact person of %(object)s took the consent back; the details are removed."),
    ),
    ActionKind(
        "contact.renewed",
        _("Consent of a contact person renewed"),
        _("A contact person of %(object)s renewed the consent."),
    ),
    ActionKind("contact.removed", _("Contact person removed"), _("%(actor)s removed a contact person of %(object)s.")),
)
EXPERTS = (
    ActionKind("expert.agreed", _("Entered the register of experts"), _("%(actor)s agreed to be found as an expert.")),
    ActionKind("expert.withdrawn", _("Left the register of experts"), _("%(actor)s is no longer found as an expert.")),
    ActionKind(
        "expert.renewed",
        _("Consent to the register of experts renewed"),
        _("%(actor)s renewed the consent as an expert."),
    ),
    ActionKind("expert.removed", _("Entry as an expert deleted"), _("%(actor)s deleted the entry as an expert.")),
)


def register() -> None:
    """Let the log know these actions."""
    register_actions(*CONTACTS, *EXPERTS)
    register_details({"agreed": Detail(_("Details agreed to"))})
