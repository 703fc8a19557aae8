"""The page tree for tests: a home page, the list of papers, papers with sections and footnotes."""

import datetime

from wagtail.models import Page, Site

from knowledge.directory.models import DirectoryIndexPage
from knowledge.papers.models import PaperIndexPage, PositionPaperPage
from portal.home.models import HomePage


def site_with_home() -> HomePage:
    """Return the home page of the default site, made anew where it is missing."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        Site.objects.all().delete()
        for child in root.get_children():
            child.delete()
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="Fokusportal", slug="start"))
        Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Fokusportal")
    return home


def paper_index() -> PaperIndexPage:
    """Return the list of papers below the home page."""
    index = PaperIndexPage.objects.first()
    if index is None:
        index = site_with_home().add_child(instance=PaperIndexPage(title="Positionspapiere", slug="papiere"))
    return index


def directory_index() -> DirectoryIndexPage:
    """Return the directory below the home page."""
    index = DirectoryIndexPage.objects.first()
    if index is None:
        index = site_with_home().add_child(instance=DirectoryIndexPage(title="Verzeichnis", slug="verzeichnis"))
    return index


def section(heading, *texts, level="1", number="", block_id=None) -> dict:
    """Return a raw section block."""
    raw = {
        "type": "section",
        "value": {
            "heading": heading,
            "number": number,
            "level": level,
            "body": [{"type": "text", "value": text} for text in texts],
        },
    }
    return {**raw, "id": block_id} if block_id else raw


def footnote(key, text="", **values) -> dict:
    """Return a raw footnote block."""
    return {
        "type": "footnote",
        "value": {"key": key, "text": text, "source": "", "url": "", "retrieved": "", **values},
    }


def paper(*, sections=(), footnotes=(), topics=(), fields_of_action=(), **fields) -> PositionPaperPage:
    """Return a paper below the list; live unless told otherwise; `audience` is the one that is chosen."""
    count = PositionPaperPage.objects.count()
    values = {
        "title": f"Papier {count}",
        "issuing_body": "Facharbeitsgruppe Übergänge",
        "as_of": datetime.date(2024, 5, 17),
        "chosen_audience": fields.pop("audience", "public"),
        **fields,
    }
    page = PositionPaperPage(**values)
    page.sections = list(sections)
    page.footnotes = list(footnotes)
    page.topics.set(topics)
    page.fields_of_action.set(fields_of_action)
    return paper_index().add_child(instance=page)
