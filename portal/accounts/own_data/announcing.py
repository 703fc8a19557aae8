"""What this room makes known when the portal starts: its kinds of data, and the words that its log entries use."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import FarewellKind
from portal.accounts.own_data import account_kinds, contributions, editing_kinds, joining_kinds, log_kinds
from portal.accounts.own_data.purposes import purpose_names
from portal.accounts.own_data.registry import register_exempt, register_kinds
from portal.audit.registry import Detail, register_details

_OTHER_MODEL = "Wagtail's own table stays empty; the portal keeps its files in a model of its own, which is handed out."


def announce() -> None:
    """Make the kinds of data and the words of the log known."""
    register_kinds(*account_kinds.KINDS, *joining_kinds.KINDS, *contributions.kinds(), *editing_kinds.KINDS)
    register_kinds(*log_kinds.KINDS)
    register_exempt(
        {
            "places.department.email": "The address of an office, not of a person.",
            "wagtaildocs.document.uploaded_by_user": _OTHER_MODEL,
            "wagtailimages.image.uploaded_by_user": _OTHER_MODEL,
        }
    )
    register_details(
        {
            "purpose": Detail(_("Purpose"), purpose_names),
            "wording": Detail(_("Wording")),
            "given": Detail(_("Given on")),
            "withdrawn": Detail(_("Withdrawn on")),
            "name_stays": Detail(_("Name stays beside contributions")),
            "deletion_on": Detail(_("Deletion on")),
            "farewell": Detail(_("Kind"), lambda: dict(FarewellKind.choices)),
            "files": Detail(_("Number of files")),
            "bytes": Detail(_("Size in bytes")),
        }
    )
