"""What the processes that analyse get of a record: all of it."""

import datetime
from dataclasses import fields

from search.engines.base import Operation
from search.preparing import _packed, _unpacked
from search.records import Facet, SearchRecord, Section
from search.semantics.filling import _facets

WHOLE = SearchRecord(
    kind="organisation", id="1", url="/v/", title="T", summary="S",
    sections=(Section("H", "a", "X", "1", is_aside=True),),
    topics=(Facet("t", "T"),), fields_of_action=(Facet("f", "F"),), organisation="O",
    municipality=Facet("05315000", "Köln"), areas=(Facet("05314000", "Bonn"),), spoken=(Facet("ti", "Tigrinya"),),
    services=(Facet("advice", "Beratung"),), edition="2", date=datetime.date(2026, 1, 1), language="de-x-leicht",
    audience="member", keywords=("k",), caption="C", mentions=("m",),
)  # fmt: skip


def test_every_field_of_a_record_travels():
    empty = SearchRecord("", "", "", "")
    assert [one.name for one in fields(WHOLE) if getattr(WHOLE, one.name) == getattr(empty, one.name)] == []
    assert _unpacked(*_packed(Operation(WHOLE.kind, WHOLE.id, 7, WHOLE))) == Operation("organisation", "1", 7, WHOLE)


def test_meaning_is_filtered_by_every_place():
    assert _facets(WHOLE)["municipality"] == ["05315000", "05314000"]
