"""A sketch of where the organisations of one page of the list are: drawn from coordinates, without anybody's map."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directory.models import Organisation

#: Unit: units of the drawing, which the browser scales.
WIDTH, HEIGHT = 320, 360
_MARGIN = 36
_DOT = 11
#: Width of a letter of a name, rather too much than too little.
_LETTER = 8
#: Unit: kilometres of one degree of latitude (Source: WGS 84, mean).
_KM_PER_DEGREE = 111.2
#: Unit: kilometres. A smaller stretch would show streets, for which nobody gave the directory coordinates.
_LEAST_STRETCH = 2.0
_SCALES_KM = (200, 100, 50, 20, 10, 5, 2, 1)
#: Dots of the same house go round it on circles of six.
_PER_CIRCLE = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """An organisation on the sketch, under its number in the list."""

    number: int
    organisation: Organisation
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that several dots may share."""

    name: str
    x: int
    y: int
    #: Where the name begins from its point, as SVG says it; at the edges it would else be cut off.
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Sketch:
    """Dots, names and a scale, in whole units."""

    dots: tuple[Dot, ...]
    names: tuple[PlaceName, ...]
    scale_km: int
    scale_length: int
    width: int = WIDTH
    height: int = HEIGHT


def sketch_of(numbered: Sequence[tuple[int, Organisation]]) -> Sketch | None:
    """Draw those of the numbered organisations that have coordinates; with fewer than two there is nothing to see."""
    placed = [(number, one, *_flat(one)) for number, one in numbered if one.latitude is not None]
    if len(placed) < 2:
        return None
    east = [x for _number, _one, x, _y in placed]
    south = [y for _number, _one, _x, y in placed]
    stretch = max(max(east) - min(east), _LEAST_STRETCH), max(max(south) - min(south), _LEAST_STRETCH)
    per_km = min((WIDTH - 2 * _MARGIN) / stretch[0], (HEIGHT - 2 * _MARGIN) / stretch[1])
    middle = (max(east) + min(east)) / 2, (max(south) + min(south)) / 2
    taken: dict[tuple[int, int], int] = defaultdict(int)
    dots = []
    for number, one, x, y in placed:
        at = (round(WIDTH / 2 + (x - middle[0]) * per_km), round(HEIGHT / 2 + (y - middle[1]) * per_km))
        dots.append(Dot(number, one, *_beside(at, taken)))
    scale = next((km for km in _SCALES_KM if km * per_km <= WIDTH / 3), _SCALES_KM[-1])
    return Sketch(tuple(dots), tuple(_names(dots)), scale, round(scale * per_km))


def _flat(organisation: Organisation) -> tuple[float, float]:
    """Return kilometres to the east and to the south; within Germany a plane is good enough for a sketch."""
    latitude, longitude = float(organisation.latitude), float(organisation.longitude)
    # One width of the degree for all, else a line to the north would bend.
    return longitude * _KM_PER_DEGREE * math.cos(math.radians(51.0)), -latitude * _KM_PER_DEGREE


def _beside(at: tuple[int, int], taken: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Move a dot that would cover another one of the same neighbourhood."""
    cell = at[0] // _DOT, at[1] // _DOT
    before = taken[cell]
    taken[cell] += 1
    if before == 0:
        return at
    turn = 2 * math.pi * (before - 1) / _PER_CIRCLE
    away = 2 * _DOT * (1 + (before - 1) // _PER_CIRCLE)
    return _within(round(at[0] + away * math.cos(turn)), WIDTH), _within(round(at[1] + away * math.sin(turn)), HEIGHT)


def _within(value: int, end: int) -> int:
    return min(max(value, _DOT), end - _DOT)


def _names(dots: Sequence[Dot]) -> list[PlaceName]:
    """Name each place once, above the northernmost of its dots."""
    by_place: dict[str, list[Dot]] = defaultdict(list)
    for dot in dots:
        if dot.organisation.city:
            by_place[dot.organisation.city].append(dot)
    return [_named(name, here) for name, here in by_place.items()]


def _named(name: str, here: Sequence[Dot]) -> PlaceName:
    x, y = round(sum(dot.x for dot in here) / len(here)), max(min(dot.y for dot in here) - 16, 12)
    half = len(name) * _LETTER // 2
    if x - half < 0:
        return PlaceName(name, 4, y, "start")
    return PlaceName(name, WIDTH - 4, y, "end") if x + half > WIDTH else PlaceName(name, x, y)
