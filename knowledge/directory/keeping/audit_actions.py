"""What the audit log tells about the keeping of entries."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind, register_actions

ACTIONS = (
    ActionKind(
        "directory.invited",
        _("Organisation taken into the directory"),
        _("%(actor)s took %(object)s into the directory."),
    ),
    ActionKind("directory.published", _("Profile published"), _("%(actor)s published the profile of %(object)s.")),
    ActionKind(
        "directory.unpublished",
        _("Profile taken out"),
        _("%(actor)s took the profile of %(object)s out of the directory."),
    ),
    ActionKind(
        "directory.left",
        _("Profile taken out by link"),
        _("The profile of %(object)s was taken out by the link in a mail to the organisation."),
    ),
    ActionKind(
        "directory.keeping_ended",
        _("Keeping of a profile ended"),
        _("%(actor)s let somebody no longer keep the profile of %(object)s."),
    ),
    ActionKind("directory.confirmed", _("Profile confirmed"), _("The profile of %(object)s was confirmed: %(actor)s.")),
    ActionKind("directory.rests", _("Profile rests"), _("The profile of %(object)s rests: nobody confirmed it.")),
    ActionKind(
        "directory.put_away", _("Profile put away"), _("The profile of %(object)s was put away: nobody confirmed it.")
    ),
    ActionKind(
        "directory.restored",
        _("Earlier version brought back"),
        _("%(actor)s brought back an earlier version of %(object)s."),
    ),
    ActionKind("directory.proposed", _("Change proposed"), _("%(actor)s proposed a change: %(object)s.")),
    ActionKind(
        "directory.proposal_withdrawn", _("Proposal withdrawn"), _("%(actor)s withdrew a proposal: %(object)s.")
    ),
    ActionKind("directory.proposal_accepted", _("Proposal accepted"), _("%(actor)s accepted a proposal: %(object)s.")),
    ActionKind("directory.proposal_declined", _("Proposal declined"), _("%(actor)s declined a proposal: %(object)s.")),
    ActionKind(
        "directory.assured",
        _("Status of a statement set"),
        _("%(actor)s set what stands behind a statement of %(object)s."),
    ),
    ActionKind("directory.replied", _("Reply to a status"), _("%(actor)s replied to a status for %(object)s.")),
    ActionKind(
        "directory.representation_declared",
        _("Proof of representation given"),
        _("%(actor)s said with what right they speak for %(object)s."),
    ),
    ActionKind(
        "directory.representation_checked",
        _("Proof of representation checked"),
        _("%(actor)s checked a proof of representation for %(object)s."),
    ),
)


def register() -> None:
    """Let the log know these actions."""
    register_actions(*ACTIONS)
