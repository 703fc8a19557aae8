"""The history of cooperation on an organisation's profile: what it chose to tell, without terms, ratings or score."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knowledge.directory.blocks import ProfileBlock
from knowledge.directory.models import Organisation
from network.cooperation.models import SharedCooperation


def history_block(organisation: Organisation, user, on: datetime.date) -> ProfileBlock | None:
    """Return the part of a profile, nothing where the organisation tells nothing; one query."""
    shown = list(SharedCooperation.objects.visible_to(user).of(organisation).for_profiles())
    if not shown:
        return None
    content = {"shown": shown, "sentence": _in_one_sentence(shown)}
    template = "network/cooperation/profile_history.html"
    return ProfileBlock("kooperationen", _("Cooperation so far"), template, content)


def _in_one_sentence(shown: list[SharedCooperation]) -> str:
    places = len({one.agreement.request.municipality_id for one in shown})
    since = min(one.from_year for one in shown)
    agreements = ngettext("%(number)s agreement that is over", "%(number)s agreements that are over", len(shown)) % {
        "number": len(shown)
    }
    with_whom = ngettext("with one municipality", "with %(number)s municipalities", places) % {"number": places}
    return _("%(agreements)s %(with_whom)s since %(year)s") % {
        "agreements": agreements,
        "with_whom": with_whom,
        "year": since,
    }
