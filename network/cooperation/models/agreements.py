"""What both sides agreed on: a text in versions, each of which holds only once both sides have accepted it."""

import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Side
from network.cooperation.models.requests import CooperationRequest, person
from network.cooperation.models.terms import Terms, complete_terms
from network.cooperation.querysets import AgreementQuerySet


class Agreement(models.Model):
    """Vereinbarung between a municipality and an organisation, written on an accepted request."""

    request = models.OneToOneField(
        CooperationRequest, verbose_name=_("request"), on_delete=models.PROTECT, related_name="agreement"
    )
    created_at = models.DateTimeField(_("begun on"), default=timezone.now)
    #: The last day, where a side ended it before its time.
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = person(_("ended by"))
    end_note = models.CharField(_("note on the end"), max_length=300, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return gettext("Agreement no. %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Return the page that both sides read."""
        return reverse("cooperation:agreement", args=[self.pk])

    @property
    def municipality(self):
        """Return the one side."""
        return self.request.municipality

    @property
    def organisation(self):
        """Return the other side."""
        return self.request.organisation

    @cached_property
    def all_versions(self) -> list["AgreementVersion"]:
        """The texts, the newest first, each with who accepted it."""
        return sorted(self.versions.all(), key=lambda version: -version.number)

    @property
    def newest(self) -> "AgreementVersion":
        """Return the text that was written last."""
        return self.all_versions[0]

    @property
    def in_force(self) -> "AgreementVersion | None":
        """Return the newest text that both sides accepted; a changed text holds only after both accepted that, too."""
        return next((version for version in self.all_versions if version.is_accepted), None)

    def last_day(self) -> datetime.date | None:
        """Return the last day on which the agreement holds, as far as one is known."""
        if self.ended_on is not None:
            return self.ended_on
        return self.in_force.valid_to if self.in_force is not None else None

    def is_over(self, on: datetime.date) -> bool:
        """Tell whether the agreement held and its time is over; only then both sides rate."""
        last = self.last_day()
        return self.in_force is not None and last is not None and last < on

    def is_ended(self, on: datetime.date) -> bool:
        """Tell whether nothing can be changed any more, whether or not it ever held."""
        return self.ended_on is not None or self.is_over(on)


class AgreementVersion(Terms):
    """A text of an agreement; never changed, only followed by the next."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    service = models.TextField(_("service"), max_length=4_000)
    rights = models.TextField(_("rights in the results"), max_length=2_000)
    data_protection = models.TextField(_("data protection"), max_length=2_000)
    termination = models.TextField(_("termination"), max_length=2_000)
    contact_office = models.CharField(_("contact office"), max_length=200, help_text=_("An office, not a person."))
    settlement = models.TextField(_("settlement"), max_length=2_000, help_text=_("How and when it is paid."))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"))
    written_side = models.CharField(_("written by"), max_length=12, choices=Side)
    written_by = person(_("written by"))
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("text of an agreement")
        verbose_name_plural = _("texts of agreements")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="agreement_version_once", fields=["agreement", "number"]),
            models.CheckConstraint(name="agreement_version_is_complete", condition=complete_terms()),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first. Please check both."),
            ),
        ]

    #: What makes one text differ from another.
    TEXT_FIELDS = (
        "service", *Terms.TERM_FIELDS, "rights", "data_protection", "termination", "contact_office", "settlement",
        "valid_from", "valid_to",
    )  # fmt: skip

    def __str__(self):
        return f"{self.agreement} ({self.number})"

    @property
    def text(self) -> dict:
        """Return the text by field."""
        return {name: getattr(self, name) for name in self.TEXT_FIELDS}

    @property
    def accepting_sides(self) -> frozenset[str]:
        """Return the sides that accepted this text."""
        return frozenset(acceptance.side for acceptance in self.acceptances.all())

    @property
    def is_accepted(self) -> bool:
        """Tell whether both sides accepted this text."""
        return self.accepting_sides == frozenset(Side.values)


class Acceptance(models.Model):
    """A side accepted a text."""

    version = models.ForeignKey(
        AgreementVersion, verbose_name=_("text of an agreement"), on_delete=models.CASCADE, related_name="acceptances"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side)
    person = person(_("person"))
    at = models.DateTimeField(_("accepted on"), default=timezone.now)

    class Meta:
        verbose_name = _("acceptance of a text")
        verbose_name_plural = _("acceptances of texts")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(name="acceptance_once_per_side", fields=["version", "side"])]

    def __str__(self):
        return f"{self.version}: {self.get_side_display()}"
