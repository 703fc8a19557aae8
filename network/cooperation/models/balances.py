"""The yearly balance as it was published, what organisations said before, and the usual fees for orientation."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import FeeUnit
from network.cooperation.models.requests import person
from network.cooperation.models.terms import LEAST, euro
from network.cooperation.querysets import CommentQuerySet, FeeQuerySet, YearQuerySet

FIRST_YEAR = 2020


class BalanceYear(models.Model):
    """A year's balance: opened to the organisations for comments, then published once and for all.

    A correction would give away by difference what changed, so there is none (docs/adr/0013).
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True, validators=[MinValueValidator(FIRST_YEAR)])
    opened_at = models.DateTimeField(_("opened for comments on"), default=timezone.now)
    #: The last day on which organisations comment.
    comments_until = models.DateField(_("comments until"))
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    published_by = person(_("published by"))

    objects = YearQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly balance")
        verbose_name_plural = _("yearly balances")
        ordering = ["-year"]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self) -> str:
        """Return the public page of the year."""
        return f"{reverse('cooperation:balance')}?jahr={self.year}"

    def takes_comments(self, on: datetime.date) -> bool:
        """Tell whether organisations can comment; the same rule as `open()`."""
        return self.published_at is None and self.comments_until >= on


class BalanceRow(models.Model):
    """What a municipality's published balance says; what may not be shown is not stored either."""

    balance = models.ForeignKey(
        BalanceYear, verbose_name=_("yearly balance"), on_delete=models.CASCADE, related_name="rows"
    )
    municipality = models.ForeignKey(
        "places.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    requests = models.PositiveIntegerField(_("requests"), null=True, blank=True)
    refusals = models.PositiveIntegerField(_("refusals"), null=True, blank=True)
    #: Unit: hours.
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    #: Unit: per cent of the hours.
    share_paid_percent = models.PositiveSmallIntegerField(_("share paid"), null=True, blank=True)
    #: Unit: days between service and payment.
    median_days = models.PositiveIntegerField(_("median of days until payment"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a yearly balance")
        verbose_name_plural = _("rows of yearly balances")
        ordering = ["municipality__sorted_as", "pk"]
        constraints = [models.UniqueConstraint(name="balance_row_once", fields=["balance", "municipality"])]

    def __str__(self):
        return f"{self.municipality} {self.balance}"


class LedgerComment(models.Model):
    """What an organisation says about its own ledger before a balance is published; an editor replies."""

    balance = models.ForeignKey(
        BalanceYear, verbose_name=_("yearly balance"), on_delete=models.CASCADE, related_name="comments"
    )
    organisation = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="ledger_comments",
    )
    text = models.TextField(_("your comment"), max_length=2_000)
    written_by = person(_("written by"))
    written_at = models.DateTimeField(_("written on"), default=timezone.now)
    reply = models.TextField(_("reply"), max_length=2_000, blank=True)
    replied_by = person(_("reply by"))
    replied_at = models.DateTimeField(_("reply on"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a ledger")
        verbose_name_plural = _("comments on ledgers")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"{self.organisation} {self.balance}"


class UsualFee(models.Model):
    """A usual fee or allowance, for orientation; kept by the editors, because amounts change by law and by place.

    Source: e.g. § 3 Nr. 26 and 26a EStG, local fee rules. The portal brings no amounts along.
    """

    name = models.CharField(_("name"), max_length=160)
    amount = models.DecimalField(
        _("amount in euro"), max_digits=9, decimal_places=2, validators=[MinValueValidator(LEAST)]
    )
    unit = models.CharField(_("unit"), max_length=10, choices=FeeUnit, default=FeeUnit.HOUR)
    source = models.CharField(
        _("source"), max_length=300, help_text=_("The law, resolution or local rule, with the date you read it.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        help_text=_("Empty where it holds everywhere."),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="usual_fees",
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty means no end."))

    objects = FeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("usual fee")
        verbose_name_plural = _("usual fees")
        ordering = ["name", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="usual_fee_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first. Please check both."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Say beside the field what the constraint would say of the whole."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first. Please check both.")})

    @property
    def amount_in_words(self) -> str:
        """Return amount and unit as one line."""
        return f"{euro(self.amount)} {self.get_unit_display()}"
