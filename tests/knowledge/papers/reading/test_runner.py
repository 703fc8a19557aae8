"""The reading process: what goes wrong in it never reaches this one."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.papers.reading import runner
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.runner import read_in_child
from tests.knowledge.papers.reading import makers

PROJECT = Path(runner.__file__).resolve().parents[3]


def reason_of(data: bytes, name: str, **kwargs) -> Reason:
    with pytest.raises(PaperUnreadable) as unreadable:
        read_in_child(data, name, **kwargs)
    return unreadable.value.reason


@pytest.mark.parametrize("name", ["papier.txt", "papier.odt"])
def test_the_other_process_reads_the_same(name):
    data = {"papier.txt": makers.as_txt, "papier.odt": makers.as_odt}[name](makers.simple_paper())

    assert read_in_child(data, name) == read_paper(data, name)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "leer.txt", Reason.EMPTY),
        (b"\x89PNG", "bild.pdf", Reason.WRONG_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "alt.docx", Reason.ENCRYPTED),
        (b"Text", "papier.rtf", Reason.UNSUPPORTED),
    ],
)
def test_reasons_cross_the_border(data, name, reason):
    assert reason_of(data, name) is reason


def test_a_reading_that_takes_too_long_is_stopped():
    assert reason_of(b"Ein Text.", "papier.txt", time_limit=0.001) is Reason.TOO_DEMANDING


@pytest.mark.parametrize(
    ("exit_code", "output", "reason"),
    [
        (-9, b"", Reason.TOO_DEMANDING),
        (1, b"", Reason.DAMAGED),
        (0, b'{"paper": {"title"', Reason.DAMAGED),
        (0, b'{"reason": "no_text", "params": {"pages": 3}}', Reason.NO_TEXT),
    ],
)
def test_a_process_that_ends_badly_becomes_a_reason(monkeypatch, exit_code, output, reason):
    def run(*args, stdout, **kwargs):
        stdout.write(output)
        return subprocess.CompletedProcess([], exit_code)

    monkeypatch.setattr(subprocess, "run", run)

    assert reason_of(b"Ein Text.", "papier.txt") is reason


def test_the_reading_process_loads_neither_django_nor_wagtail():
    code = (
        "import sys; import knowledge.papers.reading.door, knowledge.papers.reading.__main__; "
        "sys.exit(any(name.partition('.')[0] in ('django', 'wagtail') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_the_bounds_hold_in_the_reading_process():
    code = (
        "from knowledge.papers.reading import __main__ as reading; reading.BOUNDS.hold(); "
        "bytearray(reading.BOUNDS.memory_bytes)"
    )

    finished = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False, capture_output=True)

    assert b"MemoryError" in finished.stderr
