"""Reading a file: its text in its places, and what is said of files that have none."""

import subprocess
import sys

import pytest

from knowledge.documents.reading import door
from knowledge.documents.reading.door import read_text
from knowledge.documents.reading.outcome import Reason, State
from knowledge.documents.reading.runner import read_in_child
from knowledge.documents.reading.running_text import clean, running_text
from portal.shared import confinement
from tests.knowledge.documents import samples
from tests.portal.shared.samples import container, picture
from tests.portal.shared.samples import pdf as blank_pdf


def places(reading):
    return [(part.number, part.name) for part in reading.parts]


def words(reading):
    return "\n".join(part.text for part in reading.parts)


def test_a_pdf_is_read_page_by_page_and_torn_words_are_whole():
    reading = read_text(samples.pdf(), "Leitfaden.PDF")
    assert (reading.state, reading.reason, reading.notes.page_count) == (State.READ, Reason.NONE, 3)
    assert places(reading) == [(1, ""), (2, ""), (3, "")]
    assert "Übergang in den Beruf" in reading.parts[1].text


@pytest.mark.parametrize(("declared", "kept"), [("de-DE", "de-DE"), (r"\000\000", ""), ("x" * 99, ""), ("", "")])
def test_the_declared_language_is_kept_if_it_is_one(declared, kept):
    assert read_text(samples.pdf_in(declared), "a.pdf").notes.language == kept


def test_a_page_without_text_keeps_the_numbers_of_the_others():
    reading = read_text(samples.pdf("Eins.", "", "Drei."), "a.pdf")
    assert [part.number for part in reading.parts] == [1, 3]


def test_a_word_document_is_read_chapter_by_chapter():
    reading = read_text(samples.word(), "a.docx")
    assert [part.name for part in reading.parts] == ["", "Zuständigkeiten"]
    assert "Handwerkskammer" in reading.parts[1].text
    assert "Kammer" in reading.parts[1].text


def test_an_opendocument_text_is_read_chapter_by_chapter():
    reading = read_text(samples.opendocument(), "a.odt")
    assert [(part.name, part.text) for part in reading.parts] == [
        ("Beratung", "Die Beratungsstelle hilft bei der Wohnungssuche.")
    ]


def test_a_table_is_read_sheet_by_sheet_without_the_hidden_ones():
    reading = read_text(samples.sheets(), "a.xlsx")
    assert places(reading) == [(1, "Plätze"), (1, "Träger")]
    assert reading.parts[0].text == "Sprachkurs | Plätze | Beginn\nElternkurs | 12,5 | 01.09.2026"
    assert "Verborgenes" not in words(reading)


def test_a_long_sheet_is_given_in_stretches_that_name_their_first_row():
    reading = read_text(samples.sheets(rows=200), "a.xlsx")
    numbers = [part.number for part in reading.parts if part.name == "Plätze"]
    assert len(numbers) > 2
    assert numbers == sorted(set(numbers))
    assert f"Zeile {numbers[1] - 3} " in reading.parts[1].text


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", "Größe\r\nund mehr".encode("cp1252")), ("a.csv", "Größe;mehr".encode())], ids=str
)
def test_text_is_read_in_whatever_encoding(name, data):
    reading = read_text(data, name)
    assert reading.state is State.READ
    assert "Größe" in words(reading)


@pytest.mark.parametrize(
    ("name", "make", "state", "reason"),
    [
        ("scan.pdf", samples.scanned, State.SCANNED, Reason.NONE),
        ("gestempelt.pdf", lambda: samples.scanned("Kopie"), State.READ, Reason.SCANNED_PAGES),
        ("leer.pdf", blank_pdf, State.EMPTY, Reason.NONE),
        ("leer.txt", lambda: b" \n", State.EMPTY, Reason.NONE),
        ("leer.docx", lambda: b"", State.EMPTY, Reason.NONE),
        ("zu.pdf", lambda: samples.locked(password="geheim"), State.PROTECTED, Reason.NONE),
        ("zu.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, State.PROTECTED, Reason.NONE),
        ("offen.pdf", lambda: samples.locked(password=""), State.READ, Reason.NONE),
        ("umbenannt.pdf", samples.word, State.DAMAGED, Reason.CONTENT),
        ("umbenannt.docx", samples.pdf, State.DAMAGED, Reason.CONTENT),
        ("umbenannt.xlsx", samples.word, State.DAMAGED, Reason.CONTENT),
        ("umbenannt.odt", picture, State.DAMAGED, Reason.CONTENT),
        ("halb.pdf", lambda: samples.pdf()[:200], State.DAMAGED, Reason.NONE),
        ("halb.docx", lambda: samples.word()[:9000], State.DAMAGED, Reason.CONTENT),
        ("hohl.docx", lambda: container({"word/document.xml": b"<w"}), State.DAMAGED, Reason.NONE),
        ("hohl.xlsx", lambda: container({"xl/workbook.xml": b"<w"}), State.DAMAGED, Reason.NONE),
        ("hohl.odt", lambda: container({"content.xml": b"<w"}), State.DAMAGED, Reason.NONE),
        ("bild.png", picture, State.UNSUPPORTED, Reason.NONE),
        ("binaer.txt", lambda: b"\x7fELF\x02\x01\x01\0\0\0", State.DAMAGED, Reason.CONTENT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_without_text_for_us_is_told_apart(name, make, state, reason):
    reading = read_text(make(), name)
    assert (reading.state, reading.reason) == (state, reason)


def test_scanned_pages_among_others_are_counted():
    reading = read_text(samples.scanned("Ein ganzer Satz mit genug Buchstaben.", pages=3), "a.pdf")
    assert (reading.notes.page_count, reading.notes.scanned_pages) == (4, 3)


def test_a_file_of_ten_thousand_pages_is_read_at_its_beginning():
    reading = read_text(samples.pdf_of_many_pages(10_000), "dick.pdf")
    assert (reading.state, reading.reason, reading.notes.page_count) == (State.READ, Reason.CUT, 10_000)
    assert len(reading.parts) == door.MOST_PARTS


def test_a_slow_file_ends_with_what_was_read_until_then():
    ticks = iter(range(0, 1000, 25))
    reading = read_text(samples.pdf(), "langsam.pdf", clock=lambda: next(ticks))
    assert (reading.reason, len(reading.parts)) == (Reason.CUT, 2)


def test_more_text_than_anybody_reads_is_cut(monkeypatch):
    monkeypatch.setattr(door, "MOST_CHARACTERS", 100)
    reading = read_text(samples.pdf(), "a.pdf")
    assert (reading.reason, len(reading.parts)) == (Reason.CUT, 1)


@pytest.mark.parametrize("make", [samples.looping_pages, samples.looping_form])
def test_objects_that_hold_themselves_end(make):
    assert read_in_child(make(), "schleife.pdf", time_limit=60).state in (State.DAMAGED, State.EMPTY)


@pytest.mark.parametrize("drawing", [b" " * 400_000_000, b"q " * 30_000_000, b"(a)Tj " * 5_000_000], ids=len)
def test_a_page_that_swells_does_no_harm(drawing):
    reading = read_in_child(samples.swelling_page(drawing), "bombe.pdf", time_limit=20)
    assert reading.state in (State.DAMAGED, State.EMPTY, State.TOO_LARGE)


@pytest.mark.parametrize(
    ("make", "ends"),
    [
        (samples.swelling_sheets, (State.TOO_LARGE, Reason.UNPACKED)),
        (samples.laughing_sheets, (State.DAMAGED, Reason.NONE)),
    ],
)
def test_a_table_that_swells_does_no_harm(make, ends):
    reading = read_in_child(make(), "bombe.xlsx")
    assert (reading.state, reading.reason) == ends


def test_the_other_process_reads_the_same():
    data = samples.pdf()
    assert read_in_child(data, "a.pdf") == read_text(data, "a.pdf")


def test_a_reading_that_takes_too_long_is_stopped():
    assert read_in_child(b"Text", "a.txt", time_limit=0.001).reason is Reason.DEMANDING


@pytest.mark.parametrize(
    ("exit_code", "output", "state"),
    [(-9, b"", State.TOO_LARGE), (-11, b"", State.TOO_LARGE), (1, b"", State.DAMAGED), (0, b'{"sta', State.DAMAGED)],
)
def test_a_process_that_ends_badly_becomes_a_state(monkeypatch, exit_code, output, state):
    def run(*args, stdout, **kwargs):
        stdout.write(output)
        return subprocess.CompletedProcess([], exit_code)

    monkeypatch.setattr(subprocess, "run", run)
    assert read_in_child(b"Text", "a.txt").state is state


def in_a_process_of_its_own(code: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], cwd=confinement._PROJECT, capture_output=True, check=False)


def test_the_reading_process_knows_neither_django_nor_wagtail():
    code = (
        "import sys; import knowledge.documents.reading.__main__, knowledge.documents.reading.door; "
        "from knowledge.documents.reading import pdf, sheets, texts; "
        "sys.exit(any(name.partition('.')[0] in ('django', 'wagtail') for name in sys.modules))"
    )
    assert in_a_process_of_its_own(code).returncode == 0


@pytest.mark.parametrize(
    ("bounds", "deed", "sign"),
    [
        ("200_000_000, 9, 9", "bytearray(400_000_000)", b"MemoryError"),
        ("900_000_000, 1, 9", "[None for _ in iter(int, 1)]", b""),
        (
            "900_000_000, 9, 9",
            "kept = open(sys.argv[-1], 'wb', 0); kept.write(bytes(9)); kept.write(bytes(9))",
            b"Error",
        ),
    ],
)
def test_the_bounds_hold(bounds, deed, sign, tmp_path):
    code = f"import sys; from portal.shared.confinement import Bounds; Bounds({bounds}).hold(); {deed}"
    finished = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        cwd=confinement._PROJECT, capture_output=True, check=False,
    )  # fmt: skip
    assert finished.returncode != 0
    assert sign in finished.stderr


def test_what_a_database_refuses_is_taken_out():
    assert clean("a\0b\ud800c\u00adm") == "a b cm"


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("Die Integra-\ntion gelingt.", "Die Integration gelingt."),
        ("Bund-\nLänder-Gruppe", "Bund-Länder-Gruppe"),
        (
            "Kurz\nDarunter ein langer Satz, der über\nzwei Zeilen geht.",
            "Kurz\nDarunter ein langer Satz, der über zwei Zeilen geht.",
        ),
        ("", ""),
    ],
)
def test_lines_become_running_text(drawn, text):
    assert running_text(drawn) == text
