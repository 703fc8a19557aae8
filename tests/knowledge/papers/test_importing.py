"""From a file to a draft page: nothing lost, nothing published, never a second page."""

import dataclasses
import datetime
import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from knowledge.papers import importing
from knowledge.papers.import_content import content_of
from knowledge.papers.import_messages import EXPLANATIONS, KINDS, REASONS
from knowledge.papers.models import PaperImport, PositionPaperPage
from knowledge.papers.reading.document import RecognisedPaper, RemarkCode, RemarkKind, Run, Section, Table
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import Reason
from portal.shared.files import check_upload
from tests.factories import pages
from tests.factories.accounts import UserFactory
from tests.knowledge.papers.reading import makers

EARLIER, LATER = str(uuid.uuid4()), str(uuid.uuid4())
pytestmark = pytest.mark.django_db
DETAILS = importing.PaperDetails("Wege öffnen", "Arbeitskreis Übergänge", datetime.date(2021, 6, 7))


def keep(data: bytes, name: str = "papier.txt", *, user=None) -> PaperImport:
    upload = check_upload(io.BytesIO(data), name, kinds=importing.KINDS)
    return importing.keep_import(user=user, upload=upload, recognised=read_paper(data, name))


def create(kept: PaperImport, *, user=None, details=DETAILS) -> PositionPaperPage:
    return importing.create_draft(user=user, paper_import=kept, details=details, parent=pages.paper_index())


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


@pytest.fixture
def simple_file() -> bytes:
    return makers.as_txt(makers.simple_paper())


def test_a_file_becomes_a_draft_with_sections_and_footnotes(simple_file, administrator):
    page = create(keep(simple_file, user=administrator), user=administrator)

    draft = page.get_latest_revision_as_object()
    assert not page.live
    assert (draft.title, draft.issuing_body, draft.as_of) == (DETAILS.title, DETAILS.issuing_body, DETAILS.as_of)
    assert [(part.value["number"], part.value["heading"], part.value["level"]) for part in draft.sections] == [
        ("1.", "Ausgangslage", "1"),
        ("1.1", "Zahlen und Maße", "2"),
        ("2.", "Nächste Schritte", "1"),
    ]
    note = draft.footnotes[0].value
    assert (note["key"], note["url"], note["retrieved"]) == ("1", "https://beispiel.example/a.pdf", "2021-05-03")
    assert note["source"] == "Vgl. Netzwerk Brückenbau: Jahresbericht, Mühlbach."


def test_lists_emphasis_marks_and_tables_arrive_in_the_text(simple_file):
    page = create(keep(simple_file))

    text = page.sections[0].value["body"][0].value.source
    assert "<i>gemeinsam</i>" in text
    assert "Auftrag.[^1] Das" in text
    assert "<li>Übergänge begleiten, und zwar<ul><li>vor der Prüfung</li><li>nach der Prüfung</li></ul></li>" in text
    table = page.sections[1].value["body"][1].value
    assert [column["heading"] for column in table.columns] == ["Ort", "Plätze"]
    assert [[cell.value for cell in row] for row in table.rows] == [["Mühlbach", "120"], ["Großenau", "80"]]


def test_the_draft_passes_the_checks_of_the_page(simple_file):
    create(keep(simple_file)).get_latest_revision_as_object().full_clean()


def test_making_a_draft_is_logged_with_its_author(simple_file, administrator):
    page = create(keep(simple_file, user=administrator), user=administrator)

    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", "user")
    assert ("wagtail.create", administrator.pk) in actions or ("wagtail.edit", administrator.pk) in actions


def test_a_second_click_finds_the_first_page(simple_file):
    kept = keep(simple_file)
    page = create(kept)

    with pytest.raises(importing.AlreadyImported) as already:
        create(kept)

    assert already.value.page == page
    assert PositionPaperPage.objects.count() == 1


def test_the_same_file_in_a_second_tab_makes_no_second_page(simple_file):
    first, second = keep(simple_file), keep(simple_file, "anderer-name.txt")
    page = create(first)

    with pytest.raises(importing.AlreadyImported):
        create(second)

    offer = importing.offer_for(user=None, paper_import=second, title="egal", as_of=None)
    assert (offer.same_file, offer.page, offer.may_update) == (page, page, True)


def test_another_file_with_the_same_title_and_stand_offers_an_update(simple_file):
    page = create(keep(simple_file))
    other = keep(simple_file + b"\n\nNoch ein Absatz am Ende.")

    offer = importing.offer_for(user=None, paper_import=other, title=DETAILS.title, as_of=DETAILS.as_of)
    later = importing.offer_for(user=None, paper_import=other, title=DETAILS.title, as_of=datetime.date(2022, 1, 1))

    assert (offer.same_file, offer.same_paper) == (None, page)
    assert later.page is None


def test_an_update_keeps_the_ids_of_sections_whose_heading_stayed(simple_file):
    page = create(keep(simple_file))
    before = {part.value["heading"]: part.id for part in page.sections}
    changed = simple_file.decode().replace("Zahlen und Maße", "Zahlen, neu gefasst").replace("2. Nächste", "3. Nächste")

    draft = importing.update_draft(user=None, paper_import=keep(changed.encode()), details=DETAILS, page=page)

    after = {part.value["heading"]: part.id for part in draft.sections}
    assert after["Ausgangslage"] == before["Ausgangslage"]
    assert after["Nächste Schritte"] == before["Nächste Schritte"]
    assert after["Zahlen, neu gefasst"] not in before.values()


def test_sections_with_the_same_heading_keep_their_order():
    paper = RecognisedPaper("T", sections=(Section(1, "1.", "Ziele"), Section(1, "2.", "Ziele")))
    page = pages.paper(
        sections=[
            pages.section("Ziele", number="2.", block_id=LATER),
            pages.section("Ziele", number="1.", block_id=EARLIER),
        ]
    )

    raw = content_of(paper, page.sections)["sections"]

    assert [part["id"] for part in raw] == [EARLIER, LATER]


def test_an_update_leaves_the_published_page_as_it_is(simple_file, administrator):
    page = create(keep(simple_file))
    page.get_latest_revision().publish()
    page.refresh_from_db()
    changed = dataclasses.replace(DETAILS, title="Ganz anderer Titel")

    importing.update_draft(
        user=administrator, paper_import=keep(simple_file + b"\n\nNeu ist das."), details=changed, page=page
    )

    page.refresh_from_db()
    assert page.live
    assert page.title == DETAILS.title
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "Ganz anderer Titel"


def test_who_may_not_add_papers_may_not_import(simple_file):
    member = UserFactory()
    kept = keep(simple_file, user=member)

    with pytest.raises(PermissionDenied):
        create(kept, user=member)
    page = create(kept)
    with pytest.raises(PermissionDenied):
        importing.update_draft(user=member, paper_import=keep(simple_file), details=DETAILS, page=page)

    assert PositionPaperPage.objects.count() == 1


def test_a_locked_draft_is_not_updated(simple_file, administrator):
    page = create(keep(simple_file))
    page.locked, page.locked_by = True, UserFactory(administrator=True)
    page.save()

    with pytest.raises(importing.DraftLocked):
        importing.update_draft(user=administrator, paper_import=keep(simple_file), details=DETAILS, page=page)


def test_a_page_that_cannot_be_saved_leaves_nothing_behind(simple_file, monkeypatch):
    kept = keep(simple_file)
    monkeypatch.setattr(importing, "_connect", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        create(kept)

    assert not PositionPaperPage.objects.exists()


def test_what_nobody_took_over_is_forgotten_after_a_week(simple_file, time_machine):
    time_machine.move_to("2024-05-01")
    old = keep(simple_file)
    time_machine.move_to("2024-05-09")
    keep(simple_file)

    assert not PaperImport.objects.filter(pk=old.pk).exists()


def test_text_that_looks_like_markup_or_a_mark_stays_text():
    page = create(keep(b"Titel des Papiers\n\nEin <script>alert(1)</script> & ein [^9] ohne Fussnote steht hier.\n"))

    source = page.opening[0].value.source
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ein" in source
    page.full_clean()


def test_a_table_without_a_heading_row_keeps_all_its_rows():
    numbers = tuple(tuple((Run(cell),) for cell in row) for row in (("1", "2"), ("3", "4")))
    paper = RecognisedPaper("T", preamble=(Table(numbers),))

    value = content_of(paper)["opening"][0]["value"]

    assert [row["values"] for row in value["rows"]] == [["1", "2"], ["3", "4"]]


def test_two_papers_with_the_same_title_get_addresses_of_their_own(simple_file):
    first = create(keep(simple_file))
    second = create(keep(simple_file + b" "), details=dataclasses.replace(DETAILS, as_of=datetime.date(2022, 1, 1)))

    assert (first.slug, second.slug) == ("wege-oeffnen", "wege-oeffnen-2")


def test_every_remark_and_every_reason_has_its_words():
    assert set(EXPLANATIONS) == set(RemarkCode)
    assert set(KINDS) == set(RemarkKind)
    assert set(REASONS) == set(Reason)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_the_real_paper_loses_nothing_on_its_way_to_the_page(seed_paper, client):
    data = seed_paper.read_bytes()
    paper = read_paper(data, seed_paper.name)
    details = importing.PaperDetails(paper.title, paper.issuing_body, paper.as_of, paper.work_phase)
    page = create(keep(data, seed_paper.name), details=details)
    page.get_latest_revision().publish()

    html = client.get(page.url).content.decode()

    shown = letters(visible_text(html))
    lines = [line for line in data.decode().splitlines() if letters(line)]
    note = next(line for line in lines if line.startswith("¹"))
    missing = [line for line in lines if line is not note and letters(bare(line)) not in shown]
    assert missing == ["Positionspapier, Stand 30. 4. 2014"]
    assert letters("Stand 30. April 2014") in shown
    source, _, rest = note.removeprefix("¹").partition(" URL: ")
    assert letters(source) in shown
    assert letters(rest.partition(">")[0]) in shown
    assert letters("April 2014") in shown


def bare(line: str) -> str:
    """The words of a line without the sign before it and without its footnote mark."""
    words = line.lstrip(" -")
    return words.removeprefix("o ").removeprefix("1. ").replace("¹", "1")


def visible_text(html: str) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "html.parser").get_text()
