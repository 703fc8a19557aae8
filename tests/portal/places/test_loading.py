"""A register is loaded whole or not at all, twice without effect, and never at the cost of what was there."""

import datetime
import re
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.places.actions import PROBLEM_TEXTS, RegisterError, describe, load_municipalities
from portal.places.models import Department, Municipality
from portal.places.register import Code, Problem
from tests.factories.places import MunicipalityFactory
from tests.portal.places.registers import gv100ad, large_csv

pytestmark = pytest.mark.django_db

DAY = datetime.date(2025, 12, 31)


def load(text, as_of=DAY):
    return load_municipalities(data=text.encode(), as_of=as_of)


def test_the_gemeindeverzeichnis_arrives():
    report = load(gv100ad())
    assert (report.added, report.updated, report.unincorporated) == (5, 0, 2)
    district = Municipality.objects.get(ags="05901000")
    assert (str(district), district.get_land_display(), district.population) == (
        "Kreis Ebbetal",
        "Nordrhein-Westfalen",
        20_470,
    )
    assert str(Municipality.objects.get(ags="05900000")) == "Großenhall"


def test_a_second_load_changes_nothing():
    load(gv100ad())
    report = load(gv100ad())
    assert (report.added, report.updated, report.unchanged) == (0, 0, 5)


def test_a_later_edition_updates_in_place():
    load(gv100ad())
    office = Department.objects.create(municipality=Municipality.objects.get(ags="05901008"), name="Schulamt")
    report = load(gv100ad(day="20261231").replace("Talheim, Flecken", "Talheim-Aue, St."))
    assert (report.added, report.updated) == (0, 5)
    place = Municipality.objects.get(ags="05901008")
    assert (place.name, place.area_as_of) == ("Talheim-Aue", datetime.date(2026, 12, 31))
    assert list(place.departments.all()) == [office]


def test_an_older_edition_overwrites_nothing():
    load(gv100ad(day="20261231"))
    report = load(gv100ad(day="20241231"))
    assert (report.updated, report.kept_newer) == (0, 5)
    assert set(Municipality.objects.values_list("area_as_of", flat=True)) == {datetime.date(2026, 12, 31)}


def test_one_broken_row_keeps_the_whole_file_out():
    MunicipalityFactory(ags="05901004", name="Vorher", population=99)
    with pytest.raises(RegisterError) as refused:
        load("ags;name;kind;population\n05901004;Nachher;Gemeinde;1\n5901008;Talheim;Gemeinde;2\n")
    assert [problem.code for problem in refused.value.problems] == [Code.AGS_ZERO]
    assert list(Municipality.objects.values_list("name", "population")) == [("Vorher", 99)]


def test_what_the_file_does_not_say_stays():
    MunicipalityFactory(ags="05901004", name="Talheim", designation="Stadt", population=8_450, area_as_of=DAY)
    MunicipalityFactory(ags="05901008", name="Gutau")
    report = load("ags;name;kind\n05901004;Talheim;Gemeinde\n")
    assert (report.unchanged, report.not_in_file) == (1, 1)
    place = Municipality.objects.get(ags="05901004")
    assert (place.population, place.designation) == (8_450, "Stadt")


def test_a_merger_links_both_ways_whatever_the_order_of_the_rows():
    text = "ags;name;kind;successor_ags\n05901004;Alt;Gemeinde;05901012\n05901008;Auch alt;Gemeinde;05901012\n"
    load(text + "05901012;Neustadt;Gemeinde;\n")
    new = Municipality.objects.get(ags="05901012")
    assert {place.name for place in new.predecessors.all()} == {"Alt", "Auch alt"}
    assert Municipality.objects.get(ags="05901004").present() == new
    assert load(text + "05901012;Neustadt;Gemeinde;\n").unchanged == 3


def test_a_successor_may_be_in_the_portal_already():
    new = MunicipalityFactory(ags="05901012")
    load("ags;name;kind;successor_ags\n05901004;Alt;Gemeinde;05901012\n")
    assert Municipality.objects.get(ags="05901004").successor == new


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["05901004;A;Gemeinde;05901004"], Code.SUCCESSOR_SELF),
        (["05901004;A;Gemeinde;05901099"], Code.SUCCESSOR_UNKNOWN),
        (["05901004;A;Gemeinde;05901008", "05901008;B;Gemeinde;05901004"], Code.SUCCESSOR_CIRCLE),
    ],
)
def test_a_successor_that_leads_nowhere_is_refused(rows, code):
    with pytest.raises(RegisterError) as refused:
        load("\n".join(["ags;name;kind;successor_ags", *rows]))
    assert {problem.code for problem in refused.value.problems} == {code}
    assert not Municipality.objects.exists()


def test_a_circle_over_rows_that_are_not_in_the_file_is_found():
    end = MunicipalityFactory(ags="05901012")
    MunicipalityFactory(ags="05901008", successor=end)
    with pytest.raises(RegisterError) as refused:
        load("ags;name;kind;successor_ags\n05901012;Ende;Gemeinde;05901008\n")
    assert refused.value.problems[0].code == Code.SUCCESSOR_CIRCLE


def test_every_problem_has_words_that_say_what_to_do():
    assert set(PROBLEM_TEXTS) == set(Code)
    for code in Code:
        text = describe(Problem(7, "ags", code, "WERT", "HINWEIS"))
        assert re.search(r"\b7\b", text)
        assert "%(" not in text


def test_a_rename_is_told_to_those_who_listen(django_capture_on_commit_callbacks):
    from django.db.models.signals import post_save

    load(gv100ad())
    heard = []

    def listener(sender, instance, **kwargs):
        heard.append(instance.name)

    post_save.connect(listener, sender=Municipality)
    try:
        load(gv100ad(day="20261231").replace("Talheim, Flecken    ", "Talheim-Aue, Flecken"))
    finally:
        post_save.disconnect(listener, sender=Municipality)
    assert heard == ["Talheim-Aue"]


@pytest.mark.slow
def test_all_of_germany_is_loaded_in_seconds():
    data = large_csv()
    started = time.perf_counter()
    report = load_municipalities(data=data, as_of=DAY)
    first = time.perf_counter() - started
    assert report.added == 11_000
    changed = data.replace(b";Gemeinde;", b";Gemeinde;1")
    started = time.perf_counter()
    assert load_municipalities(data=changed, as_of=DAY).updated == 11_000
    # Generous bounds for a busy machine; both take about a second.
    assert first < 20
    assert time.perf_counter() - started < 20


class TestCommand:
    def run(self, path, *options):
        call_command("load_municipalities", str(path), *options)

    def test_it_says_what_it_did(self, tmp_path, capsys):
        path = tmp_path / "GV100AD_311225.txt"
        path.write_text(gv100ad(), encoding="utf-8")
        self.run(path)
        assert "5" in capsys.readouterr().out
        assert Municipality.objects.count() == 5

    def test_it_takes_the_area_status_of_a_csv(self, tmp_path):
        path = tmp_path / "kommunen.csv"
        path.write_text("ags;name;kind\n05901004;Talheim;Gemeinde\n", encoding="utf-8-sig")
        self.run(path, "--as-of", "2024-06-30")
        assert Municipality.objects.get().area_as_of == datetime.date(2024, 6, 30)

    def test_it_lists_the_problems_and_loads_nothing(self, tmp_path):
        path = tmp_path / "kaputt.csv"
        rows = "".join(f"{1001000 + number};Ort;Gemeinde\n" for number in range(60))
        path.write_text(f"ags;name;kind\n{rows}", encoding="utf-8")
        with pytest.raises(CommandError) as refused:
            self.run(path, "--as-of", "2025-12-31")
        message = str(refused.value)
        assert "01001000" in message
        assert len(message.splitlines()) == 52
        assert not Municipality.objects.exists()

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(CommandError) as refused:
            self.run(tmp_path / "fehlt.csv")
        assert "fehlt.csv" in str(refused.value)
