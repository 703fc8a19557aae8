"""Named sets of outbox rows: what waits, what may be tried now, what was given up."""

import datetime

from django.db import models

#: The columns that remember what an index knows: the one that answers, and the one that stands by.
DONE = "done_version"
STANDBY = "standby_version"
#: After this many failed attempts an object is set aside until somebody changes it or repairs the index.
MOST_ATTEMPTS = 8


class OutboxQuerySet(models.QuerySet):
    """Outbox rows, narrowed by how far they have come."""

    def waiting(self, column: str = DONE) -> "OutboxQuerySet":
        """Rows whose latest change an index does not know yet; `column` says which index."""
        return self.filter(version__gt=models.F(column))

    def due(self, at: datetime.datetime, column: str = DONE) -> "OutboxQuerySet":
        """Waiting rows that may be tried at the moment `at`."""
        rested = models.Q(next_attempt__isnull=True) | models.Q(next_attempt__lte=at)
        return self.waiting(column).filter(rested, attempts__lt=MOST_ATTEMPTS)

    def given_up(self) -> "OutboxQuerySet":
        """Rows that failed too often; their last error says why."""
        return self.waiting().filter(attempts__gte=MOST_ATTEMPTS)
