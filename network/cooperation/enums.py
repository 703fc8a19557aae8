"""The code lists of fair cooperation: what is given in return, where requests and records stand, who speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """The two sides of every cooperation."""

    MUNICIPALITY = "municipality", _("the municipality")
    ORGANISATION = "organisation", _("the organisation")

    @property
    def other(self) -> "Side":
        """Return the side across the table."""
        return Side.ORGANISATION if self is Side.MUNICIPALITY else Side.MUNICIPALITY


class Consideration(models.TextChoices):
    """What an organisation gets in return (Source: domain reference §5.3)."""

    FEE = "fee", _("fee per hour")
    ALLOWANCE = "allowance", _("expense allowance")
    CONTRACT = "contract", _("service contract")
    GRANT = "grant", _("grant")
    IN_KIND = "in-kind", _("in kind, e.g. rooms or equipment")
    NONE = "none", _("none")


#: What is paid as one amount.
PAID_AS_A_SUM = frozenset({Consideration.ALLOWANCE, Consideration.CONTRACT, Consideration.GRANT})
#: What is bought; a paid service is no grant.
BOUGHT = frozenset({Consideration.FEE, Consideration.CONTRACT})


class LegalFrame(models.TextChoices):
    """Under which law the consideration stands; the portal asks for it and decides nothing."""

    GRANT = "grant", _("grant law: the organisation furthers its own purpose")
    PROCUREMENT = "procurement", _("procurement law: the municipality buys a service")
    NEITHER = "neither", _("neither of them")


class Credit(models.TextChoices):
    """How the organisation is named in what comes out."""

    AUTHOR = "author", _("as an author")
    NAMED = "named", _("as a partner")
    AS_WISHED = "as-wished", _("as the organisation wishes")
    NOT_NAMED = "not-named", _("not at all")


class RequestState(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Answer(models.TextChoices):
    """What an organisation answers; a reason is never asked for."""

    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    COUNTER = "counter", _("counter-proposal")


class RecordState(models.TextChoices):
    """Where a record of service stands between the two sides."""

    ENTERED = "entered", _("waits for the other side")
    AGREED = "agreed", _("agreed")
    DISPUTED = "disputed", _("disputed")


class Grade(models.IntegerChoices):
    """How far a statement of a rating holds; grades are read one by one and never added up."""

    YES = 4, _("yes")
    RATHER = 3, _("rather yes")
    RATHER_NOT = 2, _("rather not")
    NO = 1, _("no")


class FeeUnit(models.TextChoices):
    """What a usual fee is for."""

    HOUR = "hour", _("per hour")
    DAY = "day", _("per day")
    EVENT = "event", _("per event")
    MONTH = "month", _("per month")
    YEAR = "year", _("per year")
