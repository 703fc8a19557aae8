"""What the letters about joining say; the subject names thing and place, the first line says why it comes."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.adapter import own_address
from portal.accounts.enums import WHAT_A_ROLE_ALLOWS
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment, User
from portal.accounts.post import Letter


def invitation_letter(invitation: Invitation, token: str) -> Letter:
    """Return the letter with the link; the same for people with an account and without."""
    names = {"person": _name_of_inviter(invitation), "portal": settings.PORTAL_NAME}
    until = date_format(timezone.localtime(invitation.expires_at), "DATETIME_FORMAT")
    return Letter(
        to=invitation.email,
        subject=_("Invitation by %(person)s") % names,
        paragraphs=(_("%(person)s invites you to the %(portal)s.") % names, invited_to(invitation)),
        quotation=invitation.message,
        link_label=_("Look at the invitation"),
        link=own_address(reverse("invitation", args=[token])),
        closing=(
            _("The link can be used once, until %(until)s.") % {"until": until},
            _("You do not know what this is about? Then you need not do anything; the invitation runs out."),
        ),
    )


def invited_to(invitation: Invitation) -> str:
    """Return in one sentence what somebody is invited to."""
    if not invitation.role:
        return _("You are invited as a member of the network.")
    values = {"role": invitation.get_role_display(), "scope": invitation.scope_name}
    return _("You are invited to this role: %(role)s (%(scope)s).") % values


def receipt_letter(request: JoinRequest) -> Letter:
    """Return the letter that a request has arrived."""
    return Letter(
        to=request.email,
        subject=_("Your request for an account has arrived"),
        paragraphs=(
            _("With this address somebody asked for an account on the %(portal)s.") % {"portal": settings.PORTAL_NAME},
            _("An administrator reads the request. You get the answer by e-mail, usually within five working days."),
        ),
        closing=(_("It was not you? Then you need not do anything. The request is deleted after its time."),),
    )


def request_letter(request: JoinRequest, to: str) -> Letter:
    """Return the letter that tells an administrator about a request."""
    place = str(request.municipality) if request.municipality else _("no municipality named")
    return Letter(
        to=to,
        subject=_("Request for an account: %(name)s, %(place)s") % {"name": request.display_name, "place": place},
        paragraphs=(
            _("You get this mail because you look after the accounts of this municipality or of the network."),
            _("%(name)s asks for an account (%(place)s).") % {"name": request.display_name, "place": place},
        ),
        link_label=_("Read and decide the request"),
        link=own_address(reverse("people:request", args=[request.pk])),
    )


def refusal_letter(request: JoinRequest) -> Letter:
    """Return the letter that a request is declined, with the reason."""
    return Letter(
        to=request.email,
        subject=_("Your request for an account"),
        paragraphs=(
            _("You asked for an account on the %(portal)s. The request was declined, for this reason:")
            % {"portal": settings.PORTAL_NAME},
        ),
        quotation=request.reason,
        link_label=_("Write to the editors"),
        link=own_address(reverse("contact")),
        closing=(_("What is public in the portal can be read without an account."),),
    )


def role_letter(assignment: RoleAssignment) -> Letter:
    """Return the letter that a person has a role now, or will have."""
    person = assignment.person
    values = {"role": assignment.get_role_display(), "scope": assignment.scope_name}
    days = {"begin": date_format(assignment.valid_from, "DATE_FORMAT")}
    needs_factor = not person.has_second_factor
    return Letter(
        to=person.email,
        subject=_("New role: %(role)s") % values,
        paragraphs=(
            _("You get this mail because somebody gave your account a role: %(role)s (%(scope)s).") % values,
            str(WHAT_A_ROLE_ALLOWS[assignment.role]),
            _("It holds from %(begin)s to %(end)s.") % {**days, "end": date_format(assignment.valid_to, "DATE_FORMAT")}
            if assignment.valid_to
            else _("It holds from %(begin)s.") % days,
            *([_("Your role needs a second factor. Please set it up before.")] if needs_factor else []),
        ),
        link_label=_("Set up the second factor") if needs_factor else _("To my account"),
        link=own_address(reverse("mfa_index" if needs_factor else "account_overview")),
        closing=(_("Something is wrong with it? Then please write to the editors."),),
    )


def suspension_letter(person: User) -> Letter:
    """Return the letter that an account is suspended; why stays in the log, where it may name others."""
    return Letter(
        to=person.email,
        subject=_("Your account is suspended"),
        paragraphs=(
            _("You get this mail because an administrator suspended your account on the %(portal)s.")
            % {"portal": settings.PORTAL_NAME},
            _("You are signed out everywhere and cannot sign in. Your contributions stay."),
        ),
        link_label=_("Write to the editors"),
        link=own_address(reverse("contact")),
        closing=(_("The editors tell you why, and what you can do."),),
    )


def reinstatement_letter(person: User) -> Letter:
    """Return the letter that a suspended account is open again."""
    return Letter(
        to=person.email,
        subject=_("Your account is open again"),
        paragraphs=(
            _("You get this mail because an administrator ended the suspension of your account on the %(portal)s.")
            % {"portal": settings.PORTAL_NAME},
            _("You can sign in as before. Roles that have not ended meanwhile hold again."),
        ),
        link_label=_("Sign in"),
        link=own_address(reverse("account_login")),
    )


def _name_of_inviter(invitation: Invitation) -> str:
    return str(invitation.invited_by) if invitation.invited_by else settings.PORTAL_NAME
