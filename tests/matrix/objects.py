"""The table of object kinds: every model of the portal stands here with who plants it, or why nobody reads it.

A new model gets a row in `PAGES` (a type of page), in `PLANTED` (planted by one of the `plant_*` modules) or in
`READ_BY_NOBODY` (with the reason). docs/security-matrix.md walks through it.
"""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.matrix.plant_pages import PageKind

#: Addresses, titles for browsers and descriptions for other search engines are no words of the text.
_UNFINDABLE = ("slug", "seo_title", "search_description", "body.table.heading_text")
_PAGE = {"search_kind": "page", "common": "lead", "unfindable": _UNFINDABLE}

PAGES = (
    PageKind("home.StandardPage", "all and tree", **_PAGE),
    PageKind("home.AccessibilityPage", "few", **_PAGE | {"unfindable": (*_UNFINDABLE, "method", "enforcement_body")}),
    PageKind("home.EasyLanguagePage", "few", **_PAGE),
    PageKind("home.SignLanguagePage", "few", **_PAGE),
    PageKind(
        "papers.PositionPaperPage", "all", parent="papers", search_kind="paper", common="summary",
        # The mark of a note is replaced by its number.
        unshown=("slug", "footnotes.footnote.key"),
        unfindable=(
            *_UNFINDABLE, "footnotes.footnote.key", "sections.section.number", "opening.table.heading_text",
            "sections.section.body.table.heading_text",
        ),
    ),
)  # fmt: skip

#: Model → which of the planting modules makes it, and what of it the specification shows to whom.
PLANTED = {
    "home.HomePage": "world_building: one, public",
    "papers.PaperIndexPage": "world_building: one, public",
    "home.ReaderMessage": "plant_records: editing interface only",
    "papers.PaperImport": "plant_records: editing interface only",
    "topics.FieldOfAction": "plant_records: public",
    "topics.Topic": "plant_records: public",
    "topics.Term": "plant_records: public but for the note for editors",
    "topics.TermLabel": "plant_records: public but for outdated words, which are never shown",
    "places.Municipality": "plant_people: public",
    "places.Department": "plant_people: public",
    "accounts.User": "plant_people: name beside contributions, address for the person and the administration",
    "accounts.RoleAssignment": "plant_people: the person and the administration",
    "accounts.Consent": "plant_people: the person and the administration",
    "accounts.Invitation": "plant_people: who administers the municipality",
    "accounts.JoinRequest": "plant_people: who administers the municipality",
    "audit.AuditEntry": "plant_records: administration only",
    "directory.Organisation": "plant_people, plant_directory: drafts for its own people, editing and administration; "
    "what is published as its audience says",
    "directory.DirectoryIndexPage": "plant_directory: one, public",
    "directory.Offer": "plant_directory: with its entry",
    "directory.OfferAccess": "plant_directory: with its entry",
    "directory.OpeningTime": "plant_directory: with its entry",
    "directory.Mandate": "plant_directory: with its entry",
    "directory.Qualification": "plant_directory: with its entry",
    "directory.Registration": "plant_directory: with its entry",
    "directory.SelfDescription": "plant_directory: with its entry",
    "directory.TransparencyNote": "plant_directory: with its entry",
    "directory.EntryRemark": "plant_directory: its own people and editors",
    "directory.Contact": "plant_experts: readers of the entry, where and as far as the person agreed; its keepers",
    "directory.Consent": "plant_experts: the person, by the link; its wording nobody else",
    "directory.Expert": "plant_experts: members or staff, as chosen, under a live consent; the person",
    "directory.ExpertRequest": "plant_experts: the two people alone",
    "directory.DirectoryImport": "plant_exchange: editors alone; whoever brought a file finds its name",
    "directory.ProfileChange": "plant_keeping: its own people and editors",
    "directory.ProfileVersion": "plant_keeping: its own people and editors",
    "directory.Representation": "plant_keeping: the person, its other people, editors",
    "cooperation.CooperationRequest": "plant_cooperation: whoever asks; once sent the organisation",
    "cooperation.CounterProposal": "plant_cooperation: the two sides alone",
    "cooperation.Agreement": "plant_cooperation: the two sides alone",
    "cooperation.AgreementVersion": "plant_cooperation: the two sides alone",
    "cooperation.ServiceRecord": "plant_cooperation: the two sides alone, disputes too",
    "cooperation.SharedCooperation": "plant_cooperation: whoever reads the profile, and the two sides",
    "cooperation.Rating": "plant_cooperation: the two sides alone",
    "cooperation.LedgerComment": "plant_cooperation: the organisation and the editors who publish balances",
    "cooperation.UsualFee": "plant_cooperation: public",
    "groups.WorkingGroup": "plant_people: its own people, editing and administration",
    "shared.PortalImage": "plant_files: every audience, restricted collections",
    "shared.PortalDocument": "plant_files: every audience, restricted collections",
    "shared.PortalRendition": "plant_files: with its picture",
    "documents.DocumentText": "plant_files: with its document, which the search finds by it",
    "search.OutboxEntry": "plant_records: administration only; what was refused is shown to editors with the reason",
    "search_insights.QuestionCount": "plant_records: editing interface only",
    "search_insights.EditorialTask": "plant_records: editing interface only",
    "saved_searches.SavedSearch": "plant_searches: the person alone",
}

READ_BY_NOBODY = {
    "cooperation.Acceptance": "A side and a day; it holds no text.",
    "cooperation.BalanceYear": "Days of a yearly balance; it holds no text.",
    "cooperation.BalanceRow": "Public numbers beside a municipality; it holds no text. What they may give away "
    "is proved in tests/network/cooperation/test_balance.py.",
    "directory.SpokenLanguage": "A code from a list and whether an interpreter is needed; it holds no text.",
    "directory.Confirmation": "Days on which an organisation was asked and answered; it holds no text.",
    "home.ContentPage": "The common table of the ordinary pages; it cannot be created by itself.",
    "accounts.Farewell": "Days on which somebody leaves; it holds no text.",
    "papers.SectionAnchor": "An anchor made from a heading; planted with every paper, its text is the heading's.",
    "topics.VocabularyEntry": "Checksums of what was loaded; no view reads it.",
    "search_insights.DayCount": "Numbers of a day; it holds no text.",
    "search_insights.RecordCount": "Numbers of a day beside a record's key; it holds no text.",
    "search_insights.HeardWord": "A keyed mark of a word; no view reads it.",
    "search_semantics.Revision": "A number that counts changes; it holds no text.",
    "search_semantics.RecordMeaning": "A copy of what the search may show; empty unless it is switched on, and who is "
    "answered from it is proved in tests/search/semantics/test_rights.py.",
    "search_semantics.PassageVector": "Pieces of the same copy; the same holds.",
    "audit.ChainHead": "A number and a checksum; no view reads it.",
}


def own_models() -> dict[str, type[models.Model]]:
    """Return every concrete model of the portal's own rooms by its label."""
    root = Path(settings.BASE_DIR)
    own = [config for config in apps.get_app_configs() if _lies_in(Path(config.path), root)]
    return {model._meta.label: model for config in own for model in config.get_models()}


def _lies_in(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and "site-packages" not in path.parts


def rows() -> set[str]:
    """Return the labels that stand in the table."""
    return {page.model for page in PAGES} | set(PLANTED) | set(READ_BY_NOBODY)
