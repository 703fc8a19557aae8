"""A municipality asks an organisation for something, and says what it gives in return."""

import datetime
import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Answer, Credit, RequestState
from network.cooperation.models.terms import Terms, complete_terms
from network.cooperation.querysets import RequestQuerySet
from portal.accounts.names import validate_one_line


def mark_of(values: Iterable[object]) -> str:
    """Return a short mark of values as they stand in the database, by which a change is noticed."""
    return hashlib.sha256("\x1f".join(str(value) for value in values).encode()).hexdigest()[:20]


def person(verbose_name) -> models.ForeignKey:
    """Return a link to whoever did something; what they did stays when their account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class CooperationRequest(Terms):
    """Anfrage: occasion, expected service, hours, date, use of the results, credit and consideration.

    Source: position paper 2014, „ohne sie … als billige Koproduzenten zu instrumentalisieren"; domain reference §5.3.
    """

    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="cooperation_requests",
    )
    department = models.ForeignKey(
        "places.Department",
        verbose_name=_("office that asks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cooperation_requests",
    )
    organisation = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="cooperation_requests",
    )
    title = models.CharField(
        _("what it is about"), max_length=120, validators=[validate_one_line], help_text=_("In a few words.")
    )
    occasion = models.TextField(_("occasion"), max_length=2_000, blank=True)
    service = models.TextField(_("what you expect of the organisation"), max_length=2_000, blank=True)
    #: When the service is wanted.
    wanted_on = models.DateField(_("date"), null=True, blank=True)
    answer_by = models.DateField(_("please answer by"), null=True, blank=True)
    use_of_results = models.TextField(_("how the results are used"), max_length=1_000, blank=True)
    credit = models.CharField(_("how the organisation is named"), max_length=12, choices=Credit, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.DRAFT, db_index=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    #: Whatever the organisation likes to add; never asked for.
    answer_note = models.TextField(_("note on the answer"), max_length=1_000, blank=True)
    asked_by = person(_("asked by"))
    created_at = models.DateTimeField(_("begun on"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    answered_by = person(_("answered by"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    #: One for each form that was opened, so that a button pressed twice makes one draft.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation request")
        verbose_name_plural = _("cooperation requests")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(name="request_by_organisation", fields=["organisation", "state"]),
            models.Index(name="request_by_municipality", fields=["municipality", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_is_sent_with_consideration",
                condition=models.Q(state=RequestState.DRAFT) | (complete_terms() & models.Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="request_answer_follows_state",
                condition=models.Q(state=RequestState.ANSWERED, answered_at__isnull=False) & ~models.Q(answer="")
                | models.Q(state__in=[RequestState.DRAFT, RequestState.SENT], answer="")
                | models.Q(state=RequestState.WITHDRAWN, withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self):
        # Without the subject, which belongs to the two sides; the log is read by others.
        return gettext("Request no. %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Return the page that both sides read."""
        return reverse("cooperation:request", args=[self.pk])

    #: What people of the municipality write.
    WRITTEN_FIELDS = (
        "municipality_id", "department_id", "title", "occasion", "service", "hours", "wanted_on", "answer_by",
        "consideration", "fee_per_hour", "amount", "in_kind", "no_consideration_reason", "legal_frame",
        "use_of_results", "credit",
    )  # fmt: skip

    @property
    def mark(self) -> str:
        """Return a mark of what is written; it tells whether a colleague has changed it meanwhile."""
        return mark_of(getattr(self, name) for name in self.WRITTEN_FIELDS)

    @property
    def is_draft(self) -> bool:
        """Tell whether the municipality alone knows of it."""
        return self.state == RequestState.DRAFT

    @property
    def waits_for_answer(self) -> bool:
        """Tell whether the organisation has yet to answer."""
        return self.state == RequestState.SENT

    @property
    def waits_for_decision(self) -> bool:
        """Tell whether the municipality has yet to decide about a counter-proposal."""
        return self.state == RequestState.ANSWERED and self.answer == Answer.COUNTER

    @property
    def is_accepted(self) -> bool:
        """Tell whether an agreement can be written."""
        return self.state == RequestState.ANSWERED and self.answer == Answer.ACCEPTED

    @property
    def can_be_withdrawn(self) -> bool:
        """Tell whether the municipality can still take it back: before an agreement is begun."""
        return self.waits_for_answer or self.waits_for_decision or (self.is_accepted and not self.has_agreement)

    @property
    def has_agreement(self) -> bool:
        """Tell whether an agreement was begun."""
        return hasattr(self, "agreement")

    def is_late(self, on: datetime.date) -> bool:
        """Tell whether the day is over by which an answer was asked for."""
        return self.waits_for_answer and self.answer_by is not None and self.answer_by < on


class CounterProposal(Terms):
    """What the organisation would do, and for what; the municipality takes it over or withdraws the request."""

    request = models.OneToOneField(
        CooperationRequest, verbose_name=_("request"), on_delete=models.CASCADE, related_name="counter_proposal"
    )
    text = models.TextField(_("what you propose instead"), max_length=2_000)
    made_by = person(_("proposed by"))
    made_at = models.DateTimeField(_("proposed on"), default=timezone.now)

    class Meta:
        verbose_name = _("counter-proposal")
        verbose_name_plural = _("counter-proposals")
        constraints = [models.CheckConstraint(name="counter_proposal_is_complete", condition=complete_terms())]

    def __str__(self):
        return gettext("Counter-proposal to request no. %(number)s") % {"number": self.request_id}
