"""Loads the whole demo in one transaction: all of it is there, or none of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.topics.actions import load_vocabulary
from portal.accounts.models import User
from portal.home.demo.accounts import EDITOR, load_accounts
from portal.home.demo.cooperation import load_cooperation
from portal.home.demo.cooperation_year import load_year
from portal.home.demo.documents import load_documents
from portal.home.demo.experts import load_experts
from portal.home.demo.ledger import Ledger, Outcome, Teller
from portal.home.demo.municipalities import load_municipalities
from portal.home.demo.organisations import load_organisations
from portal.home.demo.pages import load_pages
from portal.home.demo.papers import load_papers
from portal.home.foundation import grant_editing


def load_demo(tell: Teller = lambda outcome, name: None) -> None:
    """Bring in what is missing; what was edited stays edited, what was removed stays away.

    One transaction, so that the search hears of everything at once after the commit.
    """
    with transaction.atomic():
        _load_vocabulary(tell)
        ledger = Ledger(tell)
        load_municipalities(ledger)
        grant_editing()
        load_organisations(ledger)
        load_accounts(ledger)
        load_experts(ledger)
        load_cooperation(ledger)
        load_year(ledger)
        editor = User.objects.filter(email=EDITOR.email).first()
        papers = load_pages(ledger, load_documents(ledger), by=editor)
        load_papers(ledger, papers, by=editor)


def _load_vocabulary(tell: Teller) -> None:
    """The vocabulary keeps its own account of what editors changed; here only the sum is told."""
    report = load_vocabulary()
    added = len(report.added) + len(report.updated)
    there = report.unchanged + len(report.kept)
    if added:
        tell(Outcome.CREATED, _("%(count)s entries of the vocabulary") % {"count": added})
    if there:
        tell(Outcome.PRESENT, _("%(count)s entries of the vocabulary") % {"count": there})
