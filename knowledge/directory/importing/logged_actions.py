"""What the log tells about imports."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind, Detail, register_actions, register_details


def register() -> None:
    """Make the actions known to the log."""
    register_actions(
        ActionKind(
            "directory.imported",
            _("List taken over"),
            _("%(actor)s took the list “%(object)s” over into the directory."),
        ),
        ActionKind(
            "directory.import_undone", _("Import undone"), _("%(actor)s undid the import of the list “%(object)s”.")
        ),
    )
    register_details(
        {
            "entries_made": Detail(_("entries made")),
            "entries_filled": Detail(_("entries filled")),
            "entries_published": Detail(_("entries published")),
        }
    )
