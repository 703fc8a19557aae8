"""Persons in the directory: they appear only under a live consent, and a withdrawn one makes them vanish at once."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import ConsentPurpose
from knowledge.directory.models.organisations import Organisation
from knowledge.directory.querysets import ConsentQuerySet, ContactQuerySet, ExpertQuerySet, ExpertRequestQuerySet
from portal.accounts.names import validate_one_line
from portal.shared.visibility import Audience, AudienceField

#: Unit: months. After that a person is asked anew.
CONSENT_MONTHS = 24
#: What a contact person can agree to, in the order in which it is asked and shown.
CONTACT_FIELDS = ("name", "function", "email", "phone")


class Contact(models.Model):
    """A person whom an organisation names; nothing of them is shown before they agreed themselves."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=150, validators=[validate_one_line])
    function = models.CharField(_("function"), max_length=120, blank=True)
    #: The consent is asked for at this address; it is shown only if the person agreed to that too.
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("named on"), default=timezone.now)
    #: When the person was last asked by mail.
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True)
    #: When the person said no or took the consent back; they are not asked again.
    refused_at = models.DateTimeField(_("refused on"), null=True, blank=True)
    #: What is left of the address of somebody who is not to be asked again: a keyed mark of it, never the address.
    address_mark = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["pk"]

    def __str__(self):
        return self.name or gettext("somebody who is not to be named")

    def save(self, *args, **kwargs):
        """End the consent where a detail changes that it was given for; who is to be named so must agree anew."""
        with transaction.atomic():
            before = Contact.objects.filter(pk=self.pk).values(*CONTACT_FIELDS).first() or {}
            super().save(*args, **kwargs)
            # What is left out reveals nothing new, so the consent to the rest stays.
            changed = {name for name, value in before.items() if (now := getattr(self, name)) and now != value}
            for consent in self.consents.filter(withdrawn_at__isnull=True) if changed else ():
                if changed & {*consent.fields, "email"}:
                    consent.end()

    @property
    def is_forgotten(self) -> bool:
        """Tell whether only the mark is left of somebody who does not want to be named."""
        return not self.email


class Expert(models.Model):
    """A member who agreed to be found by what they can do (position paper: „Kompetenzen qualifizierter Migrant:innen").

    Requests go through the portal; neither name nor address stands in the register.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="expert"
    )
    #: Whom requests come from; the public never finds people.
    audience = AudienceField(default=Audience.MEMBER)
    headline = models.CharField(_("what for"), max_length=160)
    competences = models.TextField(_("what you can do"), max_length=2_000)
    fields_of_action = models.ManyToManyField(
        "topics.FieldOfAction", verbose_name=_("fields of action"), blank=True, related_name="experts"
    )
    #: BCP 47 tags.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="experts",
    )
    conditions = models.CharField(_("conditions, e.g. a fee"), max_length=240, blank=True)
    is_hidden = models.BooleanField(_("not findable for now"), default=False)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["headline", "pk"]
        constraints = [
            models.CheckConstraint(
                name="expert_is_never_public",
                condition=models.Q(audience__in=[Audience.MEMBER, Audience.STAFF]),
            )
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self) -> str:
        """Return the page on which the expert can be asked."""
        return reverse("experts:expert", args=[self.uid])


class Consent(models.Model):
    """What a person agreed to: purpose, fields, wording, until when; a withdrawal is added, nothing is overwritten.

    Source: Art. 6 (1) a, Art. 7 GDPR; domain reference §5.2 (expiry after 24 months).
    """

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    expert = models.ForeignKey(Expert, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose)
    #: Names of the fields that may be shown, e.g. `["name", "phone"]`.
    fields = models.JSONField(_("what may be shown"), default=list)
    wording = models.TextField(_("wording"))
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    expires_at = models.DateTimeField(_("runs out on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    #: When the person was told that the consent runs out.
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of a person")
        verbose_name_plural = _("consents of persons")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(name="consent_by_expiry", fields=["withdrawn_at", "expires_at"])]
        constraints = [
            models.CheckConstraint(
                name="consent_is_of_one_person",
                condition=models.Q(contact__isnull=False, expert__isnull=True)
                | models.Q(contact__isnull=True, expert__isnull=False),
            ),
            models.UniqueConstraint(
                name="contact_consent_once_live",
                fields=["contact"],
                condition=models.Q(withdrawn_at__isnull=True, contact__isnull=False),
            ),
            models.UniqueConstraint(
                name="expert_consent_once_live",
                fields=["expert"],
                condition=models.Q(withdrawn_at__isnull=True, expert__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.contact or self.expert}"

    def end(self) -> None:
        """Note that it does not hold any more: taken back, or replaced by another."""
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])


class ExpertRequest(models.Model):
    """Somebody asks an expert something by way of the portal; the expert decides whether and how to answer."""

    expert = models.ForeignKey(Expert, verbose_name=_("expert"), on_delete=models.CASCADE, related_name="requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="expert_requests",
    )
    occasion = models.CharField(_("occasion"), max_length=200)
    text = models.TextField(_("your question"), max_length=3_000)
    #: What the expert gets for it; never empty.
    consideration = models.CharField(_("consideration"), max_length=240)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=3_000, blank=True)
    #: What the expert told of themselves with the answer: `name`, `email`.
    revealed = models.JSONField(_("shown to the one who asked"), default=list, blank=True, db_default=[])

    objects = ExpertRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to an expert")
        verbose_name_plural = _("requests to experts")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return self.occasion
