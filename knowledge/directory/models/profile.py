"""Parts of an entry that have several rows: self-descriptions, languages, registers, transparency."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import Assurance, RegisterKind, TransparencyItem
from knowledge.directory.languages import language_name, validate_language
from knowledge.directory.models.organisations import Organisation
from knowledge.directory.querysets import PartQuerySet


class SelfDescription(models.Model):
    """Who we are, in the organisation's own words, once per language."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="descriptions"
    )
    #: BCP 47, e.g. `de`, `ti`, `ar`; easy language is `de-x-leicht`.
    language = models.CharField(_("language"), max_length=20, default="de", validators=[validate_language])
    text = models.TextField(_("who we are"), max_length=6_000)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-description")
        verbose_name_plural = _("self-descriptions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="self_description_once_per_language",
                fields=["organisation", "language"],
                violation_error_message=_("There is already a description in this language."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} ({self.language})"

    @property
    def language_name(self) -> str:
        """Return how the language is called in German."""
        return language_name(self.language)


class Registration(models.Model):
    """A register or recognition in which the organisation stands."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="registrations"
    )
    kind = models.CharField(_("register"), max_length=30, choices=RegisterKind)
    #: E.g. “VR 1234”; recognitions have a reference number, or none.
    number = models.CharField(_("number"), max_length=80, blank=True)
    authority = models.CharField(_("register court or authority"), max_length=160, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    assurance = models.CharField(_("assurance"), max_length=12, choices=Assurance, default=Assurance.DECLARED)
    checked_on = models.DateField(_("seen on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: The organisation's own words on a status it does not agree with (right of reply).
    reply = models.TextField(_("the organisation's reply"), blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        ordering = ["pk"]

    def __str__(self):
        return " ".join(filter(None, (self.get_kind_display(), self.number)))


class TransparencyNote(models.Model):
    """Where the organisation publishes one of the ten points of transparency."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="transparency_notes"
    )
    item = models.CharField(_("point"), max_length=2, choices=TransparencyItem)
    url = models.URLField(_("web address"), max_length=500)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of transparency")
        verbose_name_plural = _("points of transparency")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="transparency_item_once", fields=["organisation", "item"])]

    def __str__(self):
        return self.get_item_display()
