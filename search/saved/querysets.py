"""Named sets of saved searches: whose, kept or removed, due for a digest, free to be sent."""

import datetime

from django.db import models

from search.saved.enums import PAUSE_DAYS, Frequency

#: How long a removed search can be taken back.
UNDO_TIME = datetime.timedelta(days=7)
#: After that a run that began to send to somebody counts as dead.
LEASE = datetime.timedelta(minutes=15)


class SavedSearchQuerySet(models.QuerySet):
    """Saved searches, narrowed."""

    def owned_by(self, person) -> "SavedSearchQuerySet":
        """Return the searches of a person; nobody sees those of others, administrators included."""
        return self.filter(person_id=person.pk)

    def kept(self) -> "SavedSearchQuerySet":
        """Return those that were not removed."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> "SavedSearchQuerySet":
        """Return those that can still be taken back."""
        return self.filter(removed_at__isnull=False)

    def forgettable(self, at: datetime.datetime) -> "SavedSearchQuerySet":
        """Return the removed ones that nobody took back in time."""
        return self.filter(removed_at__lt=at - UNDO_TIME)

    def writing(self) -> "SavedSearchQuerySet":
        """Return those that send mail to people who may sign in."""
        return self.kept().filter(person__is_active=True).exclude(frequency=Frequency.NEVER)

    def due(self, on: datetime.date) -> "SavedSearchQuerySet":
        """Return those whose pause is over on a day."""
        over = models.Q()
        for frequency, days in PAUSE_DAYS.items():
            over |= models.Q(frequency=frequency, settled_on__lte=on - datetime.timedelta(days=days))
        return self.writing().filter(over)

    def claimed(self, at: datetime.datetime) -> "SavedSearchQuerySet":
        """Return those to whose owner a living run is sending at the moment `at`."""
        return self.filter(claim__isnull=False, claimed_at__gt=at - LEASE)

    def with_feed(self) -> "SavedSearchQuerySet":
        """Return those whose feed may be read: kept, of people who may sign in."""
        return self.kept().filter(person__is_active=True, feed_digest__isnull=False)
