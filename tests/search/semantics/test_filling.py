"""How vectors are made, kept and removed."""

import pytest

from portal.places.models import Department
from search.drain import drain
from search.semantics.embedder import EmbedderUnavailable
from search.semantics.filling import Filler, due, forget
from search.semantics.models import PassageVector, RecordMeaning, Revision

pytestmark = pytest.mark.django_db


def test_an_unchanged_text_is_never_embedded_twice(office, fill, model):
    place = office("Bauhof")
    # The office and its municipality.
    assert fill().embedded == 2
    Department.objects.get(pk=place.pk).save()
    again = fill()
    assert (again.records, again.embedded, again.reused) == (1, 0, 1)
    assert fill().records == 0
    assert len(model.given) == len(set(model.given))


def test_only_the_changed_piece_is_embedded_and_the_old_one_goes(office, fill):
    place = office("Bauhof")
    fill()
    mine = PassageVector.objects.filter(record__kind="test_department", record__object_id=str(place.pk))
    before = set(mine.values_list("digest", flat=True))
    place.name = "Winterdienst"
    place.save()
    assert fill().embedded == 1
    after = set(mine.values_list("digest", flat=True))
    assert len(after) == 1
    assert not after & before


def test_the_audience_follows_without_a_new_vector(office, fill):
    place = office("Bauhof")
    fill()
    place.email = "editor@kommune.example"
    place.save()
    assert fill().embedded == 0
    assert RecordMeaning.objects.get(object_id=str(place.pk), kind="test_department").audience == "editor"


@pytest.mark.parametrize("how", ["deleted", "withdrawn"])
def test_what_is_removed_leaves_its_key_and_no_text(office, fill, how):
    place = office("Bauhof")
    key = str(place.pk)
    fill()
    if how == "deleted":
        place.delete()
    else:
        place.email = ""
        place.save()
    assert fill().removed == 1
    row = RecordMeaning.objects.get(object_id=key, kind="test_department")
    assert (row.audience, row.facets, row.shown) == ("", {}, {})
    assert not row.passages.exists()


def test_an_older_state_never_overwrites_a_newer_one(office, fill, model):
    from search.drain import operations_for
    from search.models import OutboxEntry
    from search.semantics.filling import store
    from search.semantics.pieces import pieces

    place = office("Bauhof")
    entry = OutboxEntry.objects.get(kind="test_department", object_id=str(place.pk))
    ((late,), _) = operations_for([entry])
    place.name = "Winterdienst"
    place.save()
    fill()
    store(late, late.record, pieces(late.record), {}, model.name)
    assert RecordMeaning.objects.get(object_id=entry.object_id, kind=entry.kind).shown["title"] == "Winterdienst"


def test_another_model_embeds_everything_anew(office, fill, model):
    office("Bauhof")
    fill()
    model.name = "fake 2"
    assert due(model.name).count()
    assert fill().embedded >= 1
    assert set(RecordMeaning.objects.values_list("model", flat=True)) == {"fake 2"}


def test_one_odd_record_holds_up_no_other(office, model, fill):
    model.poison = "Duldung"
    office("Duldung")
    fine = office("Bauhof")
    filled = fill()
    assert list(filled.failed)
    assert RecordMeaning.objects.filter(object_id=str(fine.pk), version__gte=0).exists()
    assert fill().failed == {}


def test_a_model_out_of_order_is_told_and_leaves_everything_due(office, model, fill):
    office("Bauhof")
    model.is_broken = True
    with pytest.raises(EmbedderUnavailable):
        fill()
    assert due(model.name).count()


def test_what_was_never_marked_is_filled_by_the_command(office, model):
    from search.models import OutboxEntry

    office("Bauhof")
    OutboxEntry.objects.all().delete()
    assert Filler(model).fill_changed().records == 0
    assert Filler(model).fill_all().records
    assert Filler(model).fill_all().records == 0


def test_a_stop_keeps_what_was_made(office, model, monkeypatch):
    from search.semantics import filling

    monkeypatch.setattr(filling, "PIECES_AT_ONCE", 1)
    monkeypatch.setattr("search.semantics.pieces.LONGEST_PIECE", 12)
    place = office("Bauhof eins zwei drei vier fünf sechs sieben acht neun")
    mine = PassageVector.objects.filter(record__kind="test_department", record__object_id=str(place.pk))
    Filler(model, lambda: mine.count() >= 2).fill_changed()
    assert mine.count() == 2
    assert not due(model.name).filter(kind="test_municipality").exists()
    Filler(model).fill_changed()
    assert mine.count() > 2
    # Nothing was given to the model twice.
    assert len(model.given) == len(set(model.given))


def test_forgetting_leaves_nothing_and_tells_every_process(office, fill):
    office("Bauhof")
    fill()
    before = Revision.current()
    assert forget() == 1 + RecordMeaning.objects.exclude(kind="test_department").count()
    assert not PassageVector.objects.exists()
    assert Revision.current() > before
    drain()
    assert fill().embedded
