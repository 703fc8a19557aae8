"""What people saved is theirs: shown to them, handed out, and forgotten with the account."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, register_kinds
from search.saved.models import SavedSearch


def _searches(person: User):
    for search in SavedSearch.objects.owned_by(person).order_by("pk"):
        yield {
            "name": search.name,
            "search": search.results_url,
            "how_often": search.get_frequency_display(),
            "saved_on": search.created_at,
            "last_mail": search.last_sent_at,
            "mails_stopped_on": search.unsubscribed_at,
            "feed_since": search.feed_created_at,
            "removed_on": search.removed_at,
        }


def register() -> None:
    """Let people see which searches the portal watches for them."""
    register_kinds(
        DataKind(
            code="saved_searches",
            title=_("Saved searches"),
            purpose=_("So that you learn of new hits. Of the hits themselves only marks are kept, no titles."),
            retention=_("Until you remove a search, plus seven days in which you can take it back."),
            columns={
                "name": _("Name"),
                "search": _("Address of the search"),
                "how_often": _("How often"),
                "saved_on": _("Saved on"),
                "last_mail": _("Last mail"),
                "mails_stopped_on": _("Mails stopped on"),
                "feed_since": _("Feed address since"),
                "removed_on": _("Removed on"),
            },
            records=_searches,
            forget=lambda person: SavedSearch.objects.owned_by(person).delete(),
            fields=frozenset({"saved_searches.savedsearch.person"}),
        )
    )
