"""Lays merged table cells out on a grid, so that every row has as many cells as the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.papers.reading.document import Runs

_MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it, with the columns and rows it covers."""

    runs: Runs
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Runs, ...], ...]:
    """Rows of equal length; the text of a merged cell stands in its first place, the rest is empty."""
    laid: list[list[Runs]] = []
    #: Column → how many further rows a cell from above still covers.
    covered: dict[int, int] = {}
    for row in rows:
        line: list[Runs] = []
        below: dict[int, int] = {}
        for cell in row:
            _skip_covered(line, covered)
            columns = max(1, min(cell.columns, _MOST_COLUMNS - len(line)))
            below |= dict.fromkeys(range(len(line), len(line) + columns), cell.rows - 1)
            line += [cell.runs, *[()] * (columns - 1)]
        _skip_covered(line, covered)
        covered = {column: left - 1 for column, left in covered.items()} | below
        laid.append(line)
    width = max((len(line) for line in laid), default=0)
    return tuple(tuple(line + [()] * (width - len(line))) for line in laid)


def cells_are_bold(cells: list[Cell]) -> bool:
    """A first row in bold type is meant as a row of headings."""
    runs = [run for cell in cells for run in cell.runs]
    return bool(runs) and all(run.bold for run in runs)


def _skip_covered(line: list[Runs], covered: dict[int, int]) -> None:
    while covered.get(len(line), 0) > 0:
        line.append(())
