"""The actions that do not belong to one room above: publication, visibility, release, consent, the log itself."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from portal.audit.registry import ActionKind, Detail, register_actions, register_details
from portal.shared.visibility import Audience, audience_choices

PAGES = (
    ActionKind("page.published", _("Page published"), _("%(actor)s published “%(object)s”.")),
    ActionKind("page.unpublished", _("Page unpublished"), _("%(actor)s took “%(object)s” offline.")),
    ActionKind("page.moved", _("Page moved"), _("%(actor)s moved “%(object)s” below “%(parent)s”.")),
    ActionKind("page.deleted", _("Page deleted"), _("%(actor)s deleted “%(object)s”.")),
)
VISIBILITY = (
    ActionKind(
        "audience.set", _("Audience set"), _("%(actor)s uploaded “%(object)s”; it may be seen by: %(audience)s.")
    ),
    ActionKind(
        "audience.changed",
        _("Audience changed"),
        _("%(actor)s changed who may see “%(object)s”. Now: %(audience)s."),
    ),
    ActionKind("restriction.created", _("Access restricted"), _("%(actor)s restricted “%(object)s”: %(restriction)s.")),
    ActionKind(
        "restriction.changed",
        _("Restriction changed"),
        _("%(actor)s changed the restriction of “%(object)s”."),
    ),
    ActionKind(
        "restriction.removed", _("Restriction removed"), _("%(actor)s removed the restriction of “%(object)s”.")
    ),
)
RELEASES = (
    ActionKind("release.requested", _("Release requested"), _("%(actor)s asked for the release of “%(object)s”.")),
    ActionKind("release.given", _("Release given"), _("%(actor)s released “%(object)s”.")),
    ActionKind("release.refused", _("Release refused"), _("%(actor)s refused the release of “%(object)s”.")),
    ActionKind("release.withdrawn", _("Release withdrawn"), _("%(actor)s withdrew the release of “%(object)s”.")),
)
CONSENTS = (
    ActionKind("consent.given", _("Consent given"), _("%(actor)s agreed to “%(object)s”.")),
    ActionKind("consent.withdrawn", _("Consent withdrawn"), _("%(actor)s withdrew the consent to “%(object)s”.")),
)
LOG = (
    ActionKind(
        "audit.pruned", _("Log entries removed"), _("The portal removed %(removed)s log entries after their time.")
    ),
    ActionKind("audit.exported", _("Log exported"), _("%(actor)s exported the log as a file.")),
)


def _audiences() -> dict:
    return {**dict(Audience.choices), **dict(audience_choices())}


def register() -> None:
    """Make the actions and the words of their details known."""
    register_actions(*PAGES, *VISIBILITY, *RELEASES, *CONSENTS, *LOG)
    register_details(
        {
            "audience": Detail(_("Audience"), _audiences),
            "restriction": Detail(_("Restriction"), lambda: dict(PageViewRestriction.RESTRICTION_CHOICES)),
            "groups": Detail(_("Groups")),
            "parent": Detail(_("Page above")),
            "address": Detail(_("Address")),
            "removed": Detail(_("Number of entries removed")),
            "through_number": Detail(_("Last removed entry")),
            "through_digest": Detail(_("Its digest")),
            "kept_days": Detail(_("Days kept")),
            "filters": Detail(_("Filters")),
        }
    )
