"""“My tasks”: one list across all rooms, the most urgent first; nobody reads what waits for others."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.models import ExpertRequest
from portal.accounts.duties import duties_of
from portal.accounts.models import JoinRequest
from search.insights.models import EditorialTask
from tests.factories import cooperation, directory
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
NOW = timezone.localtime()
DAY = datetime.timedelta(days=1)


def sentences(person) -> list[str]:
    return [duty.sentence for duty in duties_of(person, timezone.localtime())]


def addresses(person) -> list[str]:
    return [duty.url for duty in duties_of(person, timezone.localtime())]


@pytest.fixture
def club():
    return directory.organisation(name="Haus der Zugvögel", confirmed_at=NOW - 400 * DAY)


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)])


def test_whoever_keeps_an_entry_is_told_what_waits_there(club, keeper):
    club.remarks.create(text="Die Nummer stimmt nicht")
    asked = cooperation.request(organisation=club)
    assert addresses(keeper) == [
        reverse("keeping:start", args=[club.slug]),
        asked.get_absolute_url(),
        reverse("keeping:start", args=[club.slug]) + "#hinweise",
    ]
    assert duties_of(keeper, NOW)[0].is_overdue
    assert "Haus der Zugvögel" in sentences(keeper)[0]


def test_a_draft_waits_to_be_published(club, keeper):
    club.state = "draft"
    club.save()
    (found,) = duties_of(keeper, NOW)
    assert (found.url, found.due) == (reverse("keeping:start", args=[club.slug]), None)


def test_experts_are_told_of_questions_until_they_answered():
    expert, asking = directory.expert(), UserFactory()
    question = ExpertRequest.objects.create(
        expert=expert, asked_by=asking, occasion="Anerkennung", text="Wer?", consideration="Honorar"
    )
    assert addresses(expert.person) == [reverse("own_expert:request", args=[question.pk])]
    assert addresses(asking) == []
    ExpertRequest.objects.update(answered_at=NOW)
    assert addresses(expert.person) == []


def test_editors_are_told_what_they_decide_and_what_they_are_responsible_for(club, keeper):
    editor, other = UserFactory(editor=True), UserFactory(editor=True)
    for _number in range(2):
        club.changes.create(subject="legal", act="change", before={}, after={"legal_form": "ev"}, proposed_by=keeper)
    task = EditorialTask.objects.create(text="wohngeld", assignee=editor, due_on=NOW.date() - DAY)
    assert addresses(editor) == [reverse("search_task", args=[task.pk]), reverse("directory_proposals")]
    assert addresses(other) == [reverse("directory_proposals")]
    assert "2" in sentences(other)[0]


def test_administrators_are_told_of_people_who_want_to_join():
    place = MunicipalityFactory()
    JoinRequest.objects.create(email="neu@kommune.example", display_name="Neu", municipality=place)
    here = UserFactory(roles=[("administrator", place)])
    elsewhere = UserFactory(roles=[("administrator", MunicipalityFactory())])
    assert addresses(here) == [reverse("people:requests")]
    assert addresses(elsewhere) == []


@pytest.mark.parametrize("name", ["account_duties", "account_overview"])
def test_the_list_says_when_nothing_waits(client, name):
    client.force_login(UserFactory())
    answer = client.get(reverse(name))
    assert list(answer.context["duties"]) == []
    assert "aufgabe-1" not in answer.content.decode()


def test_who_owes_the_second_factor_is_not_sent_to_pages_that_are_still_closed(club):
    person = UserFactory(roles=[("organisation_editor", club)], second_factor=False)
    cooperation.request(organisation=club)
    assert addresses(person) == []


def test_a_long_list_goes_over_pages_and_costs_the_same(client, club, keeper, django_assert_max_num_queries):
    client.force_login(keeper)
    club.remarks.create(text="Eins")
    client.get(reverse("account_duties"))
    with django_assert_max_num_queries(60) as first:
        client.get(reverse("account_duties"))
    for number in range(30):
        club.remarks.create(text=f"Hinweis {number}")
    with django_assert_max_num_queries(len(first.captured_queries)):
        answer = client.get(reverse("account_duties"))
    assert len(answer.context["duties"]) == 20
    assert "?seite=2" in answer.content.decode()
    overview = client.get(reverse("account_overview"))
    assert len(overview.context["duties"]) == 5
    assert reverse("account_duties") in overview.content.decode()
