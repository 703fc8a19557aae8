"""A search that somebody keeps, as its address says it, and what it has met so far."""

import hashlib
from urllib.parse import parse_qs, urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.names import validate_one_line
from search.queries import Order, SearchRequest, parse_request
from search.saved.enums import Frequency
from search.saved.memory import Memory
from search.saved.querysets import SavedSearchQuerySet

NAME_LENGTH = 120


def watched(request: SearchRequest) -> SearchRequest:
    """Return what is watched of a request: page and order change nothing about what is found."""
    return request.ordered_by(Order.RELEVANCE)


def stored(request: SearchRequest) -> str:
    """Return a request as it is kept: the parameters of its address."""
    return urlencode(request.parameters())


def restored(parameters: str) -> SearchRequest:
    """Read what `stored` wrote."""
    return parse_request(parse_qs(parameters))


def digest_of(text: str) -> str:
    """Return a fixed-length mark of a text: of a token what is kept, of long parameters what can be unique."""
    return hashlib.sha256(text.encode()).hexdigest()


class SavedSearch(models.Model):
    """One search of one person."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH, validators=[validate_one_line])
    #: What `search.queries` reads and writes; there is no second form of a query.
    parameters = models.TextField(_("search"), blank=True)
    #: SHA-256 of the parameters, in hex; databases index no text of any length.
    parameters_digest = models.CharField(max_length=64)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(_("saved on"), default=timezone.now)
    #: Removed by its owner, who can take it back for a while.
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True)
    #: When a link in a mail switched its mails off.
    unsubscribed_at = models.DateTimeField(_("mails stopped on"), null=True, blank=True)
    #: What it has met, see `search.saved.memory`.
    met = models.BinaryField(default=bytes)
    #: Of a search with more hits than are watched: records up to this day are not watched.
    watched_after = models.DateField(null=True, blank=True)

    #: The day of the last digest, or of the last look that found nothing new.
    settled_on = models.DateField(default=timezone.localdate)
    last_sent_at = models.DateTimeField(_("last mail"), null=True, blank=True)
    #: The run that is sending to the owner, since when, and whether the mail server has the mail in hand.
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    is_handed_over = models.BooleanField(default=False)

    #: SHA-256 of the feed's token, in hex; the token itself is shown once.
    feed_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    feed_created_at = models.DateTimeField(_("feed address since"), null=True, blank=True)
    #: What the feed last said, as a mark, and since when it says that.
    feed_content = models.CharField(max_length=64, blank=True)
    feed_changed_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="saved_search_once_per_person", fields=["person", "parameters_digest"])
        ]
        indexes = [models.Index(name="saved_search_due", fields=["frequency", "settled_on"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page on which the owner looks after it."""
        return reverse("saved_searches:search", args=[self.pk])

    @property
    def request(self) -> SearchRequest:
        """Return the search as the results page asks it."""
        return restored(self.parameters)

    @property
    def memory(self) -> Memory:
        """Return what the search has met."""
        return Memory.unpack(self.met)

    @property
    def results_url(self) -> str:
        """Return the page of results."""
        return f"{reverse('search:results')}{self.request.address}"
