"""Where on the map something is, as people copy it from a map; pure, and nobody's map is asked."""

import re
from decimal import Decimal

#: Unit: degrees (WGS 84), Germany with some room; partners of its municipalities sit there (Source: BKG, VG250).
LATITUDES = (Decimal("47.2"), Decimal("55.1"))
LONGITUDES = (Decimal("5.8"), Decimal("15.1"))
#: Five decimals are a metre, which is what the columns hold.
_STEP = Decimal("0.00001")
_DEGREE = re.compile(r"([0-9]{1,2}(?:[.,][0-9]{1,20})?)\s*°?")
_SIGN = r"\s*°?\s*[NEO]?"
#: With points, as maps write them, or with commas; then a comma alone does not part two numbers.
_PAIRS = tuple(
    re.compile(rf"([0-9]{{1,2}}{mark}[0-9]{{1,20}}){_SIGN}(?:{between})([0-9]{{1,2}}{mark}[0-9]{{1,20}}){_SIGN}")
    for mark, between in ((r"\.", r"\s*[,;/]\s*|\s+"), (",", r"\s*[;/]\s*|,?\s+"))
)

#: Unit: characters.
_LONGEST = 80
Place = tuple[Decimal, Decimal]


def read_degree(text: str, within: tuple[Decimal, Decimal]) -> Decimal | None:
    """Read one number of degrees, with point or comma; nothing where it is none or lies elsewhere."""
    match = _DEGREE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        return None
    degree = Decimal(match[1].replace(",", ".")).quantize(_STEP)
    return degree if within[0] <= degree <= within[1] else None


def read_coordinates(text: str) -> Place | None:
    """Read latitude and longitude, in the order of maps or the other way round, which cannot be mistaken here."""
    if len(text) > _LONGEST:
        return None
    match = next(filter(None, (pattern.fullmatch(text.strip()) for pattern in _PAIRS)), None)
    if match is None:
        return None
    for first, second in (match.groups(), match.groups()[::-1]):
        latitude, longitude = read_degree(first, LATITUDES), read_degree(second, LONGITUDES)
        if latitude is not None and longitude is not None:
            return latitude, longitude
    return None


def coordinates_text(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """Write coordinates as the reading takes them back; nothing where there are none."""
    return f"{latitude:.5f}, {longitude:.5f}" if latitude is not None and longitude is not None else ""
