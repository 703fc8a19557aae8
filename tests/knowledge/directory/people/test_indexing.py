"""Experts in the search: found by what they can do, never by a name, and gone with their consent."""

import pytest

from knowledge.directory.people import consenting
from knowledge.directory.people.indexing import project
from search.drain import drain
from search.queries import parse_request
from search.rebuild import rebuild
from search.results import results_page
from search.suggestions import suggestions
from tests.factories.accounts import UserFactory
from tests.factories.directory import expert
from tests.factories.topics import FieldOfActionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    found = expert(
        UserFactory(display_name="Selam Kanarivogel"), headline="Begleitung zur Gesellenprüfung",
        competences="Quantenmechanik im Handwerk", languages=["ti"], fields_of_action=[FieldOfActionFactory()],
    )  # fmt: skip
    rebuild()
    return found


def hits(query, user):
    return [
        (hit.kind, "".join(part.text for part in hit.title))
        for hit in results_page(parse_request({"q": [query]}), user).hits
    ]


@pytest.mark.parametrize("query", ["Quantenmechanik", "Gesellenprüfung", "Tigrinya"])
def test_members_find_an_expert_by_what_they_can_do(known, query):
    assert hits(query, UserFactory()) == [("expert", known.headline)]


@pytest.mark.parametrize("query", ["Selam", "Kanarivogel"])
def test_nobody_finds_an_expert_by_name(known, query):
    assert hits(query, UserFactory(administrator=True)) == []
    assert suggestions(query, UserFactory(administrator=True)) == []


def test_the_public_finds_nobody(known):
    from django.contrib.auth.models import AnonymousUser

    assert hits("Quantenmechanik", AnonymousUser()) == []


def test_a_record_knows_nothing_of_the_person(known):
    record = repr(project(known))
    assert known.person.email not in record
    assert "Kanarivogel" not in record


def test_a_stale_index_shows_nobody_whose_consent_is_gone(known):
    """Without any drain: what the index still knows is looked up in the database."""
    member = UserFactory()
    known.consents.update(withdrawn_at="2026-01-01T00:00Z")
    assert hits("Quantenmechanik", member) == []
    assert suggestions("Begleitung", member) == []


def test_taking_the_consent_back_reaches_the_index_after_the_commit(known, django_capture_on_commit_callbacks):
    from search.models import OutboxEntry

    with django_capture_on_commit_callbacks():
        consenting.withdraw_consent(by=known.person, consent=known.consents.get())
    assert OutboxEntry.objects.waiting().filter(kind="expert", object_id=str(known.pk)).exists()
    assert drain().removed == 1
