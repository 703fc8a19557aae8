"""What every engine must do, in examples; an engine's own test module inherits from this and names itself."""

import datetime
from dataclasses import replace

import pytest

from search.engines.base import EngineRequest, EngineUnavailable, Operation, Role, Verdict, Withheld
from search.engines.documents import Prepared, RecordMaker
from search.language.analysis import Analyzer
from search.language.lexicon import build_lexicon
from search.ranking import Concept, Sought
from search.records import Facet, SearchRecord, Section

PUBLIC = frozenset({"public"})
EDITORS = frozenset({"public", "member", "staff", "editor"})


def record(number, title, text="", *, audience="public", heading="Teil", kind="paper", **kwargs) -> SearchRecord:
    sections = (Section(heading, f"s{number}", text),) if text else ()
    return SearchRecord(kind, str(number), f"/p/{number}/", title, sections=sections, audience=audience, **kwargs)


def put(found: SearchRecord, version=1) -> Operation:
    return Operation(found.kind, found.id, version, found)


def words(*asked) -> Sought:
    return Sought(tuple(Concept(((word,),)) for word in asked), (), asked)


def phrase(*asked) -> Sought:
    return Sought(phrases=(asked,))


class EngineContract:
    """Inherit and provide the fixture `engine`: an engine without any index yet."""

    @pytest.fixture
    def ready(self, engine):
        engine.activate(engine.begin_generation(build_lexicon([])))
        return engine

    def ask(self, engine, sought=Sought(), labels=PUBLIC, **kwargs):  # noqa: B008 -- frozen and empty.
        return engine.snapshot().search(EngineRequest(labels, sought, **kwargs))

    def ids(self, engine, *args, **kwargs):
        return [hit.id for hit in self.ask(engine, *args, **kwargs).hits]

    def test_without_an_index_it_says_so_instead_of_finding_nothing(self, engine):
        with pytest.raises(EngineUnavailable):
            engine.snapshot()
        with pytest.raises(EngineUnavailable):
            engine.write([put(record(1, "Duldung"))])

    def test_one_telling_section_of_a_long_record_is_not_buried_by_the_rest(self, ready):
        padding = tuple(Section(f"Teil {n}", f"t{n}", "Ganz andere Dinge stehen hier. " * 40) for n in range(30))
        telling = Section("Befund", "befund", "Die Ausbildungsduldung braucht einen Bescheid.")
        long = SearchRecord("paper", "1", "/p/1/", "Ein langer Bericht", sections=(*padding, telling))
        passing = "Dies und das und noch vieles andere mehr, und dabei einmal ein Bescheid. " + "Sonst nichts. " * 60
        ready.write([put(long), *(put(record(n, "Vermerk", passing)) for n in range(2, 8))])
        assert self.ids(ready, words("Bescheid"))[0] == "1"

    def test_what_bears_the_name_comes_before_whatever_mentions_it(self, ready):
        mentions = [
            put(record(n, "Amt", "Behörde, Behörde und noch eine Behörde.", heading="Behörde")) for n in range(2, 6)
        ]
        ready.write([put(record(1, "Die Behörden", "")), put(record(9, "Behörde", "Ein Wort.")), *mentions])
        assert self.ids(ready, words("Behörde"))[0] == "9"

    def test_pages_behind_each_other_show_every_hit_once(self, ready):
        ready.write([put(record(n, f"Vermerk {n}", "Der Bescheid. " * (n % 7 + 1))) for n in range(1, 121)])
        shown = [hit for offset in range(0, 120, 10) for hit in self.ids(ready, words("Bescheid"), offset=offset)]
        assert len(shown) == len(set(shown)) == 120

    def test_what_is_written_is_found_at_once_with_all_it_shows(self, ready):
        ready.write(
            [
                put(
                    record(
                        1,
                        "Duldung",
                        "Die Ausbildungsduldung hilft.",
                        organisation="AG",
                        edition="2",
                        municipality=Facet("05315000", "Köln"),
                        date=datetime.date(2014, 4, 30),
                    )
                )
            ]
        )
        (hit,) = self.ask(ready, words("Ausbildungsduldung")).hits
        assert (hit.kind, hit.id, hit.url, hit.title) == ("paper", "1", "/p/1/", "Duldung")
        assert (hit.organisation, hit.municipality, hit.edition) == ("AG", "Köln", "2")
        assert hit.date == datetime.date(2014, 4, 30)
        assert [(s.heading, s.anchor, s.text) for s in hit.sections] == [
            ("Teil", "s1", "Die Ausbildungsduldung hilft.")
        ]

    def test_an_exact_word_ranks_above_a_compound_and_both_are_found(self, ready):
        ready.write(
            [
                put(record(1, "Rat der Ausländerbehörde", "Ausländerbehörde und Ausländerbehörde")),
                put(record(2, "Etwas anderes", "In einem langen Text steht einmal das Wort Behörde, sonst nichts.")),
            ]
        )
        assert self.ids(ready, words("Behörde")) == ["2", "1"]

    def test_the_parts_of_a_compound_together_find_it(self, ready):
        ready.write(
            [put(record(1, "Vereine", "Die Organisation der Migranten")), put(record(2, "Organisation", "allein"))]
        )
        assert self.ids(ready, words("Migrantenorganisation")) == ["1"]

    def test_a_hit_for_all_words_ranks_above_a_hit_for_one(self, ready):
        ready.write(
            [put(record(1, "Bericht Bericht Bericht")), put(record(2, "Vermerk", "Ein Bericht mit Schlussfolgerungen"))]
        )
        assert self.ids(ready, words("Bericht", "Schlussfolgerung")) == ["2", "1"]

    def test_a_phrase_is_found_only_in_its_order(self, ready):
        ready.write([put(record(1, "a", "interkulturelle Öffnung")), put(record(2, "b", "Öffnung, interkulturelle"))])
        assert self.ids(ready, phrase("interkulturellen", "Öffnung")) == ["1"]

    def test_a_phrase_does_not_reach_from_one_section_into_the_next(self, ready):
        two = (Section("Eins", "a", "alles über Duldung"), Section("", "b", "Ausbildung beginnt"))
        ready.write([put(SearchRecord("paper", "1", "/p/", "Titel", sections=two))])
        assert self.ids(ready, phrase("Duldung", "Ausbildung")) == []

    def test_records_are_counted_not_their_sections(self, ready):
        parts = tuple(Section(f"Teil {n}", f"s{n}", "Alles über Duldung") for n in range(6))
        ready.write([put(SearchRecord("paper", "1", "/p/", "Duldung", sections=parts, topics=(Facet("t", "T"),)))])
        answer = self.ask(ready, words("Duldung"))
        assert answer.total == 1
        assert answer.hits[0].section_count == 6
        assert [(f.key, f.label, f.count) for f in answer.facets["topic"]] == [("t", "T", 1)]

    @pytest.mark.parametrize(
        ("labels", "expected"), [(PUBLIC, {"1"}), (EDITORS, {"1", "2"}), (frozenset({"group:7"}), {"3"})]
    )
    def test_only_records_of_the_readers_audiences_show_anywhere(self, ready, labels, expected):
        topics = {n: (Facet(f"t{n}", f"Thema {n}"),) for n in range(1, 4)}
        ready.write(
            [
                put(record(1, "Duldung offen", "Offenwort", topics=topics[1])),
                put(record(2, "Duldung geheim", "Geheimwort", audience="editor", topics=topics[2])),
                put(record(3, "Duldung Gruppe", "Gruppenwort", audience="group:7", topics=topics[3])),
            ]
        )
        answer = self.ask(ready, words("Duldung"), labels)
        assert {hit.id for hit in answer.hits} == expected
        assert answer.total == len(expected)
        assert {f.key for f in answer.facets["topic"]} == {f"t{n}" for n in expected}
        snapshot = ready.snapshot()
        assert {hit.id for hit in snapshot.suggest_titles("Duld", labels, 9)} == expected
        seen = {"1": "Offenwort", "2": "Geheimwort", "3": "Gruppenwort"}
        for number, word in seen.items():
            assert bool(snapshot.uses([word], labels)[word]) == (number in expected)
            stem = snapshot.analyzer.word(word).stem
            assert snapshot.known([stem], labels) == ({stem} if number in expected else set())

    @pytest.mark.parametrize(
        "withheld",
        [Withheld(records=frozenset({("paper", "2")})), Withheld(kinds=frozenset({"secret"}))],
        ids=["a record", "a kind"],
    )
    def test_what_is_withheld_shows_nowhere(self, ready, withheld):
        topics = {n: (Facet(f"t{n}", f"Thema {n}"),) for n in range(1, 3)}
        kind = "secret" if withheld.kinds else "paper"
        ready.write(
            [
                put(record(1, "Duldung offen", "Offenwort", topics=topics[1])),
                put(record(2, "Duldung wartend", "Wartewort", topics=topics[2], kind=kind)),
            ]
        )
        snapshot = ready.snapshot().without(withheld)
        answer = snapshot.search(EngineRequest(PUBLIC, words("Duldung")))
        assert ([hit.id for hit in answer.hits], answer.total) == (["1"], 1)
        assert [found.key for found in answer.facets["topic"]] == ["t1"]
        assert [hit.id for hit in snapshot.suggest_titles("Duld", PUBLIC, 9)] == ["1"]
        assert snapshot.uses(["Wartewort", "Offenwort"], PUBLIC) == {"Wartewort": 0, "Offenwort": 1}
        assert not snapshot.known([snapshot.analyzer.word("Wartewort").stem], PUBLIC)
        assert ready.snapshot().uses(["Wartewort"], PUBLIC) == {"Wartewort": 1}

    def test_partners_are_narrowed_by_language_and_service_and_found_by_their_names(self, ready):
        tigrinya, arabic, advice = Facet("ti", "Tigrinya"), Facet("ar", "Arabisch"), Facet("advice", "Beratung")
        ready.write(
            [
                put(record(1, "Haus", spoken=(tigrinya, arabic), services=(advice,))),
                put(record(2, "Hof", spoken=(arabic,))),
            ]
        )
        answer = self.ask(ready, filters={"spoken": ("ti",), "service": ("advice",)})
        assert [hit.id for hit in answer.hits] == ["1"]
        assert {f.key: (f.label, f.count) for f in answer.facets["spoken"]} == {
            "ti": ("Tigrinya", 1),
            "ar": ("Arabisch", 1),
        }
        assert [hit.id for hit in self.ask(ready, words("Tigrinya")).hits] == ["1"]

    def test_a_record_is_found_at_its_seat_and_in_every_place_it_is_there_for(self, ready):
        seat, area = Facet("05315000", "Köln"), Facet("05314000", "Bonn")
        ready.write(
            [
                put(record(1, "Brücken", municipality=seat, areas=(area, seat))),
                put(record(2, "Wege", areas=(area,))),
                put(record(3, "Tore", municipality=Facet("05111000", "Düsseldorf"))),
            ]
        )
        answer = self.ask(ready, filters={"municipality": ("05314000",)})
        assert {hit.id: hit.municipality for hit in answer.hits} == {"1": "Köln", "2": ""}
        assert {f.key: (f.label, f.count) for f in answer.facets["municipality"]} == {
            "05315000": ("Köln", 1), "05314000": ("Bonn", 2), "05111000": ("Düsseldorf", 1),
        }  # fmt: skip
        assert set(self.ids(ready, words("bonn"))) == {"1", "2"}

    def test_filters_narrow_and_a_chosen_facet_keeps_its_other_values(self, ready):
        ready.write(
            [
                put(record(1, "Duldung", topics=(Facet("a", "A"),), date=datetime.date(2020, 1, 1))),
                put(record(2, "Duldung", topics=(Facet("b", "B"),), date=datetime.date(2021, 1, 1))),
                put(record(3, "Duldung", topics=(Facet("b", "B"),), date=datetime.date(2021, 6, 1))),
            ]
        )
        answer = self.ask(ready, words("Duldung"), filters={"topic": ("a",)})
        assert [hit.id for hit in answer.hits] == ["1"]
        assert {f.key: f.count for f in answer.facets["topic"]} == {"a": 1, "b": 2}
        assert {f.key: f.count for f in answer.facets["year"]} == {"2020": 1}
        assert self.ask(ready, words("Duldung"), filters={"topic": ("a", "b")}).total == 3

    def test_a_mention_is_found_behind_every_text_and_counted(self, ready):
        entry = record(1, "Elementarbildung", caption="Bildung in der Kita.", mentions=("Krippe",))
        ready.write(
            [put(entry), put(record(2, "Vermerk", "Viel Text " * 300 + "und einmal Kita.")), put(record(3, "X"))]
        )
        assert self.ids(ready, words("Kita")) == ["2", "1"]
        assert self.ids(ready, words("Kita", "Krippe")) == ["2", "1"]
        answer = self.ask(ready, words("Krippe"))
        assert [hit.id for hit in answer.hits] == ["1"]
        assert sum(facet.count for facet in answer.facets["kind"]) == answer.total == 1

    def test_a_typed_title_ranks_above_a_synonym_in_a_title(self, ready):
        ready.write([put(record(1, "Landesamt für Einwanderung")), put(record(2, "Ausländerbehörde"))])
        synonyms = (("Landesamt", "für", "Einwanderung"),)
        asked = Sought((Concept((("Termin",),)), Concept((("Ausländerbehörde",),), synonyms)))
        assert self.ids(ready, asked) == ["2", "1"]

    def test_a_synonym_matches_as_a_whole_word_only(self, ready):
        ready.write(
            [put(record(1, "Verein")), put(record(2, "Sportverein")), put(record(3, "Bund")), put(record(4, "X"))]
        )
        assert self.ids(ready, Sought((Concept((("Bund",),), (("Verein",),)),))) in (["1", "3"], ["3", "1"])

    def test_an_aside_comes_after_the_sections_of_a_hit(self, ready):
        aside = Section("Fußnote 1", "fn1", "Duldung Duldung Duldung", is_aside=True)
        found = SearchRecord("paper", "1", "/p/", "T", sections=(aside, Section("Teil", "s", "Ein Wort über Duldung.")))
        ready.write([put(found)])
        (hit,) = self.ask(ready, words("Duldung")).hits
        assert [(section.anchor, section.is_aside) for section in hit.sections] == [("s", False), ("fn1", True)]

    def test_the_newest_come_first_and_undated_last(self, ready):
        days = {1: datetime.date(2020, 1, 1), 2: None, 3: datetime.date(2024, 1, 1)}
        ready.write([put(record(n, "Duldung", date=day)) for n, day in days.items()])
        assert self.ids(ready, words("Duldung"), newest_first=True) == ["3", "1", "2"]

    def test_pages_follow_each_other(self, ready):
        ready.write([put(record(n, "Duldung", date=datetime.date(2000 + n, 1, 1))) for n in range(1, 8)])
        pages = [self.ids(ready, words("Duldung"), newest_first=True, offset=o, limit=3) for o in (0, 3, 6)]
        assert pages == [["7", "6", "5"], ["4", "3", "2"], ["1"]]

    def test_nothing_sought_lists_everything(self, ready):
        ready.write([put(record(1, "Eins")), put(record(2, "Zwei"))])
        assert self.ask(ready).total == 2

    def test_a_later_write_replaces_and_a_removal_removes(self, ready):
        ready.write([put(record(1, "Alt", "alter Text"))])
        ready.write([put(record(1, "Neu", "neuer Text"), version=2)])
        assert self.ids(ready, words("alt")) == []
        assert self.ids(ready, words("neu")) == ["1"]
        ready.write([Operation("paper", "1", 3, None)])
        assert self.ask(ready).total == 0

    def test_an_older_version_never_replaces_a_newer_one(self, ready):
        ready.write([put(record(1, "Neu"), version=5)])
        (outcome,) = ready.write([put(record(1, "Alt"), version=4)])
        assert outcome.verdict is Verdict.SUPERSEDED
        (outcome,) = ready.write([Operation("paper", "1", 4, None)])
        assert outcome.verdict is Verdict.SUPERSEDED
        assert self.ids(ready, words("Neu")) == ["1"]

    def test_writing_the_same_twice_changes_nothing(self, ready):
        for _ in range(2):
            (outcome,) = ready.write([put(record(1, "Duldung", "Text"))])
            assert outcome.verdict is Verdict.DONE
        assert self.ask(ready, words("Duldung")).total == 1
        assert [(held.kind, held.id, held.version) for held in ready.held()] == [("paper", "1", 1)]

    def test_outcomes_come_in_the_order_of_the_operations(self, ready):
        ready.write([put(record(2, "Zwei"), version=9)])
        outcomes = ready.write([put(record(1, "Eins")), put(record(2, "Zwei")), Operation("paper", "3", 1, None)])
        assert [o.operation.id for o in outcomes] == ["1", "2", "3"]
        assert [o.verdict for o in outcomes] == [Verdict.DONE, Verdict.SUPERSEDED, Verdict.DONE]

    def test_a_new_generation_hears_of_changes_and_takes_over_when_activated(self, ready):
        ready.write([put(record(1, "Eins"))])
        fresh = ready.begin_generation(build_lexicon([]))
        ready.write([put(record(2, "Zwei"))])
        assert self.ids(ready, words("Zwei")) == ["2"]
        ready.write([put(record(1, "Eins"))], generation=fresh)
        ready.activate(fresh)
        assert sorted(self.ids(ready)) == ["1", "2"]

    def test_the_generation_before_is_kept_hears_of_nothing_and_can_be_used_again(self, ready):
        ready.write([put(record(1, "Eins"))])
        (first,) = ready.generations()
        ready.activate(ready.begin_generation(build_lexicon([])))
        ready.retire_others()
        ready.write([put(record(2, "Zwei"))])
        assert [(state.role, state.records) for state in ready.generations()] == [(Role.CURRENT, 1), (Role.PREVIOUS, 1)]
        assert ready.resume_previous() == first.name
        assert [held.id for held in ready.held(generation=first.name)] == ["1"]
        ready.write([put(record(3, "Drei"))])
        ready.activate(first.name)
        ready.retire_others()
        assert sorted(self.ids(ready)) == ["1", "3"]
        assert ready.generations()[0].name == first.name

    def test_only_the_generation_before_is_kept_until_it_is_cleaned_up(self, ready):
        for _ in range(3):
            ready.activate(ready.begin_generation(build_lexicon([])))
            ready.retire_others()
        assert [state.role for state in ready.generations()] == [Role.CURRENT, Role.PREVIOUS]
        assert ready.remove_previous() == 1
        assert [state.role for state in ready.generations()] == [Role.CURRENT]
        with pytest.raises(EngineUnavailable):
            ready.resume_previous()

    def test_what_was_analysed_beforehand_is_taken_only_with_the_same_lexicon(self, ready):
        lexicon, other = build_lexicon([]), build_lexicon(["Quark", "Bällchen"])
        for fitting, number in ((lexicon, 1), (other, 2)):
            found = record(number, "Wahr")
            made = RecordMaker(Analyzer(fitting)).make(put(record(number, "Beforehand")))
            ready.write([replace(put(found), prepared=Prepared(fitting.fingerprint, made))])
        assert self.ids(ready, words("Beforehand")) == ["1"]
        assert self.ids(ready, words("Wahr")) == ["2"]

    def test_a_discarded_generation_leaves_the_current_one_as_it_was(self, ready):
        ready.write([put(record(1, "Eins"))])
        ready.discard(ready.begin_generation(build_lexicon([])))
        assert self.ids(ready) == ["1"]
        ready.write([put(record(2, "Zwei"))])
        assert sorted(self.ids(ready)) == ["1", "2"]

    def test_only_one_writer_at_a_time(self, ready):
        with ready.exclusive(1), pytest.raises(EngineUnavailable), ready.exclusive(0.05):
            pass

    def test_long_sections_are_quoted_in_pieces(self, ready):
        text = " ".join(f"Satz Nummer {n} spricht vom Wetter." for n in range(900)) + " Am Ende steht Duldung."
        ready.write([put(record(1, "Lang", text))])
        (hit,) = self.ask(ready, words("Duldung")).hits
        assert hit.sections[0].text.endswith("Am Ende steht Duldung.")
        assert len(hit.sections[0].text) < 5_000
