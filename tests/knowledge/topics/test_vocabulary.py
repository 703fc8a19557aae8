"""The shipped vocabulary is complete, free of contradictions, and never undoes what editors did."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from knowledge.topics.actions import load_vocabulary
from knowledge.topics.enums import LabelRelation
from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic, VocabularyEntry
from knowledge.topics.vocabulary.entries import (
    RELATIONS,
    LabelEntry,
    shipped_fields,
    shipped_groups,
    shipped_terms,
    shipped_topics,
)
from knowledge.topics.words import fold

#: The groups of the field's thesaurus, by number.
GROUPS = """
Migrantenorganisation|Dachverband|Migrationsdienst|MBE|JMD|Ausländerbehörde|RAA|Integrationsbeauftragte|
Integrationsbeirat|Fokus-Stelle|BAMF|Bundesagentur für Arbeit|Jobcenter|Jugendberufsagentur|Kammern|Schulamt|
Migration|Menschen mit Einwanderungsgeschichte|Ausländer:innen|Eingewanderte|Neuzugewanderte|postmigrantisch|
Spätaussiedler:innen|Eingebürgerte|Geflüchtete|Schutzsuchende|Asylsuchende|Anerkannte Flüchtlinge|
subsidiär Schutzberechtigte|Abschiebungsverbot|vorübergehender Schutz|UMA|Duldung|Ausbildungsduldung|
Beschäftigungsduldung|Aufenthaltsgestattung|Aufenthaltserlaubnis|Niederlassungserlaubnis|Aufenthaltstitel|
Aufenthaltsstatus|Chancen-Aufenthaltsrecht|Bleiberecht|Freizügigkeit|Drittstaatsangehörige|AZR|Fiktionsbescheinigung|
Familiennachzug|Ausreisepflicht|Übergang Schule–Beruf|Kommunale Koordinierung|Übergangssystem|BvB|EQ|BVJ|BGJ|BaE|AsA|
ausbildungsbegleitende Hilfen|Ausbildung|Ausbildungsabbruch|Ausbildungsbeteiligung|unversorgte Bewerber:innen|NEET|
Verbleib|Schulabgang ohne Abschluss|ESA|MSA|Hochschulreife|Schüler:innen|Vorbereitungsklasse|Deutsch als Zweitsprache|
Herkunftssprachlicher Unterricht|Integrationskurs|Berufssprachkurs|Deutsch-Test für Zuwanderer|Erstorientierungskurs|
Berufsorientierung|Anerkennung ausländischer Abschlüsse|Anpassungslehrgang|IQ-Netzwerk|Fachkräfteeinwanderung|
Interkulturelle Öffnung|Antidiskriminierung|Antirassismus|Teilhabe|Willkommenskultur|Sprachmittlung|Elternarbeit|
Patenschaft|Ehrenamt|Integrationskonzept|Integrationsmonitoring|Indikator|Handlungserfordernis|Maßnahme|Förderung|
Ratsvorlage|Kommune|Bildungskoordination für Neuzugewanderte|Asylbewerberleistungsgesetz|Wohnsitzauflage|
Gemeinschaftsunterkunft|Kommunales Wahlrecht|Zuwanderung aus Südosteuropa
""".replace("\n", "").split("|")

MEANINGS = {
    "KI": {"Kommunales Integrationszentrum", "Künstliche Intelligenz"},
    "LEA": {"Landeserstaufnahme", "Landesamt für Einwanderung"},
    "BA": {"Bundesagentur für Arbeit", "Bachelor"},
    "MO": {"Migrantenorganisation", "Mitgliedsorganisation"},
    "BK": {"Bildungskoordination für Neuzugewanderte", "Berufskolleg"},
    "AE": {"Aufenthaltserlaubnis", "Aufwandsentschädigung"},
    "AG": {"Aufenthaltsgestattung", "Arbeitsgruppe"},
    "IK": {"Integrationskurs", "Interkulturelle Kompetenz"},
    "BO": {"Berufsorientierung", "Bauordnung"},
    # Upper and lower case make no difference to people who search.
    "ABH": {"Ausländerbehörde", "ausbildungsbegleitende Hilfen"},
}

TERMS = list(shipped_terms())


def words_of(preferred, *relations):
    (term,) = [term for term in TERMS if term.preferred == preferred]
    return {label.text for label in term.labels if label.relation in relations}


def test_all_104_groups_of_the_thesaurus_are_there():
    assert len(GROUPS) == 104
    assert shipped_groups() == dict(enumerate(GROUPS, start=1))


@pytest.mark.parametrize("entry", TERMS, ids=lambda entry: entry.slug)
def test_every_term_is_defined_in_at_most_three_plain_sentences(entry):
    assert entry.definition.endswith(".")
    assert 15 <= len(entry.definition) <= 330
    assert "!" not in entry.definition
    assert entry.source or not entry.source_url


def test_a_word_that_means_the_same_leads_to_one_term_only():
    leads = [(fold(term.preferred), term.slug) for term in TERMS]
    leads += [
        (fold(label.text), term.slug)
        for term in TERMS
        for label in term.labels
        if label.relation in {"same", "outdated"}
    ]
    words = [word for word, _ in leads]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize(("abbreviation", "meanings"), MEANINGS.items())
def test_an_ambiguous_abbreviation_stands_at_every_term_that_it_may_mean(abbreviation, meanings):
    holders = {
        term.preferred: label.relation
        for term in TERMS
        for label in term.labels
        if fold(label.text) == fold(abbreviation)
    }
    assert holders == dict.fromkeys(meanings, "ambiguous")


def test_no_other_word_is_ambiguous_and_none_has_one_meaning_only():
    ambiguous = {fold(label.text) for term in TERMS for label in term.labels if label.relation == "ambiguous"}
    assert ambiguous == {fold(word) for word in MEANINGS}


def test_mso_means_migrant_organisations_and_nothing_else():
    assert {"MSO", "Migrantenselbstorganisation"} <= words_of("Migrantenorganisation", "same")
    assert [term.preferred for term in TERMS for label in term.labels if label.text == "MSO"] == [
        "Migrantenorganisation"
    ]


@pytest.mark.parametrize(
    ("word", "term", "other_terms"),
    [
        ("Geduldete", "Duldung", ["Geflüchtete", "Asylsuchende", "Anerkannte Flüchtlinge"]),
        ("Asylbewerber:innen", "Asylsuchende", ["Geflüchtete", "Duldung", "Anerkannte Flüchtlinge"]),
        ("Flüchtlinge", "Geflüchtete", ["Duldung", "Asylsuchende", "Anerkannte Flüchtlinge"]),
        ("GFK-Flüchtlinge", "Anerkannte Flüchtlinge", ["Asylsuchende", "Duldung", "subsidiär Schutzberechtigte"]),
        ("Gestattung", "Aufenthaltsgestattung", ["Duldung", "Aufenthaltserlaubnis", "Aufenthaltstitel"]),
    ],
)
def test_legal_categories_are_never_merged(word, term, other_terms):
    assert word in words_of(term, "same")
    for other in other_terms:
        assert word not in words_of(other, "same", "narrower", "outdated")
        assert term not in words_of(other, "same", "narrower", "outdated")


def test_roma_are_not_equated_with_immigration():
    assert "Roma" in words_of("Zuwanderung aus Südosteuropa", "related")
    (term,) = [term for term in TERMS if term.preferred == "Zuwanderung aus Südosteuropa"]
    assert term.editorial_note.startswith("Sensibel")


def test_there_are_ten_fields_of_action_and_all_links_lead_somewhere():
    fields = {entry.slug for entry in shipped_fields()}
    topics = {entry.slug: entry for entry in shipped_topics()}
    assert len(fields) == 10
    assert {entry.field for entry in topics.values()} - {""} == fields
    assert {entry.broader for entry in topics.values()} - {""} <= topics.keys()
    assert {slug for term in TERMS for slug in term.topics} <= topics.keys()


def test_the_topic_tree_has_the_stations_the_approaches_and_the_stance():
    names = {entry.name: entry for entry in shipped_topics()}
    assert {"Schule", "Berufsorientierung", "Übergangssystem", "Ausbildung", "Arbeit", "Studium"} <= names.keys()
    assert {"Antidiskriminierung", "Antirassismus"} <= names.keys()
    approaches = {name for name, entry in names.items() if entry.broader == "ansaetze"}
    assert approaches == {"Präventiv", "Potenzialfördernd", "Kompetenzorientiert", "Beteiligungsorientiert"}


def test_the_file_uses_the_relations_of_the_model():
    assert set(RELATIONS) == set(LabelRelation.values)


@pytest.mark.django_db
class TestLoading:
    @pytest.fixture(autouse=True)
    def _loaded(self):
        """A few terms are enough to see the rules; the first two tests load all of them."""
        self.few = [entry for entry in TERMS if entry.slug in {"duldung", "bauordnung", "verbleib"}]
        load_vocabulary(terms=self.few)

    @pytest.fixture
    def everything(self):
        self.report = load_vocabulary()

    def test_everything_arrives(self, everything):
        assert FieldOfAction.objects.count() == 10
        assert Topic.objects.count() == len(list(shipped_topics()))
        assert Term.objects.count() == len(TERMS)
        assert TermLabel.objects.count() == sum(len(term.labels) for term in TERMS)
        assert self.report.kept == self.report.left_out == self.report.words_left_out == []

    def test_every_loaded_label_passes_the_rules_for_editors(self, everything):
        for label in TermLabel.objects.select_related("term"):
            label.full_clean()
        for term in Term.objects.all():
            term.full_clean()

    def test_a_second_load_changes_nothing(self):
        before = list(Term.objects.values_list("pk", "updated_at"))
        report = load_vocabulary(terms=self.few)
        assert (report.added, report.updated, report.kept) == ([], [], [])
        assert report.unchanged == VocabularyEntry.objects.count()
        assert list(Term.objects.values_list("pk", "updated_at")) == before

    def test_a_new_wording_replaces_what_nobody_touched(self):
        entries = [replace(entry, definition="Neu gefasst.") for entry in TERMS if entry.slug == "duldung"]
        report = load_vocabulary(fields=[], topics=[], terms=entries)
        assert report.updated == ["Duldung"]
        assert Term.objects.get(slug="duldung").definition == "Neu gefasst."

    @pytest.mark.parametrize("change", ["definition", "label", "topic"])
    def test_what_editors_changed_is_kept(self, change):
        term = Term.objects.get(slug="duldung")
        if change == "definition":
            term.definition = "Unsere Fassung."
        elif change == "label":
            term.labels.add(TermLabel(text="Duldungsbescheinigung"))
        else:
            term.topics.clear()
        term.save()
        entries = [replace(entry, definition="Neu gefasst.") for entry in TERMS if entry.slug == "duldung"]
        report = load_vocabulary(fields=[], topics=[], terms=entries)
        assert report.kept == ["Duldung"]
        assert Term.objects.get(slug="duldung").definition != "Neu gefasst."

    def test_what_editors_deleted_does_not_come_back(self):
        Term.objects.get(slug="bauordnung").delete()
        Topic.objects.get(slug="praktikum").delete()
        report = load_vocabulary(terms=self.few)
        assert sorted(report.left_out) == ["Bauordnung", "Praktikum"]
        assert not Term.objects.filter(slug="bauordnung").exists()

    def test_a_word_that_an_editor_gave_to_another_term_is_left_out_and_named(self):
        own = Term.objects.create(preferred="Schulischer Erfolg", definition="Eigener Begriff.")
        TermLabel.objects.create(term=own, text="Bildungserfolg", relation="same")
        entry = next(entry for entry in TERMS if entry.slug == "verbleib")
        wider = replace(entry, labels=(*entry.labels, LabelEntry("bildungserfolg", "same", is_abbreviation=False)))
        report = load_vocabulary(fields=[], topics=[], terms=[wider])
        assert report.words_left_out == ["bildungserfolg (Verbleib)"]

    def test_the_shipped_wording_is_the_first_revision(self):
        assert Term.objects.get(slug="duldung").revisions.count() == 1

    def test_the_command_names_what_it_kept(self, capsys):
        Topic.objects.filter(slug="praktikum").update(description="Anders.")
        call_command("load_vocabulary")
        assert "Praktikum" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_term_that_an_editor_entered_before_is_kept():
    Term.objects.create(slug="eigene-duldung", preferred="Duldung", definition="Unsere Fassung.")
    report = load_vocabulary()
    assert "Duldung" in report.kept
    assert Term.objects.get(preferred="Duldung").definition == "Unsere Fassung."
