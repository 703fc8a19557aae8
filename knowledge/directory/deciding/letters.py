"""What people of an organisation are told about what editors decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.enums import ChangeState
from knowledge.directory.models import ProfileChange, Representation
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter


def decision_letter(change: ProfileChange, to: str) -> Letter:
    """Return the letter that a proposal was decided; a declined one names the reason."""
    values = {"organisation": change.organisation, "subject": change.get_subject_display()}
    is_accepted = change.state == ChangeState.ACCEPTED
    if is_accepted:
        what = _("Your change is accepted and stands on the profile now.")
    else:
        what = _("Your change was not accepted, for this reason. What was there before still holds.")
    return Letter(
        to=to,
        subject=_("%(organisation)s: %(subject)s") % values,
        paragraphs=(
            _("You get this mail because you proposed a change of the profile of “%(organisation)s” (%(subject)s).")
            % values,
            what,
        ),
        quotation=change.decision_note,
        link_label=_("Look at the proposal"),
        link=own_address(reverse("keeping:proposal", args=[change.organisation.slug, change.pk])),
        closing=(_("You do not agree? You can propose the change anew and write a note to the editors."),),
    )


def representation_letter(representation: Representation) -> Letter:
    """Return the letter that a proof of representation was looked at."""
    values = {"organisation": representation.organisation}
    if representation.is_accepted:
        what = _("Your proof is noted. Proposals of yours are decided faster with it.")
    else:
        what = _("Your proof was not enough. You can change it; this is the reason:")
    return Letter(
        to=representation.person.email,
        subject=_("%(organisation)s: your proof of representation") % values,
        paragraphs=(
            _("You get this mail because you said with what right you speak for “%(organisation)s”.") % values,
            what,
        ),
        quotation=representation.check_note,
        link_label=_("Look at the proof"),
        link=own_address(reverse("keeping:representation", args=[representation.organisation.slug])),
    )
