"""What the documents say is there: every file that they name exists, every requirement has its row once."""

import re
from collections import Counter

import pytest
from django.conf import settings

SECURITY = settings.BASE_DIR / "docs" / "security.md"
ROOMS = ("portal/", "knowledge/", "network/", "search/", "tests/", "templates/", "docs/", "requirements/")


def rows():
    for line in SECURITY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\d+\.\d", cells[0]) and line.startswith("|"):
            yield cells


def named_files():
    return sorted({name for name in re.findall(r"`([\w./-]+)`", SECURITY.read_text()) if name.startswith(ROOMS)})


def test_the_table_covers_every_chapter():
    """Without WebRTC, which the portal does not have."""
    chapters = {int(cells[0].split(".")[0]) for cells in rows()}
    assert chapters == set(range(1, 17))
    assert len(list(rows())) > 100


@pytest.mark.parametrize("name", named_files())
def test_every_file_that_the_table_names_exists(name):
    assert (settings.BASE_DIR / name).exists()


def test_every_row_has_a_requirement_code_test_and_what_is_open():
    assert [cells for cells in rows() if len(cells) != 4 or not all(cells)] == []


def test_no_requirement_stands_in_two_rows():
    numbers = Counter(number for cells in rows() for number in re.findall(r"\d+\.\d+\.\d+", cells[0]))
    assert [number for number, count in numbers.items() if count > 1] == []


def test_what_has_neither_code_nor_test_is_called_open_or_left_to_the_operator():
    silent = [cells[0] for cells in rows() if cells[1:3] == ["–", "–"] and not re.search("open|operator", cells[3])]
    assert silent == []
