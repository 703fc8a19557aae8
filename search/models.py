"""What the index still has to learn: one lasting row per object, written together with the change itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import OutboxQuerySet


class OutboxEntry(models.Model):
    """An object's place in the outbox; it stays for good, so that versions never start anew."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    #: Grows by one with every change; the index keeps the number it last heard of.
    version = models.PositiveBigIntegerField(_("version"), default=0)
    done_version = models.PositiveBigIntegerField(_("version in the index"), default=0)
    standby_version = models.PositiveBigIntegerField(_("version in the standby index"), default=0, db_default=0)
    deleted = models.BooleanField(_("deleted"), default=False)
    #: When the oldest change not yet in the index was made.
    since = models.DateTimeField(_("waiting since"))
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    next_attempt = models.DateTimeField(_("next attempt"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("change for the index")
        verbose_name_plural = _("changes for the index")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(name="outbox_one_row_per_object", fields=["kind", "object_id"])]
        indexes = [
            models.Index(name="outbox_due", fields=["since"], condition=models.Q(version__gt=models.F("done_version"))),
            models.Index(
                name="outbox_due_standby",
                fields=["since"],
                condition=models.Q(version__gt=models.F("standby_version")),
            ),
        ]

    def __str__(self):
        return f"{self.kind}:{self.object_id} {self.done_version}/{self.version}"
