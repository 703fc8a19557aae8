"""What a network and a member are told: the one of its being named, the other of an objection."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.directory.models import Organisation
from knowledge.directory.networks.links import link_to_object
from knowledge.directory.upkeep.reminding import recipients
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter, send_later


def tell_of_member(*, umbrella: Organisation, member: Organisation) -> None:
    """Tell a network, once the change is saved, that somebody names it; with a way to say that it is not so."""
    values = {"member": member.name, "umbrella": umbrella.name}
    for address in recipients(umbrella, is_reminder=False):
        _send(
            Letter(
                to=address,
                subject=_("“%(member)s” says that it is a member of “%(umbrella)s”") % values,
                paragraphs=(
                    _("You get this mail because “%(umbrella)s” stands in the directory.") % values,
                    _(
                        "“%(member)s” names it there as a network of which it is a member. "
                        "If that is so, you need not do anything."
                    )
                    % values,
                    _("If it is not so, take the membership out. You need no account for that."),
                ),
                link_label=_("Look at the membership"),
                link=link_to_object(umbrella, member),
            )
        )


def tell_of_objection(*, umbrella: Organisation, member: Organisation) -> None:
    """Tell whoever named a network that it has objected."""
    values = {"member": member.name, "umbrella": umbrella.name}
    for address in recipients(member, is_reminder=False):
        _send(
            Letter(
                to=address,
                subject=_("“%(umbrella)s” does not know “%(member)s” as a member") % values,
                paragraphs=(
                    _("You get this mail because the profile of “%(member)s” named “%(umbrella)s” as a network.")
                    % values,
                    _("“%(umbrella)s” took the membership out. Please ask there before you enter it again.") % values,
                ),
                link_label=_("Look at the profile"),
                link=own_address(member.get_absolute_url()),
            )
        )


def _send(letter: Letter) -> None:
    transaction.on_commit(partial(send_later, letter), robust=True)
