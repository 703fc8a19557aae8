"""The sets of terms that pages and the search ask for."""

from django.db import models


class TermQuerySet(models.QuerySet):
    """Terms, with everything a reader sees beside them."""

    def visible_to(self, user):
        """Keep every term: the vocabulary explains public pages, so it is public itself."""
        return self.all()

    def for_reading(self):
        """Fetch labels and topics along, so that a list costs three queries however long it is."""
        return self.prefetch_related("labels", "topics__field_of_action")
