"""The rules by which torn text is healed and plain text is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.papers.reading import inline, labels
from knowledge.papers.reading.dates import partial_iso
from knowledge.papers.reading.document import Run
from knowledge.papers.reading.footnotes import described
from knowledge.papers.reading.headings import looks_like_heading
from knowledge.papers.reading.healing import continues, is_finished, join_lines
from knowledge.papers.reading.loss import lost_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Die Berufs-", "vorbereitung hilft"], "Die Berufsvorbereitung hilft"),
        (["Die Berufs\u00ad", "vorbereitung hilft"], "Die Berufsvorbereitung hilft"),
        (["Die Bund-", "Länder-Gruppe"], "Die Bund-Länder-Gruppe"),
        (["die Schul-", "und Ausbildung"], "die Schul- und Ausbildung"),
        (["die Ein-", "bzw. Auswanderung"], "die Ein- bzw. Auswanderung"),
        (["in den Jahren 2012-", "2014"], "in den Jahren 2012-2014"),
        (["das gilt -", "und zwar immer"], "das gilt - und zwar immer"),
        (
            ["siehe <http://beispiel.example/aktivi", "taeten/liste>"],
            "siehe <http://beispiel.example/aktivitaeten/liste>",
        ),
        (["http://beispiel.example/", "pfad"], "http://beispiel.example/pfad"),
        (["www.fach-", "stelle.example"], "www.fach-stelle.example"),
        (["ein  Satz ", "\tgeht weiter"], "ein Satz geht weiter"),
    ],
)
def test_lines_become_running_text(lines, joined):
    assert join_lines(lines)[0] == joined


def test_a_healed_word_is_told():
    assert join_lines(["Die Berufs-", "vorbereitung, die"])[1] == ["Berufs-|vorbereitung → Berufsvorbereitung"]


@given(st.lists(st.text("abcäöüß", min_size=1, max_size=8), min_size=1, max_size=20), st.integers(1, 20))
def test_a_text_broken_at_any_blank_is_the_same_again(words, at):
    lines = [" ".join(words[:at]), " ".join(words[at:])]

    assert join_lines(lines)[0] == " ".join(words)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("in den Referaten der Stadt", "oder des Landkreises abgestimmt", True),
        ("mit den MSO zu erörtern, um", "Entwicklungen frühzeitig zu erkennen", True),
        ("unter dem Namen „Haus", "der Begegnung“ geführt", True),
        ("Der Satz ist zu Ende.", "und dieser beginnt klein", False),
        ("Er ist zu Ende (siehe oben).", "weiter", False),
        ("Das ist so.¹", "klein geschrieben", False),
        ("Das ist so.“", "klein geschrieben", False),
        ("Ziele der Arbeit", "Die Gruppe will", False),
        ("Sehr geehrte Damen und Herren,", "Wir freuen uns", False),
        ("mehr dazu unter", "www.beispiel.example", False),
        ("die folgenden Punkte", "a) erstens", False),
        ("", "Text", False),
    ],
)
def test_a_sentence_goes_on_in_the_next_block_or_not(before, after, expected):
    assert continues(before, after) is expected


@pytest.mark.parametrize("text", ["Ende.", "Ende?", "Ende!“", "Ende.)", "Ende:", "Ende.²", "Ende.[1]", "Ende …"])
def test_ends_of_sentences(text):
    assert is_finished(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ausgangslage", True),
        ("2.1 Ziele und Maße", True),
        ("Was ist zu tun?", True),
        ("„Postmigration“ als Begriff", True),
        ("Das ist ein kurzer Satz.", False),
        ("Unter anderem geht es darum:", False),
        ("Der Fokus lenkt die Aufmerksamkeit auf", False),
        ("klein begonnen", False),
        ("Mehr unter www.beispiel.example", False),
        ("Rathausplatz 1, 12345 Mühlbach", False),
        ("Erstens, zweitens und drittens " * 5, False),
        ("12", False),
    ],
)
def test_what_looks_like_a_heading(text, expected):
    assert looks_like_heading(text) is expected


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ein *Leitfaden* dazu", [Run("ein "), Run("Leitfaden", italic=True), Run(" dazu")]),
        ("**sehr** klar", [Run("sehr", bold=True), Run(" klar")]),
        ("***beides***", [Run("beides", bold=True, italic=True)]),
        ("Lehrer*innen und Schüler*innen", [Run("Lehrer*innen und Schüler*innen")]),
        ("3 * 4 * 5", [Run("3 * 4 * 5")]),
        ("<http://a.example/b>.", [Run("http://a.example/b", link="http://a.example/b"), Run(".")]),
        ("(www.a.example)", [Run("("), Run("www.a.example", link="http://www.a.example"), Run(")")]),
        ("http://a.example/x_(y)", [Run("http://a.example/x_(y)", link="http://a.example/x_(y)")]),
        ("schreiben an <mailto:a@b.example>", [Run("schreiben an "), Run("a@b.example", link="mailto:a@b.example")]),
    ],
)
def test_emphasis_and_links_in_plain_text(text, runs):
    assert inline.merged(inline.parse(text)) == runs


@pytest.mark.parametrize(
    ("text", "keys"),
    [("arbeitet.¹ Die", ["1"]), ("so[12].", ["12"]), ("40 m² und 3 km²", []), ("2²", ["2"]), ("[siehe oben]", [])],
)
def test_footnote_marks(text, keys):
    assert inline.mark_keys([Run(text)]) == keys


@pytest.mark.parametrize(
    ("line", "mark", "rest"),
    [
        ("- Punkt", "-", "Punkt"),
        ("  • Punkt", "•", "Punkt"),
        (" - o Unterpunkt", "o", "Unterpunkt"),
        ("3. Schritt", "3.", "Schritt"),
        ("b) Variante", "b)", "Variante"),
        ("-Punkt", None, None),
        ("2014. Das Jahr", None, None),
        ("ohne Zeichen", None, None),
    ],
)
def test_signs_before_items(line, mark, rest):
    label = labels.match(line)

    assert (label and label.mark, label and label.rest) == (mark, rest)


@pytest.mark.parametrize(
    ("text", "number", "heading"),
    [
        ("1. Ziele", "1.", "Ziele"),
        ("2.3.1 Wege", "2.3.1", "Wege"),
        ("IV. Ausblick", "IV.", "Ausblick"),
        ("Kapitel 2: Wege", "Kapitel 2:", "Wege"),
        ("Ziele", "", "Ziele"),
    ],
)
def test_numbers_of_headings(text, number, heading):
    assert labels.split_number(text) == (number, heading)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Stand 30. 4. 2014", "2014-04-30"),
        ("30.04.14", "2014-04-30"),
        ("3. Mai 2021", "2021-05-03"),
        ("April 2014", "2014-04"),
        ("Sept. 2019", "2019-09"),
        ("04/2014", "2014-04"),
        ("2014-04-30", "2014-04-30"),
        ("im Jahr 2014", "2014"),
        ("31. 2. 2014", ""),
        ("ohne Datum", ""),
    ],
)
def test_german_dates(text, iso):
    assert partial_iso(text) == iso


@pytest.mark.parametrize(
    ("text", "source", "url", "retrieved"),
    [
        (
            "Amt (2010): Bericht. URL: <http://a.example/b>, Abruf: April 2014.",
            "Amt (2010): Bericht.",
            "http://a.example/b",
            "2014-04",
        ),
        ("Amt: Bericht, https://a.example (abgerufen am 3.5.2020)", "Amt: Bericht", "https://a.example", "2020-05-03"),
        ("Amt: Bericht, https://a.example, letzter Zugriff: 2019.", "Amt: Bericht", "https://a.example", "2019"),
        ("Vgl. Amt 2010, S. 4.", "Vgl. Amt 2010, S. 4.", "", ""),
    ],
)
def test_source_address_and_retrieval_of_a_note(text, source, url, retrieved):
    note = described("1", inline.parse(text))

    assert (note.source, note.url, note.retrieved) == (source, url, retrieved)


def test_a_line_that_is_nowhere_is_found_out():
    assert lost_lines("Erste Zeile\n- zweite Zeile\n\n## Dritte", "erste\nErste Zeile\nDritte") == ["- zweite Zeile"]


@given(st.lists(st.text("abc äß", min_size=1), max_size=8))
def test_nothing_is_lost_from_a_text_that_was_taken_over(lines):
    text = "\n".join(lines)

    assert lost_lines(text, text) == []
