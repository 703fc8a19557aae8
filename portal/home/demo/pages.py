"""Loads the demo's site: the home page, the list of papers and the ordinary pages with their texts."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page

from knowledge.directory.models import DirectoryIndexPage
from knowledge.papers.models import PaperIndexPage
from portal.accounts.models import User
from portal.home.demo.ledger import Ledger, Outcome
from portal.home.demo.texts import body_of
from portal.home.foundation import found_site, open_directory, open_papers, publish_below
from portal.home.models import (
    AccessibilityPage,
    ContentPage,
    EasyLanguagePage,
    HomePage,
    SignLanguagePage,
    StandardPage,
)

SOURCE = Path(__file__).with_name("pages.toml")
KINDS: dict[str, type[ContentPage]] = {
    "standard": StandardPage,
    "accessibility": AccessibilityPage,
    "easy-language": EasyLanguagePage,
    "sign-language": SignLanguagePage,
}


def load_pages(ledger: Ledger, documents: dict[str, int], *, by: User | None) -> PaperIndexPage:
    """Bring in the site and its pages, which link to documents by their numbers; return the list of papers."""
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    home = _stand(ledger, HomePage, entries["home"], lambda page: found_site(page, by=by))
    papers = _stand(ledger, PaperIndexPage, entries["papers"], lambda page: open_papers(home, page, by=by))
    _stand(ledger, DirectoryIndexPage, entries["directory"], lambda page: open_directory(home, page, by=by))
    known: dict[str, Page] = {"": home}
    for entry in entries["page"]:
        page = _load_page(ledger, known.get(entry.pop("parent", "")), entry, documents, by=by)
        if page is not None:
            known[entry["key"]] = page
    return papers


def identity_of(key: str) -> UUID:
    """Return the key of a demo page that stays when editors change its title, address or place."""
    return uuid5(NAMESPACE_URL, f"https://fokusportal.example/vorfuehrung/{key}")


def existing_page(model: type[Page], key: str) -> Page | None:
    """Return the demo page as it stands."""
    return model.objects.filter(translation_key=identity_of(key)).first()


def _stand(ledger: Ledger, model: type[Page], entry: dict, put_up: Callable[[Page], Page]) -> Page:
    """Return a page that no installation can do without; it comes back even after it was removed."""
    existing = model.objects.first()
    ledger.tell(Outcome.PRESENT if existing else Outcome.CREATED, entry["title"])
    return existing or put_up(model(translation_key=identity_of(entry.pop("key")), **entry))


def _load_page(
    ledger: Ledger, parent: Page | None, entry: dict, documents: dict[str, int], *, by: User | None
) -> Page | None:
    """Bring in one page; where its parent was removed, it has no place and stays away with it."""
    key = entry["key"]
    fields = {name: value for name, value in entry.items() if name not in ("key", "kind")}
    existing = existing_page(ContentPage, key)
    if existing is None and parent is None:
        return None
    page = KINDS[entry["kind"]](translation_key=identity_of(key), body=body_of(key, documents), **fields)
    page.search_description = page.search_description or fields["lead"]
    return ledger.bring_in(f"page:{key}", page.title, existing, lambda: publish_below(parent, page, by=by))
