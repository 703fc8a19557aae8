"""The yearly question and what follows from no answer, as mails: plain text and simple HTML of the same words."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.directory.enums import EntryState
from knowledge.directory.models import Confirmation, Organisation
from knowledge.directory.upkeep.links import link_to_confirm, link_to_leave, link_to_tell
from knowledge.directory.upkeep.recipients import keepers_addresses
from knowledge.directory.upkeep.stages import Calendar
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter


def question_mail(question: Confirmation, to: str, days: Calendar) -> EmailMultiAlternatives:
    """Return the question whether an entry is still true: three lines, one button, one link."""
    organisation = question.organisation
    context = {
        "organisation": organisation,
        "is_reminder": question.reminder > 0,
        "consequence": _consequence(organisation, days),
        "confirm_url": link_to_confirm(question),
        "profile_url": own_address(organisation.get_absolute_url()),
        "change_url": link_to_tell(organisation),
        "end_url": link_to_leave(question, to),
        "portal_name": settings.PORTAL_NAME,
        "address": settings.WAGTAILADMIN_BASE_URL,
    }
    mail = EmailMultiAlternatives(
        # A line break in a name must not begin a header of its own.
        " ".join(f"[{settings.PORTAL_NAME}] {_subject(question)}".split()),
        render_to_string("knowledge/directory/upkeep/question.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("knowledge/directory/upkeep/question.html", context), "text/html")
    return mail


def stage_letter(organisation: Organisation, to: str) -> Letter:
    """Return the letter that an entry rests, or is put away, because nobody said that it is true."""
    values = {"organisation": organisation}
    is_dormant, is_kept = organisation.state == EntryState.DORMANT, bool(keepers_addresses(organisation))
    if is_dormant:
        subject = _("The profile of “%(organisation)s” rests") % values
        what = _("Readers still find it, with a notice that nobody has confirmed it for a long time.")
        remedy = _("One click is enough: sign in and choose “Still true”.")
    else:
        subject = _("The profile of “%(organisation)s” is put away") % values
        what = _("Readers no longer find it. Nothing of it is lost.")
        remedy = _("You can look it through and publish it again at any time.")
    if not is_kept:
        remedy = _("Write what is to change, or that it is still true; the editors do the rest. You need not sign in.")
    return Letter(
        to=to,
        subject=subject,
        paragraphs=(
            _("You get this mail because “%(organisation)s” has a profile in the directory, which nobody confirmed.")
            % values,
            f"{what} {remedy}",
        ),
        link_label=_("Look the profile through") if is_kept else _("Write to the editors"),
        link=own_address(reverse("keeping:start", args=[organisation.slug])) if is_kept else link_to_tell(organisation),
    )


def _subject(question: Confirmation) -> str:
    values = {"organisation": question.organisation}
    if question.reminder:
        return _("Reminder: is the profile of “%(organisation)s” still true?") % values
    return _("Is the profile of “%(organisation)s” still true?") % values


def _consequence(organisation: Organisation, days: Calendar) -> str:
    if organisation.state == EntryState.DORMANT:
        return _("Without an answer it is put away on %(day)s.") % {
            "day": date_format(days.is_put_away_on, "DATE_FORMAT")
        }
    return _("Without an answer it is shown as resting from %(day)s.") % {
        "day": date_format(days.rests_on, "DATE_FORMAT")
    }
