"""What a person agreed to, and how they leave."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import FarewellKind

#: Unit: days between the wish to be deleted and the deletion, during which it can be taken back.
WAITING_DAYS = 30


class Consent(models.Model):
    """What a person agreed to, in the words that were shown; a withdrawal is added, nothing is overwritten."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents"
    )
    #: What it is about, e.g. `rules` for the rules of use.
    purpose = models.CharField(_("purpose"), max_length=60)
    text = models.TextField(_("wording"))
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                name="consent_once_live_per_purpose",
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.purpose}: {self.person}"


class Farewell(models.Model):
    """A person leaves, or wants the account deleted after a while in which the wish can be taken back."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="farewells"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FarewellKind)
    requested_at = models.DateTimeField(_("asked on"), default=timezone.now)
    #: The day from which the account may be deleted; empty for those who only leave.
    due_on = models.DateField(_("deletion on"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("farewell")
        verbose_name_plural = _("farewells")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                name="farewell_once_open_per_person",
                fields=["person"],
                condition=models.Q(cancelled_at__isnull=True, done_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def follows_leaving(self) -> bool:
        """Tell whether the person had left before; then taking the deletion back opens nothing."""
        left = self.person.farewells.filter(kind=FarewellKind.LEAVE, cancelled_at__isnull=True)
        return left.exclude(pk=self.pk).exists()
