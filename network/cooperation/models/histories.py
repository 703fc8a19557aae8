"""What an organisation tells on its profile about cooperation that is over; it alone decides, each time."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.cooperation.models.agreements import Agreement
from network.cooperation.models.requests import person
from network.cooperation.querysets import HistoryQuerySet
from portal.accounts.names import validate_one_line


class SharedCooperation(models.Model):
    """A cooperation in the history on a profile: with whom, what, in which part, with what result (docs/adr/0014).

    Neither terms nor ratings stand there. Years and credit are those of the agreement and cannot change any more.
    """

    agreement = models.OneToOneField(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="shared"
    )
    subject = models.CharField(
        _("what it was about"), max_length=120, validators=[validate_one_line], help_text=_("In a few words.")
    )
    role = models.CharField(
        _("your part in it"),
        max_length=160,
        validators=[validate_one_line],
        help_text=_("E.g. “planned and led four evenings” or “wrote the chapter on schools”."),
    )
    result = models.CharField(_("what came of it"), max_length=300, blank=True, validators=[validate_one_line])
    result_url = models.URLField(
        _("where the result can be read"),
        max_length=300,
        blank=True,
        help_text=_("An address beginning with https://."),
    )
    from_year = models.PositiveSmallIntegerField(_("from year"), editable=False)
    to_year = models.PositiveSmallIntegerField(_("until year"), editable=False)
    shown_by = person(_("shown by"))
    shown_at = models.DateTimeField(_("shown since"), default=timezone.now)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation on a profile")
        verbose_name_plural = _("cooperation on profiles")
        ordering = ["-to_year", "-from_year", "-pk"]

    def __str__(self):
        return f"{self.agreement}: {self.subject}"

    @property
    def years(self) -> str:
        """Return the year, or the first and the last."""
        return str(self.to_year) if self.from_year == self.to_year else f"{self.from_year}–{self.to_year}"
