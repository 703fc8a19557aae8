"""On whose behalf an organisation acts, and what it is able to: two records that are kept apart."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import Assurance, MandateKind, MandateState, ServiceKind
from knowledge.directory.models.organisations import Organisation
from knowledge.directory.querysets import MandateQuerySet, PartQuerySet


class Assured(models.Model):
    """A statement of the organisation and what stands behind it."""

    assurance = models.CharField(_("assurance"), max_length=12, choices=Assurance, default=Assurance.DECLARED)
    #: Who said so: the principal's office or person in words, e.g. “City of Ravensfurt, youth welfare office”.
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    #: Which document was seen, in words; the document itself stays with the editors.
    evidence = models.CharField(_("document or resolution"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: The organisation's own words on a status it does not agree with (right of reply).
    reply = models.TextField(_("the organisation's reply"), blank=True)

    class Meta:
        abstract = True


class Mandate(Assured):
    """Auftrag: on whose behalf, for what, for whom and for whom not, where, from when to when.

    Source: position paper 2014, „mit welchem Auftrag die jeweilige MSO arbeitet".
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="mandates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MandateKind)
    principal = models.CharField(
        _("by whom"), max_length=200, blank=True, help_text=_("Who gave the mandate, e.g. “City of Ravensfurt”.")
    )
    subject = models.TextField(_("for what"), max_length=1_000)
    speaks_for = models.CharField(_("speaks for"), max_length=300, blank=True)
    not_for = models.CharField(_("does not speak for"), max_length=300, blank=True)
    area = models.CharField(_("area"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    #: The last day; empty means no end.
    valid_to = models.DateField(_("until"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=200, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first. Please check both."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject[:80]}"

    def state_on(self, on: datetime.date) -> MandateState:
        """Return where the mandate stands on a day."""
        if self.valid_to is not None and self.valid_to < on:
            return MandateState.EXPIRED
        return MandateState(self.assurance)

    @property
    def state(self) -> MandateState:
        """Return where the mandate stands today."""
        return self.state_on(timezone.localdate())


class Qualification(Assured):
    """What an organisation can do and by what it shows that; self-declared and confirmed are kept apart."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="qualifications"
    )
    kind = models.CharField(_("kind of service"), max_length=24, choices=ServiceKind)
    description = models.TextField(_("what you can do, and since when"), max_length=1_000)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["kind", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.description[:80]}"
