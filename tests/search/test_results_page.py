"""The results page from the address to the marked words."""

import shutil

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.topics.models import FieldOfAction, Topic
from portal.places.models import Department
from search.door import ThesaurusLabel, ThesaurusTerm
from search.drain import drain
from search.editors import register_editor_question
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(engine):
    """Make offices that are found at once."""

    def make(name, audience="public", **kwargs):
        made = DepartmentFactory(name=name, email=f"{audience}@kommune.example", **kwargs)
        drain()
        return made

    return make


@pytest.fixture(autouse=True)
def question_form():
    register_editor_question(lambda: "/kontakt/")
    yield
    register_editor_question(lambda: None)


def ask(client, **parameters):
    return client.get(reverse("search:results"), {"art": DEPARTMENT, **parameters})


def found(response) -> list[str]:
    return [hit.id for hit in response.context["results"].hits]


def test_a_hit_shows_its_section_and_marks_the_word(client, office):
    hit = office("Ausländerbehörde")
    response = ask(client, q="Behörde")
    assert found(response) == [str(hit.pk)]
    assert "Ausländer<mark>behörde</mark>" in response.text
    assert f'href="/aemter/{hit.pk}/#zustaendig"' in response.text


def test_the_query_stays_in_the_box_and_nothing_of_it_is_markup(client, office):
    response = ask(client, q='<script>alert("1")</script>')
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert" in response.text


def test_markup_in_a_record_stays_text(client, office):
    office("<b>Amt</b> & <script>x</script>")
    response = ask(client, q="Amt")
    assert "&lt;b&gt;<mark>Amt</mark>&lt;/b&gt; &amp; &lt;script&gt;" in response.text
    assert "<script>x" not in response.text


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "der die das", '"', "\x00", "😀", "<script>", "AND OR NOT", "a:b^2~*?[", "%00"]
)
def test_odd_queries_are_answered(client, office, query):
    office("Sozialamt")
    assert ask(client, q=query).status_code == 200


@pytest.mark.parametrize("query", ['"', "😀", "!?"])
def test_signs_without_a_word_find_nothing(client, office, query):
    office("Sozialamt")
    assert ask(client, q=query).context["results"].total == 0


def test_without_a_question_everything_is_listed(client, office):
    office("Sozialamt")
    assert ask(client).context["results"].total == 1


def test_spellings_with_gender_marks_find_the_same(client, office):
    offices = [office(name) for name in ("Vertretung der Schüler", "Schülerinnen und Schüler", "Alle Schüler*innen")]
    for query in ("Schüler", "Schülerinnen", "SchülerInnen", "Schüler*innen", "Schüler:innen", "Schueler"):
        assert set(found(ask(client, q=query))) == {str(office.pk) for office in offices}


class TestSynonyms:
    @pytest.fixture(autouse=True)
    def vocabulary(self, terms):
        self.terms = terms
        terms.replace(
            ThesaurusTerm(
                "mo",
                "Migrantenorganisation",
                (
                    ThesaurusLabel("MSO", "same", is_abbreviation=True),
                    ThesaurusLabel("migrantischer Verein", "same"),
                    ThesaurusLabel("Ausländerverein", "outdated"),
                    ThesaurusLabel("Dachverband", "narrower"),
                    ThesaurusLabel("Partnerschaft", "related"),
                ),
            ),
            ThesaurusTerm("ki", "Künstliche Intelligenz", (ThesaurusLabel("KI", "ambiguous", is_abbreviation=True),)),
            ThesaurusTerm(
                "kiz", "Kommunales Integrationszentrum", (ThesaurusLabel("KI", "ambiguous", is_abbreviation=True),)
            ),
        )

    def test_words_that_mean_the_same_find_the_same(self, client, office):
        for name in (
            "Stelle für MSO",
            "Rat der Migrantenorganisationen",
            "Der migrantische Verein",
            "Büro Ausländerverein",
        ):
            office(name)
        answers = [found(ask(client, q=query)) for query in ("MSO", "migrantischer Verein", "Ausländerverein")]
        assert [len(answer) for answer in answers] == [4, 4, 4]
        assert set(answers[0]) == set(answers[1]) == set(answers[2])

    def test_the_reader_is_told_and_never_shown_an_outdated_word(self, client, office):
        office("Stelle für MSO")
        response = ask(client, q="MSO")
        (told,) = response.context["results"].understanding.synonyms
        assert told.others == ("Migrantenorganisation", "migrantischer Verein")
        assert "Ausländerverein" not in response.text

    def test_they_can_be_switched_off(self, client, office):
        office("Rat der Migrantenorganisationen")
        assert "synonyme=aus" in ask(client, q="MSO").text
        response = ask(client, q="MSO", synonyme="aus")
        assert found(response) == []
        assert 'data-note="synonyms-off"' in response.text

    def test_a_term_widens_to_narrower_words_and_never_the_other_way(self, client, office):
        umbrella = office("Dachverband Nord")
        assert found(ask(client, q="Migrantenorganisation")) == [str(umbrella.pk)]
        office("Rat der MSO")
        assert found(ask(client, q="Dachverband")) == [str(umbrella.pk)]

    def test_an_ambiguous_abbreviation_asks_what_is_meant(self, client, office):
        response = ask(client, q="KI")
        meanings = {meaning.label: meaning.url for meaning in response.context["results"].meanings}
        assert set(meanings) == {"Künstliche Intelligenz", "Kommunales Integrationszentrum"}
        centre = office("Kommunales Integrationszentrum")
        assert found(client.get(reverse("search:results") + meanings["Kommunales Integrationszentrum"])) == [
            str(centre.pk)
        ]

    def test_a_changed_term_counts_at_once_without_indexing_anew(self, client, office):
        hit = office("Rat der Vereine")
        assert found(ask(client, q="XYZ")) == []
        self.terms.replace(ThesaurusTerm("v", "Verein", (ThesaurusLabel("XYZ", "same", is_abbreviation=True),)))
        assert found(ask(client, q="XYZ")) == [str(hit.pk)]

    def test_where_nothing_is_found_neighbouring_words_are_offered(self, client, office):
        results = ask(client, q="Dachverband").context["results"]
        assert [link.label for link in results.neighbours] == ["Migrantenorganisation"]


class TestSpelling:
    def test_a_misspelt_word_is_repaired_and_says_so(self, client, office):
        hit = office("Frühwarnsystem")
        response = ask(client, q="frühwarnsystm Bericht")
        assert found(response) == [str(hit.pk)]
        assert response.context["results"].searched_query == "Frühwarnsystem Bericht"
        assert "schreibung=genau" in response.text

    def test_the_word_can_be_searched_as_written(self, client, office):
        office("Frühwarnsystem")
        response = ask(client, q="Frühwarnsystm", schreibung="genau")
        assert found(response) == []
        assert 'data-note="repair"' not in response.text

    @pytest.mark.parametrize("query", ["Mutter", "Geld", "bezahlt", "Betriebe gewinnen"])
    def test_a_correct_word_that_no_record_uses_stays(self, client, office, query):
        office("Amt unter dem Feld"), office("Gezählt wird"), office("Betriebe beginnen")
        understanding = ask(client, q=query).context["results"].understanding
        assert not understanding.repaired_query
        assert not understanding.offered_query

    def test_where_other_words_find_something_the_repair_is_only_offered(self, client, office):
        office("Frühwarnsystem"), office("Bericht")
        response = ask(client, q="Frühwarnsystm Bericht")
        results = response.context["results"]
        assert results.total == 1
        assert results.searched_query == "Frühwarnsystm Bericht"
        assert [link.label for link in results.offered] == ["Frühwarnsystem Bericht"]
        assert 'data-note="offer"' in response.text

    def test_a_known_word_is_not_repaired(self, client, office):
        office("Duldung"), office("Bildung")
        assert not ask(client, q="Duldung").context["results"].understanding.repaired_query


class TestWhatIsAnnounced:
    def test_the_count_is_announced_only_when_a_part_of_the_page_is_exchanged(self, client, office):
        office("Sozialamt")
        whole = ask(client, q="Sozialamt")
        part = client.get(reverse("search:results"), {"q": "Sozialamt"}, headers={"HX-Request": "true"})
        assert 'role="status" id="ansage"></p>' in whole.text
        assert 'role="status" id="ansage"></p>' not in part.text
        assert "HX-Request" in whole["Vary"]

    def test_without_a_question_the_newest_come_first_and_relevance_is_no_choice(self, client, office):
        office("Sozialamt"), office("Sportamt")
        response = ask(client)
        assert response.context["results"].orders == ()
        assert _("Results") not in response.text


class TestRefining:
    def test_facets_count_and_choices_can_be_taken_back(self, client, office):
        place = MunicipalityFactory(name="Köln")
        office("Sozialamt", municipality=place), office("Sozialdienst", municipality__name="Bonn")
        response = ask(client, q="sozial", kommune=place.ags)
        results = response.context["results"]
        assert results.total == 1
        (municipalities,) = (facet for facet in results.facets if facet.param == "kommune")
        assert {(choice.label, choice.count, choice.chosen) for choice in municipalities.choices} == {
            ("Köln", 1, True),
            ("Bonn", 1, False),
        }
        (chip,) = (choice for choice in results.chosen if choice.label == "Köln")
        assert "kommune" not in chip.url
        assert ask(client, q="sozial").context["results"].total == 2

    def test_an_unknown_kind_finds_nothing_and_is_told_as_unknown(self, client, office):
        office("Sozialamt")
        results = ask(client, q="Sozialamt", art="unsinn").context["results"]
        assert results.total == 0
        assert [choice.label for choice in results.chosen] == [_("unknown value “%(key)s”") % {"key": "unsinn"}]

    @pytest.mark.parametrize(("parameter", "key"), [("handlungsfeld", "bildung"), ("thema", "ausbildung")])
    def test_a_chosen_value_without_hits_is_called_by_its_name(self, client, office, parameter, key):
        FieldOfAction.objects.create(slug="bildung", name="Bildung im Haus")
        Topic.objects.create(slug="ausbildung", name="Berufliche Ausbildung")
        office("Sozialamt")
        results = ask(client, **{"q": "Sozialamt", parameter: key}).context["results"]
        named = {"bildung": "Bildung im Haus", "ausbildung": "Berufliche Ausbildung"}[key]
        assert named in {choice.label for choice in results.chosen}

    def test_a_municipality_without_hits_is_called_by_its_name(self, client, office):
        MunicipalityFactory(ags="05315000", name="Köln")
        office("Sozialamt")
        results = ask(client, q="Sozialamt", kommune="05315000").context["results"]
        assert "Köln" in {choice.label for choice in results.chosen}

    def test_a_value_without_hits_keeps_its_chip(self, client, office):
        office("Sozialamt")
        results = ask(client, q="Sozialamt", jahr="1999").context["results"]
        assert results.total == 0
        assert "1999" in {choice.label for choice in results.chosen}

    def test_pages_are_linked_and_a_page_too_far_is_the_last_one(self, client, office):
        for number in range(23):
            DepartmentFactory(name=f"Sozialamt {number}", email="public@x.example")
        drain()
        first, last = ask(client, q="Sozialamt"), ask(client, q="Sozialamt", seite="99")
        assert len(found(first)) == 10
        assert len(found(last)) == 3
        assert 'rel="next"' in first.text
        assert 'rel="prev"' in last.text
        assert last.context["links"].page_links[-1].current


class TestWhenNothingOrNobodyAnswers:
    def test_an_empty_result_helps_on(self, client, office):
        response = ask(client, q="Xylophonunterricht", jahr="1999")
        assert 'data-note="nothing-found"' in response.text
        assert "/kontakt/?frage=Xylophonunterricht" in response.text

    def test_a_missing_index_is_an_outage_and_no_empty_result(self, client, kinds):
        response = ask(client, q="Duldung")
        assert response.status_code == 503
        assert 'data-note="outage"' in response.text
        assert 'data-note="nothing-found"' not in response.text
        assert _("The search is out of order at the moment") in response.text

    def test_an_index_that_vanishes_is_an_outage(self, client, office):
        office("Sozialamt")
        shutil.rmtree(settings.SEARCH_INDEX_DIR)
        assert ask(client, q="Sozialamt").status_code == 503

    def test_only_reading_is_allowed(self, client, engine):
        assert client.post(reverse("search:results")).status_code == 405


class TestWhoMaySee:
    @pytest.fixture(autouse=True)
    def three_offices(self, office):
        self.public = office("Offenes Amt Offenwort")
        self.member = office("Mitglieder Amt Innenwort", audience="member")
        self.editor = office("Geheimes Amt Geheimwort", audience="editor")

    def visible(self, client, **parameters):
        return set(found(ask(client, **parameters)))

    def test_each_role_finds_what_is_meant_for_it(self, client):
        assert self.visible(client, q="Amt") == {str(self.public.pk)}
        client.force_login(UserFactory())
        assert self.visible(client, q="Amt") == {str(self.public.pk), str(self.member.pk)}
        client.force_login(UserFactory(administrator=True))
        assert self.visible(client, q="Amt") == {str(office.pk) for office in (self.public, self.member, self.editor)}

    def test_hidden_places_are_not_among_the_facets(self, client):
        response = ask(client, q="Amt")
        assert response.context["results"].total == 1
        assert self.editor.municipality.name not in response.text

    def test_a_hidden_word_is_neither_repaired_to_nor_suggested(self, client):
        for typed in ("Geheimwrt", "Innenwrt"):
            assert not ask(client, q=typed).context["results"].understanding.repaired_query
        assert ask(client, q="Offenwrt").context["results"].understanding.repaired_query == "Offenwort"
        for begun in ("Geheim", "Innenw"):
            assert begun not in client.get(reverse("search:suggestions"), {"q": begun}).text
        client.force_login(UserFactory(administrator=True))
        assert ask(client, q="Geheimwrt").context["results"].understanding.repaired_query == "Geheimwort"

    def test_a_hidden_word_is_treated_like_one_that_does_not_exist(self, client, office):
        office("Geheimwart")
        assert ask(client, q="Geheimwort").context["results"].understanding.repaired_query == "Geheimwart"

    def test_a_hit_withdrawn_a_moment_ago_is_not_shown(self, client):
        Department.objects.filter(pk=self.public.pk)._raw_delete("default")
        assert found(ask(client, q="Amt")) == []


class TestSuggestions:
    def suggest(self, client, begun):
        return client.get(reverse("search:suggestions"), {"q": begun})

    def test_words_of_the_vocabulary_and_titles_are_offered_as_options(self, client, office, terms):
        labels = (ThesaurusLabel("Frühhinweis", "same"), ThesaurusLabel("Frühverdacht", "outdated"))
        terms.replace(ThesaurusTerm("f", "Früherkennung", labels))
        hit = office("Frühwarnsystem der Stadt")
        response = self.suggest(client, "frueh")
        assert [(offer.text, offer.url, offer.preferred) for offer in response.context["suggestions"]] == [
            ("Früherkennung", "", ""),
            ("Frühhinweis", "", "Früherkennung"),
            ("Frühwarnsystem der Stadt", f"/aemter/{hit.pk}/", ""),
        ]
        assert response.text.count('role="option"') == 3
        assert "Frühhinweis → Früherkennung" in response.text
        assert "data-count" in response.text

    def test_an_ambiguous_word_is_offered_once_and_for_itself(self, client, office, terms):
        label = ThesaurusLabel("KI", "ambiguous", is_abbreviation=True)
        terms.replace(ThesaurusTerm("a", "Künstliche Intelligenz", (label,)), ThesaurusTerm("b", "Zentrum", (label,)))
        offered = self.suggest(client, "ki").context["suggestions"]
        assert [(offer.text, offer.preferred) for offer in offered] == [("KI", "")]

    def test_terms_are_offered(self, client, office, terms):
        terms.replace(ThesaurusTerm("d", "Ausbildungsduldung", ()))
        assert "Ausbildungsduldung" in self.suggest(client, "ausb").text

    @pytest.mark.parametrize("begun", ["", "a", "(", "*.*", "[[", "\\", "x" * 5000, "<b>"])
    def test_odd_beginnings_are_answered(self, client, office, begun):
        office("Amt")
        assert self.suggest(client, begun).status_code == 200

    def test_an_outage_offers_nothing(self, client, kinds):
        assert self.suggest(client, "amt").context["suggestions"] == []


def test_the_description_for_browsers_names_the_address(client, engine):
    response = client.get(reverse("search:opensearch"))
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert 'template="http://testserver/suche/?q={searchTerms}"' in response.text


def test_the_page_asks_the_database_a_fixed_number_of_questions(client, office, django_assert_max_num_queries):
    for number in range(12):
        DepartmentFactory(name=f"Sozialamt {number}", email="public@x.example")
    drain()
    ask(client, q="Sozialamt")
    with django_assert_max_num_queries(12) as few:
        ask(client, q="Sozialamt", jahr="2020")
    with django_assert_max_num_queries(12) as many:
        ask(client, q="Sozialamt")
    # One more than without a hit: the check of the shown hits, however many there are of one kind.
    assert len(many) == len(few) + 1
