"""Sets of document texts: what waits, what is not found, what somebody looks after."""

import datetime

from django.db import models
from django.db.models import Q

from knowledge.documents.enums import NOT_SEARCHABLE, PARTLY
from knowledge.documents.reading.outcome import State
from knowledge.documents.rules import documents_looked_after

#: After this time whoever took a file on is taken for dead; no reading lasts so long.
CLAIM_LASTS = datetime.timedelta(minutes=10)


class DocumentTextQuerySet(models.QuerySet):
    """Texts of documents."""

    def light(self):
        """Leave the text itself in the database; a list does not need megabytes of it."""
        return self.defer("parts")

    def waiting(self):
        """Keep what is not read yet."""
        return self.filter(state=State.WAITING)

    def free(self, at: datetime.datetime):
        """Keep what waits and nobody is reading at this moment."""
        return self.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_LASTS))

    def not_searchable(self):
        """Keep files of which no word is found."""
        return self.filter(state__in=NOT_SEARCHABLE)

    def partly_searchable(self):
        """Keep files of which a part is not found."""
        return self.filter(state=State.READ, reason__in=PARTLY)

    def looked_after_by(self, person):
        """Keep what belongs to documents that the person may change or delete."""
        return self.filter(document__in=documents_looked_after(person).values("pk"))
