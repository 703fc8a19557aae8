"""Self-made registers in both layouts, with invented places."""

#: AGS, name with designation, mark, population.
CITIES = [
    ("05900000", "Großenhall, Stadt", "61", 240_112),
    ("05901004", "Süderlügum-Öst", "64", 8_450),
    ("05901008", "Talheim, Flecken", "63", 12_003),
    ("05901900", "Staatsforst", "65", 17),
    ("05901901", "Seefläche", "66", 0),
    ("11000000", "Berlin, Stadt", "61", 3_662_381),
]


def fixed_width(record, key, name, *, mark="", population="", day="20251231", seat=""):
    """Return one line in the layout of GV100AD, 220 characters wide."""
    line = f"{record}{day}{key:<8}{'':4}{name:<50}{seat:<50}{mark:<2}{'':4}{'1234':>11}{population!s:>11}"
    return f"{line:<220}"


def gv100ad(day="20251231"):
    """Return a small Gemeindeverzeichnis with every kind of record."""
    lines = [
        fixed_width("10", "05", "Nordrhein-Westfalen", day=day),
        fixed_width("20", "059", "Mittelland", day=day),
        fixed_width("40", "05900", "Großenhall, Stadt", mark="41", seat="Großenhall", day=day),
        fixed_width("40", "05901", "Ebbetal", mark="43", seat="Talheim", day=day),
        fixed_width("50", "05901", "Amt Ebbe", mark="52", day=day),
        fixed_width("40", "11000", "Berlin, Stadt", mark="41", day=day),
    ]
    lines += [
        fixed_width("60", ags, name, mark=mark, population=f"{population:011d}", day=day)
        for ags, name, mark, population in CITIES
    ]
    return "\n".join(lines) + "\n"


def large_csv(rows=11_000):
    """Return as many municipalities as Germany has."""
    lines = ["ags;name;kind;population"]
    lines += [
        f"{1 + number % 16:02d}{number // 16 // 900 + 100}{number // 16 % 900 + 1:03d};Ort {number};Gemeinde;{number}"
        for number in range(rows)
    ]
    return "\n".join(lines).encode()
