"""A municipal list that is being taken over: kept between the upload and the decision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DirectoryImport(models.Model):
    """A table that was read, how its columns were understood, and what was done with it."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded on"), default=timezone.now)
    filename = models.CharField(_("file"), max_length=255)
    #: SHA-256 of the file, in hex: the same file twice changes nothing.
    digest = models.CharField(max_length=64)
    #: The headings; then the rows as text, each beginning with its number in the file. Gone once they are taken over.
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    #: Column number → field of an organisation.
    mapping = models.JSONField(default=dict)
    #: Place of a row → what was decided: `new`, `skip`, or the key of the organisation to be filled; `all` → what holds
    #: for the whole list.
    decisions = models.JSONField(default=dict)
    #: Where it stands, the plan and what it did (`knowledge.directory.importing.records.Outcome`).
    outcome = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(_("taken over on"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of organisations")
        verbose_name_plural = _("imports of organisations")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.filename
