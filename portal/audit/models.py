"""The entries of the log and the head of their chain; people and objects by number and name, so that nothing binds."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.audit.chain import NOTHING_BEFORE, Link, digest_of
from portal.audit.querysets import AuditEntryQuerySet, FinalEntryError
from portal.audit.registry import action_choices

_DIGEST_LENGTH = 64
NAME_LENGTH = 255


class AuditEntry(models.Model):
    """Who did what to what, when and why; final from the moment it is written."""

    #: Consecutive without gaps, hence no sequence of the database.
    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"), db_index=True)
    #: No foreign key: the entry outlives the account, and accounts stand above the log.
    actor_id = models.BigIntegerField(_("number of the person"), null=True, blank=True, db_index=True)
    actor_name = models.CharField(_("person"), max_length=NAME_LENGTH, blank=True)
    action = models.CharField(_("action"), max_length=60, db_index=True)
    #: The label of the model in small letters, e.g. `accounts.user`.
    object_kind = models.CharField(_("kind of object"), max_length=100, blank=True)
    object_id = models.CharField(_("number of the object"), max_length=64, blank=True)
    object_name = models.CharField(_("object"), max_length=NAME_LENGTH, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    #: Unique, so that the database itself refuses a chain that forks.
    previous = models.CharField(_("digest of the entry before"), max_length=_DIGEST_LENGTH, unique=True, blank=True)
    digest = models.CharField(_("digest"), max_length=_DIGEST_LENGTH, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["-number"]
        base_manager_name = "objects"
        default_permissions = ()
        indexes = [models.Index(name="audit_by_object", fields=["object_kind", "object_id"])]

    def __str__(self):
        return f"{self.number} {self.action}"

    def save(self, *args, **kwargs):
        """Write a sealed entry once; refuse everything else."""
        if not self._state.adding or self.digest != digest_of(self.content()):
            raise FinalEntryError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        """Refuse."""
        raise FinalEntryError

    def content(self) -> dict:
        """Return everything that the digest seals."""
        return {
            "number": self.number,
            "at": self.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "action": self.action,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "object_name": self.object_name,
            "before": self.before,
            "after": self.after,
            "reason": self.reason,
            "previous": self.previous,
        }

    def seal(self) -> None:
        """Set the digest over everything else."""
        self.digest = digest_of(self.content())

    def get_action_display(self) -> str:
        """Return the action in German; a code that no room registers any more shows as itself."""
        return str(dict(action_choices()).get(self.action, self.action))


class ChainHead(models.Model):
    """The end of the chain, one row: writers queue at it, and without it a removed last entry would not be missed."""

    THE_ONE = 1

    number = models.PositiveBigIntegerField(_("number"), default=0)
    digest = models.CharField(_("digest"), max_length=_DIGEST_LENGTH, default=NOTHING_BEFORE, blank=True)

    class Meta:
        verbose_name = _("end of the log")
        verbose_name_plural = _("ends of the log")
        default_permissions = ()

    def __str__(self):
        return f"{self.number} {self.digest}"

    @classmethod
    def locked(cls) -> "ChainHead":
        """Return the row, kept for this transaction alone (PostgreSQL: row lock; SQLite: IMMEDIATE transaction)."""
        rows = cls.objects.select_for_update().filter(pk=cls.THE_ONE)
        head = rows.first()
        if head is None:
            # Two may come here at once; the second insert does nothing and both then queue at the row.
            cls.objects.bulk_create([cls._made_from_the_last_entry()], ignore_conflicts=True)
            head = rows.get()
        return head

    @classmethod
    def _made_from_the_last_entry(cls) -> "ChainHead":
        last = AuditEntry.objects.order_by("-number").first()
        return cls(pk=cls.THE_ONE, number=last.number, digest=last.digest) if last else cls(pk=cls.THE_ONE)

    def link(self) -> Link:
        """Return the place in the chain to which the next entry is joined."""
        return Link(self.number, self.digest)

    def move_to(self, entry: AuditEntry) -> None:
        """Make `entry` the end of the chain."""
        self.number, self.digest = entry.number, entry.digest
        self.save(update_fields=["number", "digest"])
