"""What people of an organisation are told about what editors decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.enums import ChangeAct, ChangeState, ChangeSubject
from knowledge.directory.keeping.sensitive import MANDATE, QUALIFICATION, REGISTRATION
from knowledge.directory.models import Mandate, ProfileChange, Qualification, Registration, Representation
from knowledge.directory.upkeep.links import link_to_tell
from knowledge.directory.upkeep.recipients import keepers_addresses
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter


def decision_letter(change: ProfileChange, to: str, *, status: str = "") -> Letter:
    """Return the letter that a proposal was decided, with the status that an accepted statement got."""
    values = {"organisation": change.organisation, "subject": change.get_subject_display()}
    if change.state != ChangeState.ACCEPTED:
        what = _("Your change was not accepted, for this reason. What was there before still holds.")
    elif change.act == ChangeAct.REMOVE:
        what = _("Your change is accepted. Readers no longer see it.")
    elif change.subject == ChangeSubject.CONTACT:
        what = _("The editors agreed. We have asked the person; they are named only once they agree themselves.")
    elif status:
        what = _("Your change is accepted and stands on the profile now. Its status: %(status)s.") % {"status": status}
    else:
        what = _("Your change is accepted and stands on the profile now.")
    if change.state == ChangeState.ACCEPTED:
        closing = _("You do not agree with the status? You can write a reply that stands beside it.") if status else ""
    else:
        closing = _("You do not agree? You can propose the change anew and write a note to the editors.")
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
        closing=(closing,) if closing else (),
    )


def status_letter(statement: Mandate | Qualification | Registration, before: str, to: str) -> Letter:
    """Return the letter that a statement has another status now, with the way to reply."""
    organisation = statement.organisation
    values = {"organisation": organisation, "statement": statement}
    kind = next(kind for kind in (MANDATE, QUALIFICATION, REGISTRATION) if isinstance(statement, kind.model))
    if keepers_addresses(organisation):
        link = own_address(reverse("keeping:reply", args=[organisation.slug, kind.slug, statement.pk]))
        link_label = _("Reply to the status")
        how = _("You do not agree? Your reply stands beside the status at once, in your own words.")
    else:
        link, link_label = link_to_tell(organisation), _("Write to the editors")
        how = _("You do not agree? Write to the editors; you need not sign in.")
    return Letter(
        to=to,
        subject=_("%(organisation)s: the status of a statement has changed") % values,
        paragraphs=(
            _("You get this mail because the profile of “%(organisation)s” says who stands behind its statements, and "
              "the editors changed that for: %(statement)s.") % values,
            _("Status now: %(now)s. Before: %(before)s.")
            % {"now": statement.get_assurance_display(), "before": before},
        ),
        link_label=link_label,
        link=link,
        closing=(how,),
    )  # fmt: skip


def ended_letter(representation: Representation, reason: str) -> Letter:
    """Return the letter that somebody no longer keeps an entry."""
    values = {"organisation": representation.organisation}
    return Letter(
        to=representation.person.email,
        subject=_("%(organisation)s: you no longer keep the profile") % values,
        paragraphs=(
            _("You get this mail because you kept the profile of “%(organisation)s”.") % values,
            _("Your proof of representation was not enough, and the editors ended your role for this reason:"),
        ),
        quotation=reason,
        link_label=_("Write to the editors"),
        link=own_address(reverse("contact")),
    )


def representation_letter(representation: Representation) -> Letter:
    """Return the letter that a proof of representation was looked at."""
    values = {"organisation": representation.organisation}
    if representation.is_accepted:
        what = _("Your proof is noted. Proposals of yours are decided faster with it.")
    else:
        what = _("Your proof was not enough. You can give another one; until it is enough you prepare changes, but "
                 "publish nothing. This is the reason:")  # fmt: skip
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
