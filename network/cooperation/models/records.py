"""What was done and what was paid: entered by one side, agreed by the other; and how both sides found it."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Grade, RecordState, Side
from network.cooperation.models.agreements import Agreement
from network.cooperation.models.requests import mark_of, person
from network.cooperation.querysets import RatingQuerySet, RecordQuerySet

#: Unit: hours. Several people may work on the same day.
MOST_HOURS_A_RECORD = 1_000
#: Unit: days. After that a rating is shown even if the other side did not rate.
DAYS_UNTIL_SHOWN = 30


class ServiceRecord(models.Model):
    """Leistungsnachweis: hours of a day, paid and unpaid, and the payment that is due for them."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="records"
    )
    done_on = models.DateField(_("day of the service"))
    what = models.CharField(_("what was done"), max_length=300)
    #: Unit: hours.
    paid_hours = models.DecimalField(
        _("paid hours"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS_A_RECORD)],
    )
    #: Unit: hours.
    unpaid_hours = models.DecimalField(
        _("unpaid hours"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS_A_RECORD)],
    )
    #: Unit: euro.
    amount = models.DecimalField(
        _("amount in euro"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    payment_due = models.DateField(_("payment due on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    #: Who said that the payment came; where it was not the organisation, it may say that it never did.
    paid_noted_side = models.CharField(_("payment noted by"), max_length=12, choices=Side, blank=True)
    paid_noted_by = person(_("payment noted by"))
    #: What the organisation says about a payment that never came; then it alone notes the payment.
    payment_objection = models.TextField(_("what is wrong with the payment"), max_length=1_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RecordState, default=RecordState.ENTERED, db_index=True)
    entered_side = models.CharField(_("entered by"), max_length=12, choices=Side)
    entered_by = person(_("entered by"))
    entered_at = models.DateTimeField(_("entered on"), default=timezone.now)
    #: Who of the other side agreed or disputed.
    answered_by = person(_("answered by"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    #: Read by the two sides alone.
    dispute = models.TextField(_("what is not right"), max_length=1_000, blank=True)
    #: Disputed after both had agreed; such a record is set right, never removed.
    was_agreed = models.BooleanField(_("was agreed before"), default=False, editable=False)
    #: One for each form that was opened, so that a button pressed twice enters once.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    #: When the municipality was last reminded of the payment.
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of service")
        verbose_name_plural = _("records of service")
        ordering = ["-done_on", "-pk"]
        indexes = [models.Index(name="record_payment_due", fields=["payment_due", "paid_on"])]
        constraints = [
            models.CheckConstraint(
                name="record_has_hours",
                condition=models.Q(paid_hours__gt=0) | models.Q(unpaid_hours__gt=0),
                violation_error_message=_("Please enter hours: paid ones, unpaid ones, or both."),
            ),
            models.CheckConstraint(
                name="record_payment_has_an_amount",
                condition=models.Q(amount__gt=0) | models.Q(payment_due__isnull=True, paid_on__isnull=True),
                violation_error_message=_("A payment needs an amount."),
            ),
            models.CheckConstraint(
                name="record_amount_has_a_due_day",
                condition=models.Q(amount__isnull=True) | models.Q(amount=0) | models.Q(payment_due__isnull=False),
                violation_error_message=_("Please say when the payment is due."),
            ),
        ]

    def __str__(self):
        return gettext("Record of service no. %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Return its place on the page of the agreement."""
        return f"{reverse('cooperation:agreement', args=[self.agreement_id])}#nachweis-{self.pk}"

    #: What the other side reads before it agrees.
    SHOWN_FIELDS = ("done_on", "what", "paid_hours", "unpaid_hours", "amount", "payment_due", "paid_on", "entered_at")

    @property
    def mark(self) -> str:
        """Return a mark of everything that the other side reads; it tells whether something changed meanwhile."""
        return mark_of(getattr(self, name) for name in self.SHOWN_FIELDS)

    @property
    def is_unpaid(self) -> bool:
        """Tell whether a payment is still owed."""
        return self.payment_due is not None and self.paid_on is None

    def is_overdue(self, on: datetime.date) -> bool:
        """Tell whether a payment should have come; the same rule as `overdue()`."""
        return self.is_unpaid and self.payment_due < on and self.state != RecordState.DISPUTED

    @property
    def days_to_payment(self) -> int | None:
        """Return how many days lie between the service and its payment; a payment in advance counts as none."""
        return max((self.paid_on - self.done_on).days, 0) if self.paid_on else None


class Rating(models.Model):
    """How one side found the cooperation: a few questions and free words, for the other side alone; never a score."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="ratings"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side)
    kept_agreements = models.PositiveSmallIntegerField(_("What was agreed was kept."), choices=Grade)
    was_respectful = models.PositiveSmallIntegerField(_("We were treated as equals."), choices=Grade)
    would_repeat = models.PositiveSmallIntegerField(_("We would work together again."), choices=Grade)
    words = models.TextField(_("in your own words"), max_length=2_000, blank=True)
    given_by = person(_("given by"))
    given_at = models.DateTimeField(_("given on"), default=timezone.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(name="rating_once_per_side", fields=["agreement", "side"])]

    def __str__(self):
        return f"{self.agreement}: {self.get_side_display()}"
