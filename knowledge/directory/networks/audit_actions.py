"""What the audit log tells about networks."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind, register_actions


def register() -> None:
    """Let the log know what a network may do without an account."""
    register_actions(
        ActionKind(
            "directory.membership_objected",
            _("Membership taken out by the network"),
            _("A network said by the link in its mail that %(object)s is not its member."),
        )
    )
