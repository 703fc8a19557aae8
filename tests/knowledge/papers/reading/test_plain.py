"""Plain text: encodings, hard lines, lists, footnotes, and what is told when something is doubtful."""

import pytest

from knowledge.papers.reading.document import ListBlock, Paragraph, Quote, RemarkCode, RemarkKind, Table, plain
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason


def read(text: str, encoding: str = "utf-8"):
    return read_paper(text.encode(encoding), "papier.txt")


def codes(paper, kind=RemarkKind.UNCERTAIN):
    return [remark.code for remark in paper.remarks_of(kind)]


def words(block: ListBlock):
    return [(plain(item.runs), [words(child) for child in item.children]) for item in block.items]


TEXT = "Größe zählt\n\nDie Straße führt überall hin. „Ja“ – sagt man.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    paper = read(TEXT, encoding)

    assert paper.title == "Größe zählt"
    assert paper.preamble[0].text == "Die Straße führt überall hin. „Ja“ – sagt man."


def test_decomposed_umlauts_are_put_together():
    assert read("U\u0308bergang\n\nText folgt.").title == "Übergang"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(ends):
    assert len(read(ends.join(["Titel", "", "Absatz eins.", "", "Absatz zwei."])).preamble) == 2


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", b"MZ\x90\0\x03", bytes(range(256))])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(data, "papier.txt")

    assert unreadable.value.reason in (Reason.WRONG_TYPE, Reason.DAMAGED)


def test_damaged_utf8_is_not_passed_off_as_something_else():
    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper("Größe übt Straßen. ".encode() * 3 + b"\xc3", "papier.txt")

    assert unreadable.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("data", [b"", b" \n\n\t", "\ufeff".encode()])
def test_an_empty_file_is_refused_as_empty(data):
    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(data, "papier.txt")

    assert unreadable.value.reason is Reason.EMPTY


def test_one_long_line_per_paragraph_needs_no_empty_lines():
    long = "Ein langer Absatz, der in einer einzigen Zeile steht. " * 6
    paper = read(f"Titel\n{long}\nErster Abschnitt\n{long}\nZweiter Abschnitt\n{long}")

    assert [part.heading for part in paper.sections] == ["Erster Abschnitt", "Zweiter Abschnitt"]


def test_a_word_broken_at_a_line_end_is_healed_and_told():
    paper = read("Titel\n\nDie Berufs-\nvorbereitung hilft der Bund-\nLänder-Gruppe.")

    assert paper.preamble[0].text == "Die Berufsvorbereitung hilft der Bund-Länder-Gruppe."
    assert codes(paper, RemarkKind.HEALED) == [RemarkCode.HYPHEN]


def test_a_dash_inside_a_wrapped_paragraph_is_no_list():
    paper = read(
        "Titel\n\nDas Ziel ist es, alle Kräfte gemeinsam zu nutzen\n- das heißt ohne Ausnahme - und zwar bald."
    )

    assert [type(block) for block in paper.preamble] == [Paragraph]


def test_a_date_at_the_start_of_a_line_is_no_list():
    paper = read("Titel\n\nDie Tagung fand am\n19. März in Mühlbach statt und war gut besucht.")

    assert paper.preamble[0].text == "Die Tagung fand am 19. März in Mühlbach statt und war gut besucht."


def test_lists_nest_by_sign_and_by_indent():
    paper = read("Titel\n\nEs geht um:\n- eins\n  - eins eins\n  - eins zwei\n    o tief\n- zwei\n\nSchluss damit.")

    (_, block, _) = paper.preamble
    assert words(block) == [
        ("eins", [[("eins eins", []), ("eins zwei", [[("tief", [])]])]]),
        ("zwei", []),
    ]


def test_a_list_that_is_not_counted_from_one_keeps_its_numbers_as_text():
    paper = read("Titel\n\nEs gilt:\n\n4. vierter Punkt\n5. fünfter Punkt\n\nSchluss damit.")

    assert words(paper.preamble[1]) == [("4. vierter Punkt", []), ("5. fünfter Punkt", [])]
    assert not paper.preamble[1].ordered
    assert RemarkCode.NUMBERING_KEPT_AS_TEXT in codes(paper)


def test_letters_before_items_stay_readable():
    paper = read("Titel\n\nEs gilt:\na) dies\nb) jenes\n\nSchluss damit.")

    assert words(paper.preamble[1]) == [("a) dies", []), ("b) jenes", [])]


def test_an_item_of_two_paragraphs_stays_one_item():
    paper = read("Titel\n\nEs gilt:\n\n- Erster Satz.\n\n  Zweiter Satz.\n- Noch ein Punkt.\n\nSchluss damit.")

    assert words(paper.preamble[1]) == [("Erster Satz.\nZweiter Satz.", []), ("Noch ein Punkt.", [])]


def test_numbered_headings_are_no_list():
    paper = read("Titel\n\n1. Lage\n\nText der Lage.\n\n2. Ziele\n\nText der Ziele.\n\n2.1 Nahziele\n\nText dazu.")

    assert [(part.level, part.title) for part in paper.sections] == [
        (1, "1. Lage"),
        (1, "2. Ziele"),
        (2, "2.1 Nahziele"),
    ]


def test_an_unnumbered_heading_between_numbered_ones_gets_a_guessed_level():
    paper = read("Titel\n\n1. Lage\n\nSo ist es.\n\nZwischenruf\n\nSo auch.\n\n2. Ziele\n\nDahin geht es.")

    assert [part.level for part in paper.sections] == [1, 2, 1]
    assert codes(paper) == [RemarkCode.LEVEL_GUESSED]


def test_a_short_line_before_a_list_is_kept_as_a_paragraph_and_marked():
    paper = read(
        "Titel\n\nEin erster Satz steht hier.\n\nDie Gruppe empfiehlt vor allem dies\n\n- mehr Zeit\n- mehr Geld"
    )

    assert not paper.sections
    assert codes(paper) == [RemarkCode.MAYBE_HEADING]


def test_a_title_over_a_list_is_a_heading_and_marked():
    paper = read("Titel\n\nEin erster Satz steht hier.\n\nForderungen\n\n- Mehr Zeit für alle.\n- Mehr Geld für alle.")

    assert [part.heading for part in paper.sections] == ["Forderungen"]
    assert codes(paper) == [RemarkCode.HEADING_BY_SHAPE]


def test_footnotes_counted_anew_on_each_page_are_counted_through():
    paper = read("Titel\n\nErster Satz.¹ Weiter.\n\n¹ Note eins.\n\nZweiter Satz.¹ Weiter.\n\n¹ Note zwei.")

    assert [(note.key, note.text) for note in paper.footnotes] == [("1", "Note eins."), ("2", "Note zwei.")]
    assert [run.mark for block in paper.preamble for run in block.runs if run.mark] == ["1", "2"]
    assert RemarkCode.NOTES_RENUMBERED in codes(paper, RemarkKind.HEALED)


def test_bracketed_marks_are_notes_only_where_a_note_exists():
    paper = read("Titel\n\nEin Satz.[1] Und ein Satz mit [2] darin.\n\n[1] Die Note.")

    assert [note.text for note in paper.footnotes] == ["Die Note."]
    assert "[2]" in paper.preamble[0].text


def test_marks_and_notes_without_each_other_are_told():
    paper = read("Titel\n\nEin Satz mit Zeichen.² Noch einer.\n\n¹ Eine Note ohne Zeichen.")

    assert set(codes(paper)) == {RemarkCode.MARK_WITHOUT_NOTE, RemarkCode.NOTE_WITHOUT_MARK}
    assert "Zeichen.² Noch" in paper.preamble[0].text


def test_the_heading_above_the_notes_is_left_out_and_told():
    paper = read("Titel\n\nEin Satz.¹ Noch einer.\n\nAnmerkungen\n\n¹ Die Note.")

    assert not paper.sections
    assert RemarkCode.NOTES_HEADING in codes(paper, RemarkKind.DROPPED)


def test_a_table_of_contents_is_left_out_and_told():
    paper = read("Titel\n\n1. Lage ........ 2\n2. Ziele ....... 3\n\n1. Lage\n\nText.\n\n2. Ziele\n\nText.")

    assert [part.title for part in paper.sections] == ["1. Lage", "2. Ziele"]
    assert codes(paper, RemarkKind.DROPPED) == [RemarkCode.CONTENTS_LINE] * 2


def test_a_table_between_bars_is_a_table_with_a_head():
    paper = read("Titel\n\nSo sieht es aus.\n\n| Ort | Zahl |\n|---|---|\n| Au | 3 |")

    table = paper.preamble[1]
    assert isinstance(table, Table)
    assert table.has_header
    assert table.text == "Ort\tZahl\nAu\t3"


def test_quoted_lines_are_a_quote():
    assert isinstance(read("Titel\n\nSie sagt es so.\n\n> Wir sind viele.\n> Wirklich viele.").preamble[1], Quote)


def test_form_feeds_count_pages_and_do_not_tear_sentences():
    paper = read("Titel\n\nDie Ämter der Stadt\n\foder des Kreises arbeiten zusammen und helfen sich.")

    assert len(paper.preamble) <= 2
    assert "oder des Kreises" in paper.text


@pytest.mark.parametrize(
    ("front", "title", "body", "phase"),
    [
        ("Arbeitsgruppe 4\n\nWege öffnen", "Wege öffnen", "Arbeitsgruppe 4", ""),
        ("Wege öffnen\n\nHerausgegeben von Netzwerk Au", "Wege öffnen", "Netzwerk Au", ""),
        ("Wege öffnen\n\n2. Arbeitsphase, Stand: 1.2.2020", "Wege öffnen", "", "2. Arbeitsphase"),
        ("Fachgruppe Bildung: Wege öffnen", "Fachgruppe Bildung: Wege öffnen", "Fachgruppe Bildung", ""),
    ],
)
def test_the_lines_above_the_text_become_details(front, title, body, phase):
    paper = read(f"{front}\n\nDer Text beginnt mit einem ganzen Satz. Dann folgt noch einer.")

    assert (paper.title, paper.issuing_body, paper.work_phase) == (title, body, phase)


def test_a_stand_without_a_day_is_taken_and_marked():
    paper = read("Wege öffnen\n\nStand: Juni 2021\n\nDer Text beginnt mit einem ganzen Satz.")

    assert paper.as_of.isoformat() == "2021-06-01"
    assert codes(paper) == [RemarkCode.DAY_ASSUMED]


def test_a_paper_without_a_title_is_named_after_its_file():
    paper = read_paper(b"Der Text beginnt sofort mit einem ganzen Satz.", "wege_oeffnen.txt")

    assert paper.title == "wege oeffnen"
    assert codes(paper) == [RemarkCode.TITLE_FROM_FILE_NAME]
