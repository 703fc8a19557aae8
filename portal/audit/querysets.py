"""Sets of log entries: they can be read and narrowed, never changed."""

import datetime

from django.conf import settings
from django.db import models


class FinalEntryError(TypeError):
    """Somebody tried to change the log; only `portal.audit.actions` adds to it and lets old entries go."""

    def __init__(self):
        super().__init__("Entries of the audit log are final: they are written by portal.audit.actions.record() only.")


class AuditEntryQuerySet(models.QuerySet):
    """Log entries; whatever would change one is refused."""

    def since(self, day: datetime.datetime | None):
        """Keep entries from this moment on."""
        return self if day is None else self.filter(at__gte=day)

    def before(self, day: datetime.datetime | None):
        """Keep entries older than this moment."""
        return self if day is None else self.filter(at__lt=day)

    def about(self, thing: models.Model):
        """Keep entries in which this was acted upon."""
        return self.filter(object_kind=thing._meta.label_lower, object_id=str(thing.pk))

    def concerning(self, name: str):
        """Keep entries in which a person of that name acted or was acted upon."""
        acted_upon = models.Q(object_kind=settings.AUTH_USER_MODEL.lower(), object_name__icontains=name)
        return self.filter(models.Q(actor_name__icontains=name) | acted_upon)

    def let_go_through(self, number: int) -> int:
        """Remove the oldest entries up to `number`; only the retention in `actions.prune` may ask for it."""
        removed, _by_model = models.QuerySet(self.model, using=self.db).filter(number__lte=number).delete()
        return removed

    def update(self, **kwargs):
        """Refuse."""
        raise FinalEntryError

    def delete(self):
        """Refuse."""
        raise FinalEntryError

    def bulk_update(self, *args, **kwargs):
        """Refuse."""
        raise FinalEntryError

    def bulk_create(self, *args, **kwargs):
        """Refuse, because entries written at once would not know each other's digest."""
        raise FinalEntryError

    update.alters_data = True
    delete.alters_data = True
    delete.queryset_only = True
