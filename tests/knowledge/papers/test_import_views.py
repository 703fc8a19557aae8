"""„Papier importieren“ in the editing interface, without JavaScript: choose, look, decide."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from knowledge.papers.models import PaperImport, PositionPaperPage
from tests.factories import pages
from tests.factories.accounts import UserFactory
from tests.knowledge.papers.reading import makers

pytestmark = pytest.mark.django_db
UNPLAIN = """Wege öffnen

Stand: Juni 2021

Alle Träger handeln gemeinsam und mit klarem Auftrag. Das gilt überall.

Die Träger wollen künftig

- Angebote sichtbar machen,
- Übergänge be-
gleiten."""


@pytest.fixture
def editor(client):
    pages.paper_index()
    person = UserFactory(administrator=True)
    client.force_login(person)
    return person


def send(client, data: bytes, name: str = "papier.txt"):
    return client.post(reverse("paper_import"), {"file": SimpleUploadedFile(name, data)})


def decide(client, address: str, act: str, **fields):
    typed = {"title": "Wege öffnen", "issuing_body": "Arbeitskreis", "as_of": "7.6.2021", "work_phase": "", "act": act}
    return client.post(address, typed | fields, follow=True)


def simple_file() -> bytes:
    return makers.as_txt(makers.simple_paper())


def test_a_file_is_read_shown_and_made_a_draft(client, editor):
    address = send(client, simple_file()).url
    shown = client.get(address)

    assert "Übergänge begleiten, und zwar" in shown.content.decode()
    assert shown.context["form"].initial["issuing_body"] == "Arbeitskreis Übergänge"
    answer = decide(client, address, "create")
    page = PositionPaperPage.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live


def test_the_preview_marks_doubts_with_words_and_tells_what_was_left_out(client, editor):
    html = client.get(send(client, UNPLAIN.encode()).url).content.decode()

    assert f"<strong>{gettext('Uncertain')}:</strong>" in html
    assert "Stand: Juni 2021" in html
    assert "be-|gleiten → begleiten" in html


def test_the_preview_needs_no_script_of_its_own(client, editor):
    html = client.get(send(client, simple_file()).url).content.decode()

    main = html.partition("<main")[2].partition("</main>")[0]
    assert "<script" not in main
    assert "style=" not in main.partition('id="uncertain"')[2]


def test_text_of_the_file_is_never_obeyed_in_the_preview(client, editor):
    data = b"Ein Titel\n\nHier steht <script>alert(1)</script> und <img src=x onerror=alert(1)> im Text.\n"

    html = client.get(send(client, data).url).content.decode()

    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_the_paper_does_not_say_has_to_be_filled_in(client, editor):
    address = send(client, b"Ein Titel\n\nEin Absatz ohne weitere Angaben.").url

    answer = decide(client, address, "create", issuing_body="", as_of="")

    assert set(answer.context["form"].errors) == {"issuing_body", "as_of"}
    assert not PositionPaperPage.objects.exists()


def test_a_double_click_makes_one_page(client, editor):
    address = send(client, simple_file()).url

    decide(client, address, "create")
    second = decide(client, address, "create")

    page = PositionPaperPage.objects.get()
    assert second.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_two_tabs_with_the_same_file_make_one_page(client, editor):
    first, second = send(client, simple_file()).url, send(client, simple_file()).url

    decide(client, first, "create")
    decide(client, second, "create")

    assert PositionPaperPage.objects.count() == 1


def test_the_same_file_again_offers_only_the_update(client, editor):
    decide(client, send(client, simple_file()).url, "create")
    page = PositionPaperPage.objects.get()
    address = send(client, simple_file()).url

    html = client.get(address).content.decode()
    decide(client, address, "update", told=page.pk, title="Wege weit öffnen")

    assert 'value="update"' in html
    assert 'value="create"' not in html
    assert PositionPaperPage.objects.count() == 1
    page.refresh_from_db()
    assert page.draft_title == "Wege weit öffnen"


def test_another_file_of_the_same_paper_asks_before_a_second_page_is_made(client, editor):
    decide(client, send(client, simple_file()).url, "create")
    other = send(client, simple_file() + b"\n\nNoch ein Satz steht am Ende.").url

    asked = decide(client, other, "create")
    page = PositionPaperPage.objects.get()
    decide(client, other, "create", told=page.pk)

    assert asked.context["form"].non_field_errors()
    assert PositionPaperPage.objects.count() == 2


def test_cancelling_forgets_the_file(client, editor):
    address = send(client, simple_file()).url

    client.post(address, {"act": "cancel"})

    assert not PaperImport.objects.exists()
    assert client.get(address).status_code == 404


def test_nobody_sees_the_file_of_somebody_else(client, editor):
    address = send(client, simple_file()).url
    client.force_login(UserFactory(administrator=True))

    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "create"}).status_code == 404


@pytest.mark.parametrize("staff", [False, True])
def test_who_may_not_add_papers_comes_nowhere(client, editor, staff):
    address = send(client, simple_file()).url
    client.force_login(UserFactory(staff=staff))

    assert client.get(reverse("paper_import")).status_code == 302
    assert client.get(address).status_code == 302


def test_the_menu_leads_to_the_import(client, editor):
    assert reverse("paper_import") in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leer.txt", b"", "empty"),
        ("nur-leerzeichen.txt", b"  \n ", "empty"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "content"),
        ("papier.exe", b"MZ", "kind"),
        ("kaputt.docx", makers.as_docx(makers.simple_paper())[:4000], "damaged"),
        ("geheim.pdf", makers.as_pdf(makers.simple_paper(), password="geheim"), "encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_and_nothing_is_kept(client, editor, name, data, code):
    answer = send(client, data, name)

    assert answer.status_code == 200
    assert [error.code for error in answer.context["form"].errors["file"].as_data()] == [code]
    assert not PaperImport.objects.exists()


def test_no_file_at_all_is_explained(client, editor):
    answer = client.post(reverse("paper_import"))

    assert answer.context["form"].errors["file"]


def test_an_error_stands_in_the_title_in_a_summary_and_beside_its_field(client, editor):
    html = client.post(reverse("paper_import")).content.decode()

    main = html.partition("<main")[2]
    assert f"<title>{gettext('Error')}: " in html.replace("\n", "")
    assert 'tabindex="-1" autofocus' in main
    assert 'href="#id_file"' in main
    assert 'aria-describedby="id_file-helptext id_file-errors"' in main
    assert 'id="id_file-errors"' in main


def test_both_pages_have_one_main_heading_and_the_preview_leads_back(client, editor):
    address = send(client, simple_file()).url

    for html in (client.get(reverse("paper_import")).content.decode(), client.get(address).content.decode()):
        assert html.count("<h1") == 1
    assert f'href="{reverse("paper_import")}"' in html.partition("<main")[2]


def test_a_mistyped_date_is_explained_by_an_example(client, editor):
    answer = decide(client, send(client, simple_file()).url, "create", as_of="Sommer")

    assert "30.4.2014" in answer.context["form"].errors["as_of"][0]
