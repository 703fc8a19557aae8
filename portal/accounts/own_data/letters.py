"""The letters that confirm a farewell; they go to the address with which the person signed in."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.adapter import own_address
from portal.accounts.models import WAITING_DAYS, Farewell, User
from portal.accounts.own_data.links import link_to_delete, link_to_take_back
from portal.accounts.post import Letter, send_later


def confirm_leaving(farewell: Farewell) -> None:
    """Confirm that a person left, in case it was somebody else, with the way to have the data deleted as well."""
    person = farewell.person
    send_later(
        Letter(
            to=person.email,
            subject=_("You have left the network"),
            paragraphs=(
                _("You get this mail because you have left the network with this address."),
                _("You are signed out everywhere, and your roles have ended."),
                _name_sentence(person),
                ngettext(
                    "Do you want your data deleted as well? The link is there for it for %(days)d day.",
                    "Do you want your data deleted as well? The link is there for it for %(days)d days.",
                    WAITING_DAYS,
                )
                % {"days": WAITING_DAYS},
            ),
            link_label=_("Have my data deleted"),
            link=link_to_delete(farewell),
            closing=(
                _("It was not you? Then please write to the editors at once: %(address)s")
                % {"address": own_address(reverse("contact"))},
            ),
        )
    )


def confirm_deletion(farewell: Farewell) -> None:
    """Confirm that the account will be deleted, and how to take the wish back."""
    day = {"day": date_format(farewell.due_on, "DATE_FORMAT")}
    send_later(
        Letter(
            to=farewell.person.email,
            subject=_("Your account will be deleted on %(day)s") % day,
            paragraphs=(
                _("You get this mail because somebody asked in your account for its deletion."),
                _("You are signed out everywhere. The account will be deleted on %(day)s.") % day,
                _name_sentence(farewell.person),
                _("Until then you can take the wish back. Your account then stays closed, as when you left.")
                if farewell.follows_leaving
                else _("Until then you can take the wish back. Your account then opens again; your roles stay ended."),
            ),
            link_label=_("Take back the deletion"),
            link=link_to_take_back(farewell),
            closing=(
                _("It was not you? Then take the deletion back and write to the editors.")
                if farewell.follows_leaving
                else _("It was not you? Then take the deletion back and choose a new password."),
            ),
        )
    )


def _name_sentence(person: User) -> str:
    if person.keeps_name:
        return _("Your contributions stay, and so does your name beside them.")
    return _("Your contributions stay; “former member” stands beside them instead of your name.")
