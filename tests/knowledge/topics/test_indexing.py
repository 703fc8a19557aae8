"""What the search gets from the vocabulary: records, and a thesaurus that widens queries as the terms say."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.topics.indexing import project, records, thesaurus, visible_to
from knowledge.topics.models import Term, TermLabel
from search.registry import registry
from tests.factories.topics import FieldOfActionFactory, TermFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    field = FieldOfActionFactory(slug="aufenthalt-und-recht", name="Aufenthalt und Recht")
    return TermFactory(
        preferred="Duldung",
        definition="Aussetzung der Abschiebung.",
        scope_note="Kein Titel.",
        topics=[TopicFactory(slug="bleiberecht", name="Bleiberecht", field_of_action=field)],
        words=[("Geduldete", "same"), ("Altwort", "outdated"), ("DU", "ambiguous"), ("Rückkehr", "related")],
    )


def test_a_term_is_registered_once_under_its_kind():
    registration = registry.get("term")
    assert registration.model is Term
    assert {dependency.model.__name__ for dependency in registration.depends_on} == {
        "TermLabel",
        "Topic",
        "FieldOfAction",
    }


def test_a_term_is_found_by_its_names_and_introduced_by_its_definition(term):
    record = project(records().get(pk=term.pk))
    assert (record.kind, record.id, record.url) == ("term", str(term.pk), "/glossar/duldung/")
    assert (record.title, record.caption) == ("Duldung", "Aussetzung der Abschiebung.")
    assert set(record.keywords) == {"Geduldete", "Altwort", "DU"}
    assert (record.summary, record.sections) == ("", ())
    assert [facet.key for facet in record.topics] == ["bleiberecht"]
    assert [facet.label for facet in record.fields_of_action] == ["Aufenthalt und Recht"]
    assert record.audience == "public"


def test_what_a_term_depends_on_names_the_terms_to_index_again(term):
    topic = term.topics.get()
    reach = {dependency.model.__name__: dependency.objects for dependency in registry.get("term").depends_on}
    assert list(reach["TermLabel"](term.labels.first())) == [term.pk]
    assert list(reach["Topic"](topic)) == [term.pk]
    assert list(reach["FieldOfAction"](topic.field_of_action)) == [term.pk]


def test_deleted_terms_are_not_shown_as_hits(term):
    other = TermFactory()
    ids = [str(term.pk), str(other.pk)]
    other.delete()
    assert visible_to(AnonymousUser(), ids) == {str(term.pk)}


def test_records_cost_the_same_number_of_queries_however_many_terms(term, django_assert_num_queries):
    for _ in range(5):
        TermFactory(words=[])
    with django_assert_num_queries(4):
        assert len([project(row) for row in records()]) == 6


def test_the_version_changes_with_every_change_and_only_then(term, django_assert_num_queries):
    versions = [thesaurus.version()]
    label = TermLabel.objects.create(term=term, text="Duldungsbescheinigung")
    versions.append(thesaurus.version())
    label.relation = "related"
    label.save()
    versions.append(thesaurus.version())
    label.delete()
    versions.append(thesaurus.version())
    term.definition = "Anders."
    term.save()
    versions.append(thesaurus.version())
    other = TermFactory()
    versions.append(thesaurus.version())
    other.delete()
    versions.append(thesaurus.version())
    assert len(set(versions)) == 7
    with django_assert_num_queries(1):
        assert thesaurus.version() == versions[-1]
