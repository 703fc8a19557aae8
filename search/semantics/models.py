"""What is known of records by meaning: their pieces as vectors, and who may see them."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One row that counts every change, so that each process knows when what it holds is old."""

    ONE = 1

    number = models.PositiveBigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("revision of the meanings")
        verbose_name_plural = _("revisions of the meanings")

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Return the number of the latest change."""
        return cls.objects.filter(pk=cls.ONE).values_list("number", flat=True).first() or 0

    @classmethod
    def next(cls) -> int:
        """Count a change within its transaction; whoever changes something else waits, so numbers have no gaps."""
        with transaction.atomic():
            cls.objects.get_or_create(pk=cls.ONE)
            cls.objects.filter(pk=cls.ONE).update(number=models.F("number") + 1)
            return cls.current()


class RecordMeaning(models.Model):
    """A record as the search by meaning knows it; of a removed one only the key stays, with the version."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    #: The version of the outbox at which it was read; below none it was never read completely.
    version = models.BigIntegerField(_("version"), default=-1)
    revision = models.PositiveBigIntegerField(_("revision"), default=0, db_index=True)
    #: Vectors of different models have nothing in common.
    model = models.CharField(_("model"), max_length=80, blank=True)
    audience = models.CharField(_("audience"), max_length=40, blank=True)
    #: Facet → keys.
    facets = models.JSONField(_("facets"), default=dict, blank=True)
    #: What is shown of it as a hit.
    shown = models.JSONField(_("shown"), default=dict, blank=True)

    class Meta:
        verbose_name = _("meaning of a record")
        verbose_name_plural = _("meanings of records")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="meaning_one_row_per_object", fields=["kind", "object_id"])]

    def __str__(self):
        return f"{self.kind}:{self.object_id} {self.version}"


class PassageVector(models.Model):
    """A piece of a record and its vector; the digest says from which text and model it was made."""

    record = models.ForeignKey(RecordMeaning, on_delete=models.CASCADE, related_name="passages")
    digest = models.CharField(_("digest"), max_length=32)
    vector = models.BinaryField(_("vector"))
    heading = models.TextField(_("heading"), blank=True)
    anchor = models.TextField(_("anchor"), blank=True)
    number = models.TextField(_("number"), blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("passage with its vector")
        verbose_name_plural = _("passages with their vectors")
        ordering = ["record_id", "pk"]
        constraints = [models.UniqueConstraint(name="passage_once_per_record", fields=["record", "digest"])]

    def __str__(self):
        return f"{self.record_id}:{self.digest}"
