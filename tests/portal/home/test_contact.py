import smtplib

import pytest

from portal.home.foundation import grant_editing
from portal.home.models import ReaderMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MESSAGE = {"kind": "frage", "text": "Wo finde ich die Ausbildungsduldung?"}


def test_a_message_is_kept_and_the_editors_are_told(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/kontakt/", {**MESSAGE, "email": "leser@x.example", "page_url": "/papiere/"})
    assert response["Location"] == "/kontakt/?gesendet=1"
    assert ReaderMessage.objects.get().page_url == "/papiere/"
    (mail,) = mailoutbox
    assert "Ausbildungsduldung" in mail.body
    assert mail.reply_to == ["leser@x.example"]


def test_a_message_survives_a_mail_server_that_is_down(client, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/kontakt/", MESSAGE).status_code == 302
    assert ReaderMessage.objects.count() == 1


def test_an_empty_message_is_refused_and_what_was_typed_stays(client):
    response = client.post("/kontakt/", {**MESSAGE, "text": " ", "name": "Aylin Yıldız"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Die Nachricht ist leer." in html
    assert "Aylin Yıldız" in html
    assert not ReaderMessage.objects.exists()


def test_a_line_break_in_the_address_sends_no_mail_to_others(client, mailoutbox):
    response = client.post("/kontakt/", {**MESSAGE, "email": "a@x.example\nBcc: b@x.example"})
    assert response.status_code == 422
    assert mailoutbox == []


def test_a_program_gets_a_friendly_answer_and_leaves_nothing(client):
    assert client.post("/kontakt/", {**MESSAGE, "website": "https://spam.example"}).status_code == 302
    assert not ReaderMessage.objects.exists()


@pytest.mark.parametrize("query", ["?frage=Duldung", "?art=barriere", "?art=%00", "?seite=" + "x" * 900, "?gesendet=1"])
def test_the_form_opens_from_every_address(client, query):
    assert client.get(f"/kontakt/{query}").status_code == 200


def test_the_query_of_a_search_is_filled_in(client):
    assert "Duldung ab wann" in client.get("/kontakt/?frage=Duldung ab wann").content.decode()


def test_a_message_of_endless_length_is_refused(client):
    assert client.post("/kontakt/", {**MESSAGE, "text": "x" * 5_001}).status_code == 422
    assert not ReaderMessage.objects.exists()


def test_the_trap_is_out_of_the_way_of_everybody(client):
    trap = client.get("/kontakt/").text.partition('class="field--trap"')[2].partition("</div>")[0]
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "optional" not in trap


def test_the_list_as_a_file_holds_no_formula_of_a_reader(client):
    ReaderMessage.objects.create(kind="question", text="=HYPERLINK(1)", name="@SUMME(A1)", email="a@b.example")
    client.force_login(UserFactory(editor=True))
    grant_editing()
    answer = client.get("/redaktion/snippets/home/readermessage/?export=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text
