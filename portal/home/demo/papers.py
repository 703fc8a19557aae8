"""Loads the demo's position papers: their texts are read as an editor's file is, the rest is in papers.toml."""

import datetime
import tomllib
from pathlib import Path

from django.utils import timezone

from knowledge.papers.import_content import content_of
from knowledge.papers.models import PaperIndexPage, PositionPaperPage
from knowledge.papers.reading.door import read_paper
from knowledge.topics.models import FieldOfAction, Topic
from portal.accounts.models import User
from portal.home.demo.ledger import Ledger
from portal.home.demo.pages import existing_page, identity_of
from portal.home.demo.texts import FOLDER
from portal.home.foundation import publish_below
from portal.places.models import Department

SOURCE = Path(__file__).with_name("papers.toml")
_PUBLISHED_AT = datetime.time(9, 0)


def load_papers(ledger: Ledger, index: PaperIndexPage, *, by: User | None) -> None:
    """Bring in the papers in the order of their publication, so that an edition finds the one before it."""
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["paper"]:
        paper = _paper_from(entry)
        ledger.bring_in(
            f"page:{entry['key']}",
            f"{paper.title} ({paper.edition})",
            existing_page(PositionPaperPage, entry["key"]),
            lambda paper=paper: publish_below(index, paper, by=by),
        )


def _paper_from(entry: dict) -> PositionPaperPage:
    """Make the unsaved page of an entry: what the file says, and what editors add by hand."""
    recognised = read_paper((FOLDER / "papers" / f"{entry['key']}.md").read_bytes(), f"{entry['key']}.md")
    paper = PositionPaperPage(
        translation_key=identity_of(entry["key"]),
        title=recognised.title,
        slug=entry["slug"],
        issuing_body=recognised.issuing_body,
        as_of=recognised.as_of,
        work_phase=recognised.work_phase,
        edition=entry["edition"],
        supersedes=existing_page(PositionPaperPage, entry.get("supersedes", "")),
        summary=entry["summary"],
        search_description=entry["summary"],
        **_with_captions(content_of(recognised), entry.get("table_captions", [])),
        responsible_department=_department(*entry["department"]),
        review_date=entry.get("review_date"),
        first_published_at=timezone.make_aware(datetime.datetime.combine(entry["published"], _PUBLISHED_AT)),
    )
    paper.topics = Topic.objects.filter(slug__in=entry["topics"])
    paper.fields_of_action = FieldOfAction.objects.filter(slug__in=entry["fields_of_action"])
    return paper


def _with_captions(content: dict[str, list[dict]], captions: list[str]) -> dict[str, list[dict]]:
    """Give the tables their captions in the order in which they appear; Markdown has none of its own."""
    bodies = [section["value"]["body"] for section in content["sections"]]
    tables = [block["value"] for body in bodies for block in body if block["type"] == "table"]
    for table, caption in zip(tables, captions, strict=True):
        table["caption"] = caption
    return content


def _department(ags: str, email: str) -> Department | None:
    return Department.objects.filter(municipality__ags=ags, email=email).first()
