"""What the search gets from the directory, and that the right offer is the first answer."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils.timezone import localdate
from django.utils.translation import gettext

from knowledge.directory.indexing import changes, look_again_at_what_ended, offer_record, organisation_record
from knowledge.directory.models import Offer, Organisation
from search.drain import drain
from search.language.passages import sentences
from search.queries import SearchRequest
from search.rebuild import rebuild
from search.results import results_page
from tests.factories import directory
from tests.factories.places import MunicipalityFactory
from tests.factories.topics import FieldOfActionFactory

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


@pytest.fixture
def index():
    """An index that was built before anybody came; what is planted afterwards arrives by the outbox."""
    rebuild()


def found(query: str, **filters) -> list[tuple[str, str]]:
    drain()
    hits = results_page(SearchRequest(query=query, filters=filters), READER).hits
    return [(hit.kind, hit.id) for hit in hits]


def key(thing) -> tuple[str, str]:
    return ("offer" if isinstance(thing, Offer) else "organisation", str(thing.pk))


def test_who_speaks_tigrinya_and_knows_about_recognition_is_found_first(index):
    """The question of the issue, asked as people ask it."""
    bridges = directory.organisation(name="Brücken bauen", languages=["de", "ti", "ar"])
    right = directory.offer(
        bridges, name="Was zählt mein Abschluss?", kind="recognition", languages=["de", "ti"],
        description="Wir sehen uns Zeugnisse an und erklären das Verfahren zur Anerkennung.",
    )  # fmt: skip
    directory.offer(bridges, name="Elternfrühstück", kind="parents", languages=["ti"])
    chamber = directory.organisation(name="Anerkennungsberatung", summary="Anerkennung, Anerkennung, Anerkennung.")
    directory.offer(
        chamber, name="Beratung zur Anerkennung", kind="recognition", languages=["de"], description="Anerkennung."
    )
    meeting = directory.organisation(name="Treff", text="Bei uns sprechen alle Tigrinya, Tigrinya und Tigrinya.")
    directory.offer(meeting, name="Kaffee auf Tigrinya", kind="meeting", languages=["ti"])
    for number in range(8):
        directory.organisation(name=f"Kurse {number}", text="Wer kann, kommt und kennt sich bald aus.")
    answers = found("wer kann Tigrinya und kennt sich mit Anerkennung aus?")
    assert answers[0] == key(right)
    assert found("Tigrinya Anerkennung", spoken=("ti",))[0] == key(right)


def test_languages_and_kinds_are_found_by_their_german_names(index):
    club = directory.organisation()
    offer = directory.offer(club, name="Am Montag", kind="interpreting", description="x", languages=["prs"])
    assert key(offer) in found("Dari")
    assert key(offer) in found(gettext("interpreting, language mediation"))


def test_an_organisation_is_found_by_its_own_words_and_its_mandate(index):
    club = directory.organisation(text="Wir sind Nachbarinnen.")
    directory.mandate(club, subject="Stadtteilmütter im Nordviertel")
    assert found("Nachbarinnen") == [key(club)]
    assert found("Stadtteilmütter") == [key(club)]


STATEMENTS = [
    # what it is, its fields, words of the hit; nothing where it may not be quoted
    ("mandate", {"subject": "Stadtteilmütter"}, "Selbstauskunft der Organisation: Wir handeln"),
    ("mandate", {"subject": "Stadtteilmütter", "assurance": "confirmed"}, "Vom Auftraggeber bestätigt: Wir handeln"),
    ("mandate", {"subject": "Stadtteilmütter", "assurance": "disputed"}, None),
    ("mandate", {"subject": "Stadtteilmütter", "valid_to": datetime.date(2025, 6, 30)}, None),
    ("qualification", {"description": "Stadtteilmütter"}, "Selbstauskunft der Organisation: "),
    ("qualification", {"description": "Stadtteilmütter", "assurance": "disputed"}, None),
    ("qualification", {"description": "Stadtteilmütter", "valid_to": datetime.date(2025, 6, 30)}, None),
]


@pytest.mark.parametrize(("kind", "fields", "quoted"), STATEMENTS)
def test_a_hit_says_who_stands_behind_a_statement_and_quotes_none_that_is_over_or_disputed(index, kind, fields, quoted):
    getattr(directory, kind)(directory.organisation(), **fields)
    drain()
    hits = results_page(SearchRequest(query="Stadtteilmütter"), READER).hits
    words = ["".join(segment.text for segment in hit.passage) for hit in hits]
    assert words if quoted else not words
    assert all(quoted in passage for passage in words)


def test_every_sentence_about_a_mandate_says_who_says_so():
    """Hits quote single sentences; none of them may read like a fact."""
    club = directory.organisation()
    directory.mandate(club, speaks_for="Eltern", not_for="alle", funding="Land", valid_to=datetime.date(2099, 1, 1))
    (section,) = [one for one in organisation_record(club).sections if one.anchor == "auftrag"]
    assert len(sentences(section.text)) == 1
    assert "1. Januar 2099" in section.text


def test_what_ran_out_overnight_leaves_the_search_with_the_daily_run(index):
    club = directory.organisation()
    mandate = directory.mandate(club, subject="Stadtteilmütter")
    assert found("Stadtteilmütter") == [key(club)]
    # A day passes, which nobody saves.
    type(mandate).objects.filter(pk=mandate.pk).update(valid_to=localdate() - datetime.timedelta(days=1))
    assert found("Stadtteilmütter") == [key(club)]
    call_command("directory", "remind", verbosity=0)
    assert found("Stadtteilmütter") == []


@pytest.mark.parametrize(("days", "is_read"), [(0, False), (1, True), (31, True), (32, False)])
def test_only_what_ended_lately_is_read_again(index, days, is_read):
    directory.mandate(valid_to=localdate() - datetime.timedelta(days=days))
    before = changes()
    look_again_at_what_ended(localdate())
    assert (changes() > before) is is_read


def test_an_organisation_and_its_offers_are_found_where_they_work(index):
    seat, area = MunicipalityFactory(ags="05999000", name="Ravensfurt"), MunicipalityFactory(name="Kahlenberg")
    club = directory.organisation(municipality=seat, areas=[area])
    offer = directory.offer(club)
    elsewhere = directory.organisation(municipality=MunicipalityFactory())
    both = {key(club), key(offer)}
    for place in (seat, area):
        assert set(found("", municipality=(place.ags,))) == both
        assert set(found(place.name)) == both
    assert organisation_record(club).municipality.label == "Ravensfurt"
    elsewhere.areas.add(area)
    assert key(elsewhere) in found("Kahlenberg")
    area.name = "Neukahlenberg"
    area.save()
    assert set(found("Neukahlenberg")) == {*both, key(elsewhere)}


def test_an_organisation_renamed_or_moved_takes_its_offers_along(index):
    club = directory.organisation(name="Altername")
    offer = directory.offer(club, name="Sprechstunde")
    assert key(offer) in found("Altername")
    club.name = "Neuername"
    club.save()
    assert key(offer) in found("Neuername")
    assert found("Altername") == []


@pytest.mark.parametrize("change", ["state", "audience", "delete"])
def test_what_readers_may_not_see_any_more_is_gone_with_its_offers(index, change):
    club = directory.organisation(name="Verschwindet")
    directory.offer(club, name="Verschwindet auch")
    assert len(found("Verschwindet")) == 2
    if change == "delete":
        club.delete()
    else:
        setattr(club, change, {"state": "archived", "audience": "member"}[change])
        club.save()
    assert found("Verschwindet") == []


def test_an_offer_that_ends_is_gone_and_its_language_with_it(index):
    offer = directory.offer(directory.organisation(), name="Endet", languages=["so"])
    assert key(offer) in found("Somali")
    offer.is_active = False
    offer.save()
    assert found("Somali") == []


def test_parts_that_are_added_or_taken_away_reach_the_index(index):
    field = FieldOfActionFactory(name="Gesundheit", slug="gesundheit")
    club = directory.organisation()
    offer = directory.offer(club)
    offer.fields_of_action.add(field)
    club.fields_of_action.add(field)
    directory.speak(club, "vi", offer=offer)
    assert key(offer) in found("Vietnamesisch")
    assert set(found("", field_of_action=("gesundheit",))) == {key(club), key(offer)}
    offer.languages.get().delete()
    assert found("Vietnamesisch") == []


def test_the_languages_of_the_organisation_hold_where_an_offer_names_none(index):
    club = directory.organisation(languages=["am"])
    offer = directory.offer(club)
    assert key(offer) in found("Amharisch")
    club.languages.all().first().delete()
    assert found("Amharisch") == []


def test_no_person_is_in_any_record():
    club = directory.organisation()
    offer = directory.offer(club)
    person = directory.contact(club)
    told = repr((organisation_record(Organisation.objects.get()), offer_record(offer)))
    for words in (person.name, person.email, person.phone, person.function):
        assert words not in told


def test_drafts_have_no_record():
    club = directory.organisation(state="draft")
    assert organisation_record(club) is None
    assert offer_record(directory.offer(club)) is None
