"""What an organisation offers: for whom, in which languages, when, where and at what cost."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import AccessKind, CostKind, ServiceKind, Weekday
from knowledge.directory.languages import language_name, validate_language
from knowledge.directory.models.organisations import Organisation
from knowledge.directory.querysets import OfferQuerySet, PartQuerySet
from knowledge.topics.residence_status import ResidenceStatus


class Offer(models.Model):
    """An offer (HSDS `service`); live at once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="offers"
    )
    name = models.CharField(_("name of the offer"), max_length=160)
    kind = models.CharField(_("kind of service"), max_length=24, choices=ServiceKind)
    description = models.TextField(_("what you offer"), max_length=3_000)
    fields_of_action = models.ManyToManyField(
        "topics.FieldOfAction", verbose_name=_("fields of action"), blank=True, related_name="offers"
    )
    #: Need and situation in life, e.g. “parents with school children”; never an ethnic group.
    target_group = models.CharField(_("for whom"), max_length=240, blank=True)
    access_note = models.CharField(_("conditions"), max_length=300, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(
        _("up to age"), null=True, blank=True, validators=[MaxValueValidator(130)]
    )
    cost = models.CharField(_("cost"), max_length=10, choices=CostKind, default=CostKind.FREE)
    #: Unit: euro.
    amount = models.DecimalField(_("amount in euro"), max_digits=8, decimal_places=2, null=True, blank=True)
    cost_note = models.CharField(_("note on the cost"), max_length=200, blank=True)
    place = models.CharField(
        _("place"), max_length=240, blank=True, help_text=_("Empty means at the seat of the organisation.")
    )
    is_online = models.BooleanField(_("also online or by telephone"), default=False)
    #: Values of `Accessibility`.
    accessibility = models.JSONField(_("accessibility"), default=list, blank=True)
    accessibility_note = models.CharField(_("note on accessibility"), max_length=240, blank=True)
    registration = models.CharField(_("how to register"), max_length=240, blank=True)
    waiting = models.CharField(_("waiting time"), max_length=120, blank=True)
    documents = models.CharField(_("what to bring"), max_length=240, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    is_active = models.BooleanField(_("takes place at present"), default=True)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_ages_are_in_order",
                condition=models.Q(minimum_age__isnull=True)
                | models.Q(maximum_age__isnull=True)
                | models.Q(maximum_age__gte=models.F("minimum_age")),
                violation_error_message=_("The highest age lies below the lowest. Please check both."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Return where the offer stands on the profile."""
        return f"{self.organisation.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Return the anchor of the offer, the same for ever."""
        return f"angebot-{self.pk}"


class SpokenLanguage(models.Model):
    """A language in which an organisation, or one of its offers, can be spoken to."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="languages"
    )
    #: Empty for the organisation as a whole.
    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), null=True, blank=True, on_delete=models.CASCADE, related_name="languages"
    )
    code = models.CharField(_("language"), max_length=20, db_index=True, validators=[validate_language])
    with_interpreter = models.BooleanField(_("by interpreter"), default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="language_once_per_offer",
                fields=["offer", "code"],
                condition=models.Q(offer__isnull=False),
                violation_error_message=_("This language is already there."),
            ),
            models.UniqueConstraint(
                name="language_once_per_organisation",
                fields=["organisation", "code"],
                condition=models.Q(offer__isnull=True),
                violation_error_message=_("This language is already there."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """Return how the language is called in German."""
        return language_name(self.code)


class OfferAccess(models.Model):
    """Whether an offer is open to people with a residence status; „not open to“ is said too."""

    offer = models.ForeignKey(Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="access")
    status = models.CharField(_("residence status"), max_length=2, choices=ResidenceStatus)
    access = models.CharField(_("access"), max_length=14, choices=AccessKind)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("access by residence status")
        verbose_name_plural = _("access by residence status")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="access_once_per_status", fields=["offer", "status"])]

    def __str__(self):
        return f"{self.get_status_display()}: {self.get_access_display()}"


class OpeningTime(models.Model):
    """When an offer takes place, or when the organisation can be visited."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="opening_times"
    )
    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), null=True, blank=True, on_delete=models.CASCADE, related_name="opening_times"
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        ordering = ["weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_time_closes_after_it_opens",
                condition=models.Q(closes__gt=models.F("opens")),
                violation_error_message=_("The closing time lies before the opening time. Please check both."),
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
