"""Questions to experts: by way of the portal, with a consideration, within limits, and nobody learns an address."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.models import ExpertRequest
from knowledge.directory.people.requesting import (
    MOST_A_DAY,
    AlreadyAskedError,
    TooManyQuestionsError,
    answer_request,
    ask_expert,
)
from tests.factories.accounts import UserFactory
from tests.factories.directory import expert

pytestmark = pytest.mark.django_db
QUESTION = {"occasion": "Elternabend am 3. März", "text": "Können Sie dolmetschen?", "consideration": "150 Euro"}


@pytest.fixture
def asker():
    return UserFactory(display_name="Jonas Fragend", email="jonas.fragend@kommune.example")


@pytest.fixture
def known():
    return expert(UserFactory(display_name="Selam Kanari", email="kanari@kommune.example"))


def answered(request, **kwargs):
    answer_request(by=request.expert.person, request=request, **kwargs)
    request.refresh_from_db()
    return request


def told(mail) -> str:
    return f"{mail.subject} {mail.body} {mail.alternatives[0].content} {mail.extra_headers} {mail.reply_to}"


def test_a_question_reaches_the_expert_without_an_address(
    client, asker, known, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(asker)
    address = reverse("experts:ask", args=[known.uid])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, QUESTION)
    asked = ExpertRequest.objects.get()
    assert answer["Location"] == reverse("experts:request", args=[asked.pk])
    (mail,) = mailoutbox
    assert mail.to == [known.person.email]
    assert "Jonas Fragend" in mail.body
    assert QUESTION["consideration"] in mail.body
    assert asker.email not in told(mail)
    text = client.get(answer["Location"]).content.decode()
    assert QUESTION["occasion"] in text
    assert "anari" not in text


@pytest.mark.parametrize("missing", QUESTION)
def test_a_question_without_occasion_text_or_consideration_is_not_sent(client, asker, known, missing):
    client.force_login(asker)
    answer = client.post(reverse("experts:ask", args=[known.uid]), {**QUESTION, missing: "  "})
    assert answer.status_code == 422
    assert not ExpertRequest.objects.exists()


def test_the_act_itself_refuses_a_question_without_consideration(asker, known):
    with pytest.raises(ValueError, match="what the expert gets"):
        ask_expert(by=asker, expert=known, **{**QUESTION, "consideration": " "})


def test_nobody_asks_oneself_or_whom_one_does_not_find(asker, known):
    hidden = expert(is_hidden=True)
    for by, whom in ((known.person, known), (asker, hidden), (asker, expert(audience="staff"))):
        with pytest.raises(PermissionDenied):
            ask_expert(by=by, expert=whom, **QUESTION)


def test_one_open_question_to_an_expert_is_enough(asker, known):
    first = ask_expert(by=asker, expert=known, **QUESTION)
    with pytest.raises(AlreadyAskedError):
        ask_expert(by=asker, expert=known, **QUESTION)
    answered(first, is_accepted=False)
    assert ask_expert(by=asker, expert=known, **QUESTION)


def test_so_many_questions_a_day(client, asker):
    for _number in range(MOST_A_DAY):
        ask_expert(by=asker, expert=expert(), **QUESTION)
    other = expert()
    with pytest.raises(TooManyQuestionsError):
        ask_expert(by=asker, expert=other, **QUESTION)
    client.force_login(asker)
    assert client.post(reverse("experts:ask", args=[other.uid]), QUESTION).status_code == 429
    ExpertRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(days=2))
    assert ask_expert(by=asker, expert=other, **QUESTION)


def test_programs_are_stopped_before_the_register_is_asked(client, asker, known, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    client.force_login(asker)
    codes = [client.post(reverse("experts:ask", args=[known.uid]), {}).status_code for _number in range(21)]
    assert codes == [422] * 20 + [429]


@pytest.mark.parametrize(
    ("decision", "reveals", "expected"),
    [
        ("accept", (), ()),
        ("accept", ("name",), ("Selam Kanari",)),
        ("accept", ("name", "email"), ("Selam Kanari", "kanari@kommune.example")),
        # Whoever declines tells nothing, whatever is ticked.
        ("decline", ("name", "email"), ()),
    ],
)
def test_the_answer_tells_what_the_expert_chose(
    client, asker, known, mailoutbox, django_capture_on_commit_callbacks, decision, reveals, expected
):
    asked = ask_expert(by=asker, expert=known, **QUESTION)
    client.force_login(known.person)
    own = reverse("own_expert:request", args=[asked.pk])
    text = client.get(own).content.decode()
    assert "Jonas Fragend" in text
    assert asker.email not in text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(own, {"decision": decision, "answer": "Gern, wir sprechen uns.", "reveals": reveals})
    (mail,) = mailoutbox
    assert mail.to == [asker.email]
    client.force_login(asker)
    seen = client.get(reverse("experts:request", args=[asked.pk])).content.decode()
    for secret in ("Selam Kanari", "kanari@kommune.example"):
        assert (secret in told(mail)) is (secret in expected)
        assert (secret in seen) is (secret in expected)


def test_whoever_accepts_says_how_to_go_on_and_whoever_declines_needs_no_word(client, known, asker):
    asked = ask_expert(by=asker, expert=known, **QUESTION)
    client.force_login(known.person)
    own = reverse("own_expert:request", args=[asked.pk])
    assert client.post(own, {"decision": "accept"}).status_code == 422
    assert client.post(own, {}).status_code == 422
    assert client.post(own, {"decision": "decline"}).status_code == 302
    asked.refresh_from_db()
    assert asked.is_accepted is False


def test_an_answer_stands(known, asker):
    asked = answered(ask_expert(by=asker, expert=known, **QUESTION), is_accepted=True, answer="Ja")
    with pytest.raises(PermissionDenied):
        answer_request(by=known.person, request=asked, is_accepted=False)


def test_only_the_two_read_a_question(client, known, asker):
    asked = ask_expert(by=asker, expert=known, **QUESTION)
    theirs, own = reverse("experts:request", args=[asked.pk]), reverse("own_expert:request", args=[asked.pk])
    for person, expected in (
        (asker, [200, 404]), (known.person, [404, 200]), (UserFactory(editor=True), [404, 404]),
    ):  # fmt: skip
        client.force_login(person)
        assert [client.get(theirs).status_code, client.get(own).status_code] == expected
    with pytest.raises(PermissionDenied):
        answer_request(by=asker, request=asked, is_accepted=True, answer="Ja")


@pytest.mark.parametrize("way", ["withdraw", "delete"])
def test_who_leaves_the_register_is_told_of_no_more(client, known, asker, way):
    asked = ask_expert(by=asker, expert=known, **QUESTION)
    answered(asked, is_accepted=True, answer="Rufen Sie Kanari an", reveals=("name", "email"))
    client.force_login(known.person)
    client.post(reverse(f"own_expert:{way}"))
    client.force_login(asker)
    address = reverse("experts:request", args=[asked.pk])
    for path in (address, reverse("experts:requests")):
        text = client.get(path).content.decode()
        assert "anari" not in text
        assert known.headline not in text
    assert client.get(address).status_code == (200 if way == "withdraw" else 404)


@pytest.mark.parametrize("count", [1, 6])
def test_lists_cost_the_same_however_long_they_are(client, known, asker, django_assert_num_queries, count):
    for _number in range(count):
        other = UserFactory()
        ask_expert(by=other, expert=known, **QUESTION)
        ExpertRequest.objects.create(expert=expert(), asked_by=asker, **QUESTION)
    for person, path, queries in (
        (asker, reverse("experts:requests"), 9), (known.person, reverse("own_expert:requests"), 8),
    ):  # fmt: skip
        client.force_login(person)
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)


def test_who_has_left_meanwhile_gets_no_mail(known, asker, mailoutbox, django_capture_on_commit_callbacks):
    asked = ask_expert(by=asker, expert=known, **QUESTION)
    asker.state = "left"
    asker.save(update_fields=["state"])
    with django_capture_on_commit_callbacks(execute=True):
        answered(asked, is_accepted=True, answer="Ja")
    assert mailoutbox == []
