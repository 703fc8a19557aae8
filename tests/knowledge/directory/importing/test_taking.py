"""From a list to entries: dry run, decisions, taking over, the same list twice, undoing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knowledge.directory.enums import Assurance, ChangeState, EntryState
from knowledge.directory.importing import actions, taking, undoing
from knowledge.directory.importing.planning import Status
from knowledge.directory.importing.presentation import shown_rows, summary_of
from knowledge.directory.importing.reading.door import read_table
from knowledge.directory.importing.records import Outcome, State
from knowledge.directory.importing.undoing import Touched, touched_entries, undo
from knowledge.directory.importing.writing import Choices
from knowledge.directory.models import Contact, DirectoryImport, Organisation, ProfileChange
from knowledge.topics.models import FieldOfAction
from portal.audit.models import AuditEntry
from portal.shared.files import CheckedUpload, FileKinds
from tests.factories import directory
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory
from tests.knowledge.directory.importing.files import BRIDGES, HEADINGS, WAYS, as_csv

pytestmark = pytest.mark.django_db
ROWS = (HEADINGS, BRIDGES, WAYS)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def kept(editor, rows=ROWS) -> DirectoryImport:
    data = as_csv(rows)
    upload = CheckedUpload("liste.csv", FileKinds.CSV.value, data)
    return actions.keep_list(by=editor, upload=upload, table=read_table(data, "liste.csv"))


def planned(editor, rows=ROWS, choices=None, mapping=None) -> DirectoryImport:
    listed = kept(editor, rows)
    mapping = mapping or {int(at): name for at, name in listed.mapping.items()}
    actions.name_columns(by=editor, listed=listed, mapping=mapping, choices=choices or Choices())
    listed.refresh_from_db()
    return listed


def taken(editor, rows=ROWS, decisions=None, **values) -> DirectoryImport:
    listed = planned(editor, rows, **values)
    if decisions:
        shown = actions.planned_rows(listed, list(range(len(listed.rows))))
        actions.decide(by=editor, listed=listed, decisions=decisions, shown=shown)
    actions.begin(by=editor, listed=listed)
    listed.refresh_from_db()
    return listed


def statuses(listed) -> list[str]:
    return [row[0] for row in Outcome.of(listed).plan]


def test_new_rows_become_drafts_with_what_the_list_says(editor):
    listed = taken(editor)

    made = Organisation.objects.get(name="Brücken bauen e. V.")
    assert (made.state, made.kind, made.postal_code) == (EntryState.DRAFT, "mso", "26789")
    assert (made.street, made.email, made.slug) == ("Hafenstraße 3", "info@bruecken.example", "bruecken-bauen-e-v")
    assert {language.code for language in made.languages.all()} == {"ti", "ar", "de"}
    assert made.confirmed_at is None
    assert len(Outcome.of(listed).created) == 2


def test_the_dry_run_changes_nothing(editor):
    planned(editor)

    assert not Organisation.objects.exists()


def test_persons_are_nowhere_and_what_their_columns_held_is_forgotten(editor):
    listed = planned(editor)
    assert "Zwirnlein" not in str(listed.rows)
    actions.begin(by=editor, listed=listed)
    listed.refresh_from_db()

    assert not Contact.objects.exists()
    everything = str(
        [list(DirectoryImport.objects.values()), list(AuditEntry.objects.values()), list(Organisation.objects.values())]
    )
    assert "Zwirnlein" not in everything
    assert "Quellmann" not in everything
    assert listed.rows == []


def test_the_same_list_twice_changes_nothing(editor):
    rows = ((*HEADINGS, "VR-Nr.", "Rechtsform"), (*BRIDGES, "VR 1", "e. V."), (*WAYS, "", "gGmbH"))
    first = taken(editor, rows)
    before = list(Organisation.objects.order_by("pk").values())
    entries = AuditEntry.objects.count()
    again = planned(editor, rows)

    assert statuses(again) == [Status.SAME, Status.SAME]
    assert actions.taken_before(again) == first
    actions.begin(by=editor, listed=again)
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert not ProfileChange.objects.exists()
    assert AuditEntry.objects.count() == entries + 1


def test_proposals_that_were_made_or_declined_are_not_made_again(editor):
    made = directory.organisation(name="Brücken bauen e. V.", city="Ravensfurt")
    rows = (("Name", "Ort", "Rechtsform", "VR-Nr."), ("Brücken bauen e. V.", "Ravensfurt", "e. V.", "VR 1"))
    taken(editor, rows)
    assert made.changes.count() == 2
    made.changes.update(state=ChangeState.DECLINED)

    assert statuses(planned(editor, rows)) == [Status.SAME]


def test_gaps_are_filled_field_by_field_and_nothing_is_overwritten(editor):
    own = directory.organisation(
        name="Brücken bauen e. V.", city="Ravensfurt", email="eigene@bruecken.example", street=""
    )
    directory.speak(own, "en")
    listed = planned(editor)
    row = shown_rows(listed, actions.planned_rows(listed, [0]))[0]

    assert row.status == Status.FILLS
    assert [value.text for value in row.values] == ["Hafenstraße 3", "26789", "0491 1234"]
    actions.begin(by=editor, listed=listed)
    own.refresh_from_db()
    assert (own.street, own.phone, own.email) == ("Hafenstraße 3", "0491 1234", "eigene@bruecken.example")
    assert [language.code for language in own.languages.all()] == ["en"]
    assert own.versions.get(part="imported").changed_by == editor


def test_sensitive_facts_of_an_entry_become_proposals(editor):
    own = directory.organisation(name="Brücken bauen e. V.", city="Ravensfurt")
    rows = (
        ("Name", "Ort", "Rechtsform", "VR-Nr.", "Registergericht"),
        ("Brücken bauen e. V.", "Ravensfurt", "e. V.", "VR 1", "Amtsgericht"),
    )
    taken(editor, rows)

    own.refresh_from_db()
    assert (own.legal_form, own.registrations.count()) == ("", 0)
    assert {(change.act, change.state) for change in own.changes.all()} == {("change", "open"), ("add", "open")}


def test_sensitive_facts_of_a_new_entry_are_only_declared(editor):
    taken(editor, (("Name", "Rechtsform", "VR-Nr."), ("Brücken", "e. V.", "VR 1")))

    made = Organisation.objects.get()
    assert (made.legal_form, made.registrations.get().assurance) == ("ev", Assurance.DECLARED)


def test_a_suspected_duplicate_is_left_out_until_somebody_decides(editor):
    alike = directory.organisation(name="Brücken bauen Ravensfurt", city="Ravensfurt", street="")
    rows = (("Name", "Ort", "Telefon"), ("Brückenbauen Ravensfurt e. V.", "Ravensfurt", "0491 1"))
    listed = planned(editor, rows)
    assert statuses(listed) == [Status.SUSPECTED]
    assert summary_of(listed).undecided == 1
    actions.begin(by=editor, listed=listed)
    assert Organisation.objects.get() == alike

    taken(editor, rows, decisions={0: str(alike.pk)})
    alike.refresh_from_db()
    assert alike.phone == "0491 1"

    taken(editor, (rows[0], ("Brückenbauern Ravensfurt", "Ravensfurt", "0491 2")), decisions={0: "new"})
    assert Organisation.objects.count() == 2


def test_the_same_organisation_twice_in_a_list_is_made_once(editor):
    listed = taken(editor, (HEADINGS, BRIDGES, WAYS, BRIDGES))

    assert Organisation.objects.filter(name=BRIDGES[0]).count() == 1
    assert Outcome.of(listed).left == [[4, "unreadable"]]


def test_a_decision_that_was_not_offered_is_refused(editor):
    other = directory.organisation(name="Ganz anders")
    listed = planned(editor)
    shown = actions.planned_rows(listed, [0])

    for index, decision in ((0, str(other.pk)), (0, "x"), (1, "new"), (99, "new")):
        with pytest.raises(PermissionDenied):
            actions.decide(by=editor, listed=listed, decisions={index: decision}, shown=shown)


def test_rows_can_be_left_out(editor):
    taken(editor, decisions={0: "skip"})

    assert [one.name for one in Organisation.objects.all()] == ["Neue Wege gGmbH"]


def test_an_entry_that_appeared_in_the_meantime_is_not_made_twice(editor):
    listed = planned(editor)
    directory.organisation(name="Brücken bauen e. V.", city="Ravensfurt")
    actions.begin(by=editor, listed=listed)

    assert Organisation.objects.filter(name="Brücken bauen e. V.").count() == 1
    listed.refresh_from_db()
    assert [2, "appeared"] in Outcome.of(listed).left


def test_complete_entries_are_published_if_the_editor_wants_so(editor):
    FieldOfAction.objects.create(slug="bildung", name="Bildung")
    rows = (("Name", "Ort", "E-Mail", "Kurzbeschreibung", "Handlungsfelder"),
            ("Ganz da", "Ravensfurt", "info@da.example", "Wir sind da.", "Bildung"),
            ("Halb da", "Ravensfurt", "info@halb.example", "", ""))  # fmt: skip
    listed = taken(editor, rows, choices=Choices(publishes=True))

    assert {one.name: one.state for one in Organisation.objects.all()} == {"Ganz da": "live", "Halb da": "draft"}
    whole = Organisation.objects.get(name="Ganz da")
    assert whole.published_at is not None
    assert whole.confirmed_at is None
    assert Outcome.of(listed).published == [whole.pk]


def test_what_holds_for_the_whole_list_fills_what_rows_do_not_say(editor):
    town = MunicipalityFactory()
    taken(editor, choices=Choices(kind="mbe", municipality=town.pk))

    assert set(Organisation.objects.values_list("kind", "municipality")) == {("mbe", town.pk)}


def test_columns_are_remembered_for_the_next_list_with_the_same_headings(editor):
    rows = (("Bezeichnung", "Spalte mit eigenem Namen"), ("Verein", "0491 1"))
    assert kept(editor, rows).mapping == {"0": "name"}
    planned(editor, rows, mapping={0: "name", 1: "phone"})

    assert kept(editor, rows).mapping == {"0": "name", "1": "phone"}


def test_an_undone_import_leaves_nothing(editor):
    own = directory.organisation(name="Brücken bauen e. V.", city="Ravensfurt", legal_form="")
    rows = (("Name", "Ort", "Telefon", "Rechtsform", "Sprachen", "Beschreibung"),
            ("Brücken bauen e. V.", "Ravensfurt", "0491 1", "e. V.", "Tigrinya", "Wir sind da."),
            ("Neue Wege", "Ravensfurt", "", "", "", ""))  # fmt: skip
    listed = taken(editor, rows)
    own.refresh_from_db()
    assert own.phone
    undo(by=editor, listed=listed)

    own.refresh_from_db()
    assert Organisation.objects.get() == own
    assert (own.phone, own.languages.count(), own.descriptions.count()) == ("", 0, 0)
    assert set(own.changes.values_list("state", flat=True)) == {ChangeState.WITHDRAWN}
    listed.refresh_from_db()
    assert Outcome.of(listed).state == State.UNDONE
    assert AuditEntry.objects.filter(action="directory.import_undone").exists()
    with pytest.raises(PermissionDenied):
        undo(by=editor, listed=listed)
    assert taken(editor, rows).outcome["created"]


@pytest.mark.parametrize(
    "touch",
    [
        lambda one: Organisation.objects.filter(pk=one.pk).update(summary="Neu"),
        lambda one: Organisation.objects.filter(pk=one.pk).update(confirmed_at=timezone.now()),
        lambda one: Organisation.objects.filter(pk=one.pk).update(state=EntryState.LIVE),
        directory.offer,
        directory.mandate,
        lambda one: directory.contact(one, consenting=False),
        lambda one: one.areas.add(MunicipalityFactory()),
        lambda one: UserFactory(roles=[("organisation_editor", one)]),
        lambda one: directory.organisation(umbrellas=[one]),
    ],
)  # fmt: skip
def test_an_import_whose_entries_somebody_touched_is_not_undone(editor, touch):
    listed = taken(editor)
    assert touched_entries(listed) == []
    made = Organisation.objects.get(name=BRIDGES[0])
    touch(made)

    with pytest.raises(Touched) as refused:
        undo(by=editor, listed=listed)
    assert refused.value.keys == [made.pk]
    assert Organisation.objects.filter(name__in=[BRIDGES[0], WAYS[0]]).count() == 2


def test_a_long_import_is_undone_by_the_worker(editor, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    listed = taken(editor)
    with django_capture_on_commit_callbacks(execute=True):
        undoing.begin_to_undo(by=editor, listed=listed)
    assert not Organisation.objects.exists()

    listed = taken(editor)
    with django_capture_on_commit_callbacks() as left:
        undoing.begin_to_undo(by=editor, listed=listed)
    listed.refresh_from_db()
    assert Outcome.of(listed).state == State.UNDOING
    directory.offer(Organisation.objects.first())
    for callback in left:
        callback()
    listed.refresh_from_db()
    assert Outcome.of(listed).state == State.DONE
    assert Organisation.objects.count() == 2


def test_what_is_gone_already_does_not_hinder_undoing(editor):
    listed = taken(editor)
    Organisation.objects.get(name=BRIDGES[0]).delete()
    undo(by=editor, listed=listed)

    assert not Organisation.objects.exists()


def test_a_long_list_is_carried_on_where_it_was_interrupted(editor, monkeypatch):
    monkeypatch.setattr(taking, "PIECE", 10)
    rows = (
        ("Name", "Ort"),
        *((f"Verein Nummer {number} {chr(97 + number) * 6}", "Ravensfurt") for number in range(25)),
    )
    listed = planned(editor, rows)
    pieces = []

    def stops(*args):
        if len(pieces) == 1:
            raise KeyboardInterrupt
        pieces.append(1)
        return taking_piece(*args)

    taking_piece = taking._take_piece
    monkeypatch.setattr(taking, "_take_piece", stops)
    with pytest.raises(KeyboardInterrupt):
        actions.begin(by=editor, listed=listed)
    listed.refresh_from_db()
    outcome = Outcome.of(listed)
    assert (outcome.state, outcome.next_row, Organisation.objects.count()) == (State.STOPPED, 10, 10)
    # A process that was killed leaves no such word; it counts as running until it was silent for long enough.
    outcome.state, outcome.seen_at = State.RUNNING, timezone.now()
    outcome.save(listed)
    with pytest.raises(actions.NotInThisState):
        actions.begin(by=editor, listed=listed)

    monkeypatch.setattr(taking, "_take_piece", taking_piece)
    later = timezone.now() + actions.PATIENCE * 2
    monkeypatch.setattr(timezone, "now", lambda: later)
    actions.begin(by=editor, listed=listed)
    listed.refresh_from_db()
    assert (Outcome.of(listed).state, Organisation.objects.count()) == (State.DONE, 25)


def test_two_lists_are_never_taken_over_at_the_same_time(editor):
    first, second = planned(editor), planned(editor)
    outcome = Outcome.of(first)
    outcome.state, outcome.seen_at = State.RUNNING, timezone.now()
    outcome.save(first)

    with pytest.raises(actions.AnotherOneRuns):
        actions.begin(by=editor, listed=second)


@pytest.mark.parametrize("roles", [[], ["author"]])
def test_only_those_who_look_after_the_directory_bring_lists(editor, roles):
    person = UserFactory(roles=roles)
    listed = planned(editor)
    acts = [
        lambda: kept(person),
        lambda: actions.name_columns(by=person, listed=listed, mapping={0: "name"}, choices=Choices()),
        lambda: actions.begin(by=person, listed=listed),
        lambda: actions.throw_away(by=person, listed=listed),
        lambda: undo(by=person, listed=listed),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_somebody_who_lost_the_right_stops_the_import(editor):
    listed = planned(editor)
    outcome = Outcome.of(listed)
    outcome.state, outcome.seen_at, outcome.started_by = State.RUNNING, timezone.now(), editor.pk
    outcome.save(listed)
    editor.role_assignments.update(ended_at=timezone.now())
    taking.take_over(pk=listed.pk)

    listed.refresh_from_db()
    assert Outcome.of(listed).state == State.STOPPED
    assert not Organisation.objects.exists()


def test_what_is_done_is_done_by_whoever_starts_it(editor):
    directory.organisation(name="Brücken bauen e. V.", city="Ravensfurt", street="")
    listed, other = planned(editor), UserFactory(editor=True)
    actions.begin(by=other, listed=listed)

    listed.refresh_from_db()
    assert listed.uploaded_by == editor
    assert AuditEntry.objects.get(action="directory.imported").actor_id == other.pk
    assert Organisation.objects.get(name="Brücken bauen e. V.").versions.get(part="imported").changed_by == other


def test_lists_that_nobody_took_over_are_forgotten_after_a_week(editor):
    old, done = kept(editor), taken(editor)
    DirectoryImport.objects.update(uploaded_at=timezone.now() - actions.KEEP_FOR * 2)
    kept(editor)

    assert not DirectoryImport.objects.filter(pk=old.pk).exists()
    assert DirectoryImport.objects.filter(pk=done.pk).exists()
