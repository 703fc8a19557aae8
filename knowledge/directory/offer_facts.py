"""What is to be known before one goes to an offer: for whom, in which languages, when, where, at what cost."""

from collections.abc import Iterable, Iterator

from django.utils.formats import localize, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.directory.enums import Accessibility, AccessKind, CostKind
from knowledge.directory.models import Offer, OpeningTime, SpokenLanguage


def facts_of(offer: Offer) -> list[dict[str, str]]:
    """Return what is known of an offer as pairs of a term and a text, in the order in which one asks."""
    pairs = (
        (_("For whom"), offer.target_group),
        (_("Languages"), languages_in_words(offer.languages.all())),
        (_("Open to"), _access(offer, AccessKind.OPEN)),
        (_("Open on a condition to"), _access(offer, AccessKind.ON_CONDITION)),
        (_("Not open to"), _access(offer, AccessKind.CLOSED)),
        (_("Age"), _ages(offer)),
        (_("Conditions"), offer.access_note),
        (_("Cost"), cost_in_words(offer)),
        (_("Opening hours"), times_in_words(offer.opening_times.all())),
        (
            _("Place"),
            " · ".join(filter(None, (offer.place, _("also online or by telephone") if offer.is_online else ""))),
        ),
        (_("Accessibility"), accessibility_in_words(offer)),
        (_("Registration"), offer.registration),
        (_("Waiting time"), offer.waiting),
        (_("What to bring"), offer.documents),
    )
    return [{"term": term, "text": text} for term, text in pairs if text]


def languages_in_words(languages: Iterable[SpokenLanguage]) -> str:
    """Return languages by their German names; those that need an interpreter are named as such."""
    spoken = list(languages)
    direct = ", ".join(language.name for language in spoken if not language.with_interpreter)
    mediated = ", ".join(language.name for language in spoken if language.with_interpreter)
    if not mediated:
        return direct
    by_interpreter = _("by interpreter: %(languages)s") % {"languages": mediated}
    return f"{direct}; {by_interpreter}" if direct else capfirst(by_interpreter)


def cost_in_words(offer: Offer) -> str:
    """Return what the offer costs; where it is free, amounts that were left behind are not shown."""
    amount = ""
    if offer.cost != CostKind.FREE and offer.amount is not None:
        amount = _("%(amount)s euro") % {"amount": localize(offer.amount)}
    return " · ".join(filter(None, (capfirst(offer.get_cost_display()), amount, offer.cost_note)))


def times_in_words(times: Iterable[OpeningTime]) -> str:
    """Return opening times by day."""
    return "; ".join(_time(one) for one in times)


def _time(one: OpeningTime) -> str:
    said = _("%(day)s %(opens)s to %(closes)s") % {
        "day": one.get_weekday_display(),
        "opens": time_format(one.opens, "G:i"),
        "closes": time_format(one.closes, "G:i"),
    }
    return f"{said} ({one.note})" if one.note else said


def accessibility_in_words(offer: Offer) -> str:
    """Return what makes the offer usable; values that the code list no longer knows are left out."""
    names = dict(Accessibility.choices)
    known = ", ".join(str(names[value]) for value in offer.accessibility if value in names)
    return " · ".join(filter(None, (capfirst(known), offer.accessibility_note)))


def _access(offer: Offer, kind: AccessKind) -> str:
    return "; ".join(_statuses(offer, kind))


def _statuses(offer: Offer, kind: AccessKind) -> Iterator[str]:
    for row in offer.access.all():
        if row.access == kind:
            yield f"{row.get_status_display()} ({row.note})" if row.note else str(row.get_status_display())


def _ages(offer: Offer) -> str:
    low, high = offer.minimum_age, offer.maximum_age
    if low is not None and high is not None:
        return _("%(low)d to %(high)d years") % {"low": low, "high": high}
    if low is not None:
        return ngettext("from %(age)d year", "from %(age)d years", low) % {"age": low}
    if high is not None:
        return ngettext("up to %(age)d year", "up to %(age)d years", high) % {"age": high}
    return ""
