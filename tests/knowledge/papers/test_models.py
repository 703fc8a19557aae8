import datetime
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError

from knowledge.papers.models import PositionPaperPage, SectionAnchor
from tests.factories.accounts import UserFactory
from tests.factories.pages import footnote, paper, paper_index, section

pytestmark = pytest.mark.django_db


def anchors_of(page):
    return [part.anchor for part in page.anchored_sections()]


def retitle(page, position, heading):
    page = PositionPaperPage.objects.get(pk=page.pk)
    page.sections[position].value["heading"] = heading
    return page


def test_a_draft_may_still_change_its_anchors():
    page = paper(live=False, sections=[section("Ziele")])
    page = retitle(page, 0, "Aufgaben")
    assert anchors_of(page) == ["aufgaben"]
    assert not SectionAnchor.objects.exists()


def test_a_published_anchor_survives_a_new_heading_and_a_draft_of_it():
    page = paper(sections=[section("Ziele")])
    page = retitle(page, 0, "Aufgaben")
    page.save_revision()
    assert anchors_of(page) == ["ziele"]
    page.get_latest_revision().publish()
    assert anchors_of(PositionPaperPage.objects.get(pk=page.pk)) == ["ziele"]


def test_saving_a_draft_of_a_live_page_keeps_no_anchor_of_the_draft():
    page = paper(sections=[section("Ziele")])
    page.sections.append(("section", {"heading": "Nur ein Entwurf", "number": "", "level": "1", "body": []}))
    page.save_revision()
    assert list(SectionAnchor.objects.values_list("anchor", flat=True)) == ["ziele"]


def test_moved_sections_keep_their_anchors():
    page = paper(sections=[section("Ziele"), section("Wege")])
    page = PositionPaperPage.objects.get(pk=page.pk)
    page.sections = [section.get_prep_value() for section in reversed(page.sections)]
    page.save()
    assert sorted(anchors_of(page)) == ["wege", "ziele"]
    assert anchors_of(page) == ["wege", "ziele"]


def test_a_copied_paper_has_anchors_of_its_own():
    page = paper(sections=[section("Ziele")])
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert SectionAnchor.objects.filter(page=copy).count() == 1


def test_the_page_counts_its_notes_by_first_mark_and_links_both_ways(client):
    page = paper(
        sections=[section("Ziele", "<p>Zuerst[^b], dann[^a] und wieder[^b].</p>")],
        footnotes=[
            footnote("a", "<p>Die zweite.</p>"),
            footnote("b", "<p>Die erste.</p>", url="https://amt.example/x"),
        ],
    )
    html = client.get(page.url).content.decode()
    assert html.index("Die erste.") < html.index("Die zweite.")
    assert 'id="fussnote-1-verweis-1"' in html
    assert 'id="fussnote-1-verweis-2"' in html
    assert 'href="#fussnote-1-verweis-2"' in html
    assert "[^" not in html


def test_a_mark_without_a_note_is_named():
    page = paper(sections=[section("Ziele", "<p>Text[^7]</p>")], live=False)
    with pytest.raises(ValidationError, match=r"\[\^7\]"):
        page.full_clean()


def test_a_paper_cannot_supersede_itself():
    page = paper()
    page.supersedes = page
    with pytest.raises(ValidationError):
        page.full_clean()


def test_two_notes_with_one_mark_are_refused():
    block = PositionPaperPage._meta.get_field("footnotes").stream_block
    value = block.to_python([footnote("1", "<p>a</p>"), footnote("1", "<p>b</p>")])
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize(("today", "stale"), [("2025-05-31", False), ("2025-06-01", False), ("2025-06-02", True)])
def test_the_banner_stands_from_the_day_after_the_review_date(client, today, stale):
    page = paper(review_date=datetime.date(2025, 6, 1))
    with time_machine.travel(f"{today} 12:00+02:00"):
        assert ("war bis zum 1. Juni 2025 zu überprüfen" in client.get(page.url).content.decode()) is stale


def test_editions_lead_to_each_other(client):
    first = paper(title="Anschluss", edition=1)
    second = paper(title="Anschluss heute", edition=2, supersedes=first)
    assert second.url in client.get(first.url).content.decode()
    assert first.url in client.get(second.url).content.decode()


def test_an_edition_that_one_may_not_read_is_not_named(client):
    first = paper(title="Geheimer Anfang", audience="editor")
    second = paper(edition=2, supersedes=first)
    assert "Geheimer Anfang" not in client.get(second.url).content.decode()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("text", "text/plain"),
        ("bibtex", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("csl", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_every_citation_is_a_download(client, name, media_type):
    page = paper(title="Übergänge gestalten")
    response = client.get(f"{page.url}zitat/{name}/")
    assert response["Content-Type"].startswith(media_type)
    assert "attachment" in response["Content-Disposition"]
    assert "Übergänge gestalten" in response.content.decode()


def test_an_unknown_citation_does_not_exist(client):
    assert client.get(f"{paper().url}zitat/word/").status_code == 404


def test_hostile_text_in_a_paper_is_shown_and_not_run(client):
    page = paper(
        title="<script>alert(1)</script>",
        summary="<img src=x onerror=alert(2)>",
        issuing_body="<b>fett</b>",
        sections=[section("<i>kursiv</i>", '<p onclick="x()">Text<script>alert(3)</script></p>')],
    )
    html = client.get(page.url).content.decode()
    for trace in ("<script>alert", "<img src=x", "onclick", "<b>fett", "<i>kursiv"):
        assert trace not in html


def test_query_count_of_a_paper_does_not_grow_with_its_sections(client, django_assert_num_queries):
    short = paper(sections=[section("Eins", "<p>a</p>")])
    long = paper(sections=[section(f"Teil {number}", "<p>a</p>") for number in range(40)])
    client.get(short.url)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(short.url)
    with django_assert_num_queries(len(few)):
        client.get(long.url)


def test_wagtails_history_compare_and_preview_work(client):
    page = paper(sections=[section("Ziele", "<p>alt</p>")])
    client.force_login(UserFactory(administrator=True))
    page.save_revision()
    page = retitle(page, 0, "Neue Ziele")
    page.save_revision()
    older, newer = page.revisions.order_by("pk").values_list("pk", flat=True)
    admin = f"/redaktion/pages/{page.pk}"
    assert client.get(f"{admin}/edit/").status_code == 200
    assert client.get(f"{admin}/history/").status_code == 200
    compare = client.get(f"{admin}/revisions/compare/{older}...{newer}/")
    assert "Neue" in compare.content.decode()
    assert client.get(f"{admin}/revisions/{newer}/view/").status_code == 200


def test_json_of_a_citation_is_json(client):
    assert json.loads(client.get(f"{paper().url}zitat/csl/").content)[0]["type"] == "report"


def test_papers_live_below_their_list_only():
    assert paper_index().allowed_subpage_models() == [PositionPaperPage]


def test_a_draft_is_previewed_with_its_sections_and_notes():
    page = paper(live=False, sections=[section("Ziele", "<p>Text[^1]</p>")], footnotes=[footnote("1", "<p>Quelle</p>")])
    response = page.make_preview_request()
    assert response.status_code == 200
    html = response.rendered_content if hasattr(response, "rendered_content") else response.content.decode()
    assert 'id="ziele"' in html
    assert "Quelle" in html


def test_an_editor_submits_and_a_moderator_approves(client):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission

    editors, moderators = Group.objects.get(name="Autorinnen und Autoren"), Group.objects.get(name="Redaktion")
    index = paper_index()
    for group, right in ((editors, "add"), (editors, "change"), (moderators, "publish"), (moderators, "change")):
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=_page_right(right))
    page = paper(live=False, sections=[section("Ziele")])
    editor, moderator = UserFactory(), UserFactory()
    editor.groups.add(editors)
    moderator.groups.add(moderators)
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)
    assert not PositionPaperPage.objects.get(pk=page.pk).live
    state.current_task_state.task.on_action(state.current_task_state, moderator, "approve")
    assert PositionPaperPage.objects.get(pk=page.pk).live
    assert SectionAnchor.objects.get(page=page).anchor == "ziele"


def _page_right(name):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{name}_page")
