"""The vocabulary in the editing interface, as an editor with rights to it uses it."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission

from knowledge.topics.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.topics import FieldOfActionFactory, TermFactory, TopicFactory

pytestmark = pytest.mark.django_db

TERMS = "/redaktion/snippets/topics/term/"
TOPICS = "/redaktion/snippets/topics/topic/"
FIELDS = "/redaktion/snippets/topics/fieldofaction/"


@pytest.fixture
def editor(client):
    group = Group.objects.create(name="Redaktion Vokabular")
    group.permissions.set(
        [
            Permission.objects.get(codename="access_admin"),
            *Permission.objects.filter(
                content_type__app_label="topics", codename__regex="_(term|topic|fieldofaction)$"
            ),
        ]
    )
    user = UserFactory(staff=True)
    user.groups.add(group)
    client.force_login(user)
    return user


@pytest.fixture
def term():
    return TermFactory(preferred="Duldung", words=[("Geduldete", "same"), ("Warteschleife", "outdated")])


def posted(term=None, words=(), **values):
    data = {
        "preferred": "Duldung", "definition": "Aussetzung der Abschiebung.", "scope_note": "", "slug": "",
        "source": "", "source_url": "", "retrieved": "", "topics": [], "editorial_note": "",
        "labels-TOTAL_FORMS": len(words), "labels-INITIAL_FORMS": 0, "labels-MIN_NUM_FORMS": 0,
        "labels-MAX_NUM_FORMS": 1000, **values,
    }  # fmt: skip
    for number, (text, relation) in enumerate(words):
        data |= {f"labels-{number}-text": text, f"labels-{number}-relation": relation, f"labels-{number}-id": ""}
    return data


@pytest.mark.parametrize("address", [TERMS, TOPICS, FIELDS])
@pytest.mark.parametrize("page", ["", "add/", "edit", "history", "usage", "?q=Dul"])
def test_every_page_of_the_vocabulary_opens_for_an_editor(client, editor, term, address, page):
    topic = TopicFactory()
    pk = {TERMS: term.pk, TOPICS: topic.pk, FIELDS: topic.field_of_action.pk}[address]
    path = f"{address}{page}/{pk}/" if page in {"edit", "history", "usage"} else f"{address}{page}"
    response = client.get(path)
    assert response.status_code == 200


def test_the_menu_groups_the_three(client, editor):
    from knowledge.topics.viewsets import VocabularyGroup

    assert [item.model.__name__ for item in VocabularyGroup.items] == ["Term", "Topic", "FieldOfAction"]
    assert TERMS in client.get("/redaktion/").text


def test_people_without_rights_do_not_get_in(client):
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(TERMS).status_code == 302


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=Geduldete", ["Duldung"]),
        ("?relation=outdated", ["Duldung"]),
        ("?relation=ambiguous", ["Kommune"]),
        ("", ["Duldung", "Kommune"]),
    ],
)
def test_the_list_is_searched_and_narrowed(client, editor, term, query, found):
    TermFactory(preferred="Kommune", words=[("KO", "ambiguous")])
    response = client.get(f"{TERMS}{query}")
    assert [row.preferred for row in response.context["object_list"]] == found


def test_the_list_is_narrowed_by_topic(client, editor, term):
    topic = TopicFactory()
    TermFactory(preferred="Kommune", topics=[topic])
    response = client.get(f"{TERMS}?topic={topic.pk}")
    assert [row.preferred for row in response.context["object_list"]] == ["Kommune"]


def test_an_editor_enters_a_term_with_its_words(client, editor):
    topic = TopicFactory()
    words = [("Geduldete", "same"), ("AG", "ambiguous")]
    response = client.post(f"{TERMS}add/", posted(words=words, topics=[topic.pk]))
    assert response.status_code == 302
    term = Term.objects.get(slug="duldung")
    assert {label.text: label.relation for label in term.labels.all()} == dict(words)
    assert list(term.topics.all()) == [topic]
    assert term.revisions.count() == 1


def test_a_word_that_leads_elsewhere_is_refused_with_the_name_of_its_term(client, editor):
    TermFactory(preferred="Migrantenorganisation", words=[("MSO", "same")])
    response = client.post(f"{TERMS}add/", posted(words=[("mso", "same")]))
    assert response.status_code == 200
    assert "Migrantenorganisation" in response.text
    assert not Term.objects.filter(slug="duldung").exists()


def test_the_same_word_twice_at_one_term_is_refused(client, editor):
    response = client.post(f"{TERMS}add/", posted(words=[("Geduldete", "same"), ("geduldete", "related")]))
    assert response.status_code == 200
    assert not Term.objects.filter(slug="duldung").exists()


def test_saving_again_keeps_a_history_to_return_to(client, editor, term):
    labels = list(term.labels.order_by("pk"))
    data = posted(definition="Neue Fassung.", slug="duldung")
    data |= {"labels-TOTAL_FORMS": 2, "labels-INITIAL_FORMS": 2}
    for number, label in enumerate(labels):
        data |= {f"labels-{number}-id": label.pk, f"labels-{number}-text": label.text}
        data |= {f"labels-{number}-relation": label.relation}
    assert client.post(f"{TERMS}edit/{term.pk}/", data).status_code == 302
    term.refresh_from_db()
    assert term.definition == "Neue Fassung."
    assert term.revisions.count() == 1
    assert term.labels.count() == 2


def test_the_terms_are_exported_with_all_words(client, editor, term):
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{TERMS}?export=csv")).decode())))
    assert len(rows) == 2
    assert "Geduldete" in ",".join(rows[1])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{TERMS}?export=xlsx")))).active
    assert sheet.max_row == 2


def test_a_topic_cannot_be_put_below_itself_in_the_form(client, editor):
    topic = TopicFactory()
    data = {"name": topic.name, "slug": topic.slug, "description": "", "broader": topic.pk, "field_of_action": ""}
    assert client.post(f"{TOPICS}edit/{topic.pk}/", data).status_code == 200
    topic.refresh_from_db()
    assert topic.broader is None


def test_a_field_of_action_is_entered(client, editor):
    FieldOfActionFactory()
    data = {"name": "Kultur", "slug": "kultur", "description": "", "position": 11}
    assert client.post(f"{FIELDS}add/", data).status_code == 302
