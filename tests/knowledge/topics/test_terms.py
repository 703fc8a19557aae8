"""Words lead to one term, topics form a tree, and addresses and letters follow German custom."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from knowledge.topics.models import Term, TermLabel
from knowledge.topics.words import address_of, fold, initial_of, sort_key
from tests.factories.topics import TermFactory, TopicFactory


@pytest.mark.parametrize(
    ("held_as", "wanted_as", "allowed"),
    [
        ("same", "same", False),
        ("same", "outdated", False),
        ("outdated", "same", False),
        ("same", "ambiguous", False),
        ("ambiguous", "same", False),
        ("ambiguous", "ambiguous", True),
        ("same", "related", True),
        ("same", "narrower", True),
        ("related", "same", True),
        ("narrower", "narrower", True),
    ],
)
@pytest.mark.django_db
def test_a_word_that_means_the_same_belongs_to_one_term(held_as, wanted_as, allowed):
    TermFactory(preferred="Kommunales Integrationszentrum", words=[("KI", held_as)])
    label = TermLabel(term=TermFactory(), text="ki", relation=wanted_as)
    if allowed:
        label.full_clean()
        label.save()
        return
    with pytest.raises(ValidationError) as refused:
        label.full_clean()
    assert "Kommunales Integrationszentrum" in str(refused.value)


@pytest.mark.django_db
def test_a_preferred_word_cannot_be_another_terms_synonym():
    TermFactory(preferred="Duldung")
    with pytest.raises(ValidationError) as refused:
        TermLabel(term=TermFactory(), text="duldung", relation="same").full_clean()
    assert "text" in refused.value.message_dict
    TermLabel(term=TermFactory(), text="duldung", relation="related").full_clean()


@pytest.mark.django_db
def test_a_preferred_word_that_already_leads_elsewhere_is_refused_with_the_holder():
    TermFactory(preferred="Migrantenorganisation", words=[("MSO", "same")])
    with pytest.raises(ValidationError) as refused:
        Term(preferred="MSO", definition="…").full_clean()
    assert "Migrantenorganisation" in str(refused.value.message_dict["preferred"])


@pytest.mark.django_db
def test_the_database_refuses_what_a_form_let_through():
    TermFactory(words=[("MSO", "same")])
    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(words=[("mso", "outdated")])
    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(words=[("Amt", "related"), ("AMT", "narrower")])


@pytest.mark.django_db
def test_a_term_gets_its_address_from_its_word():
    assert TermFactory(preferred="Übergang Schule–Beruf").slug == "uebergang-schule-beruf"
    assert TermFactory(preferred="Maßnahme").get_absolute_url() == "/glossar/massnahme/"


@pytest.mark.django_db
def test_a_topic_cannot_stand_below_itself():
    root = TopicFactory()
    middle = TopicFactory(broader=root)
    leaf = TopicFactory(broader=middle)
    assert [topic.pk for topic in leaf.path()] == [root.pk, middle.pk, leaf.pk]
    leaf.full_clean()
    root.broader = leaf
    with pytest.raises(ValidationError) as refused:
        root.full_clean()
    assert "broader" in refused.value.message_dict


@pytest.mark.django_db
def test_a_topic_that_is_its_own_broader_topic_is_refused():
    topic = TopicFactory()
    topic.broader = topic
    with pytest.raises(ValidationError):
        topic.full_clean()


@pytest.mark.django_db
def test_outdated_words_are_kept_apart_from_what_readers_see():
    term = TermFactory(words=[("Ausländerbeirat", "outdated"), ("Integrationsrat", "same"), ("IR", "ambiguous")])
    assert term.shown_alternatives == ["Integrationsrat", "IR"]
    assert term.outdated_words == ["Ausländerbeirat"]


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("Übergang", "U"),
        ("ÄRA", "A"),
        ("ßtraße", "S"),
        ("(Spät-)Aussiedler", "S"),
        ("3+2-Regelung", "#"),
        ("§ 60a", "#"),
    ],
)
def test_umlauts_are_listed_under_their_letter(word, letter):
    assert initial_of(word) == letter


def test_the_order_is_that_of_a_german_dictionary():
    words = ["Zug", "Öffnung", "Ofen", "Ära", "Arbeit", "übergang", "Uhr"]
    assert sorted(words, key=sort_key) == ["Ära", "Arbeit", "Ofen", "Öffnung", "übergang", "Uhr", "Zug"]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold(f"  {text} ") == fold(text)
    assert address_of(text)
    assert len(initial_of(text)) == 1
