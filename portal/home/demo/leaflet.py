"""Sets a short text as a PDF: one page a heading, with the structure that screen readers need."""

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

_LETTERS_PER_LINE = 82
_LEFT, _TOP = 60, 770


class _Block(NamedTuple):
    tag: str
    text: str


class _Style(NamedTuple):
    font: str
    size: int
    leading: int


_STYLES = {"H1": _Style("F2", 18, 26), "P": _Style("F1", 11, 16)}


def leaflet(title: str, text: str) -> bytes:
    """Return the PDF of a text in which every line beginning with `# ` begins a page."""
    pages = [_blocks(part) for part in re.split(r"^(?=# )", text, flags=re.MULTILINE) if part.strip()]
    return _file(list(_objects(title, pages)))


def _blocks(page: str) -> list[_Block]:
    paragraphs = [" ".join(part.split()) for part in page.split("\n\n") if part.strip()]
    return [
        _Block("H1", part.removeprefix("# ")) if part.startswith("# ") else _Block("P", part) for part in paragraphs
    ]


def _objects(title: str, pages: list[list[_Block]]) -> Iterator[bytes]:
    """Give the objects in the order of their numbers: six for the whole, two for each page, one for each block."""
    first_page, first_block = 7, 7 + 2 * len(pages)
    page_numbers = [first_page + 2 * index for index in range(len(pages))]
    blocks = [(page, place, block) for page, found in enumerate(pages) for place, block in enumerate(found)]
    block_numbers = {(page, place): first_block + index for index, (page, place, _block) in enumerate(blocks)}
    yield (
        b"<</Type/Catalog/Pages 2 0 R/Lang(de-DE)/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>"
    )
    yield f"<</Type/Pages/Count {len(pages)}/Kids[{_references(page_numbers)}]>>".encode()
    yield b"<</Title" + _string(title) + b">>"
    for face in ("Helvetica", "Helvetica-Bold"):
        yield f"<</Type/Font/Subtype/Type1/BaseFont/{face}/Encoding/WinAnsiEncoding>>".encode()
    parents = " ".join(
        f"{page} [{_references(block_numbers[page, place] for place in range(len(found)))}]"
        for page, found in enumerate(pages)
    )
    children = _references(block_numbers.values())
    yield f"<</Type/StructTreeRoot/K[{children}]/ParentTree<</Nums[{parents}]>>>>".encode()
    for index, found in enumerate(pages):
        yield from _page(index, page_numbers[index] + 1, _drawing(found))
    for page, place, block in blocks:
        yield f"<</Type/StructElem/S/{block.tag}/P 6 0 R/Pg {page_numbers[page]} 0 R/K {place}>>".encode()


def _page(index: int, contents: int, drawing: bytes) -> Iterator[bytes]:
    yield (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents {index}/Tabs/S/Contents {contents} 0 R"
        "/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>>>"
    ).encode()
    yield f"<</Length {len(drawing)}>>stream\n".encode() + drawing + b"\nendstream"


def _drawing(blocks: list[_Block]) -> bytes:
    lines, height = [], _TOP
    for place, block in enumerate(blocks):
        style = _STYLES[block.tag]
        lines.append(f"/{block.tag}<</MCID {place}>>BDC BT /{style.font} {style.size} Tf".encode())
        for line in textwrap.wrap(block.text, _LETTERS_PER_LINE, break_on_hyphens=False):
            lines.append(f"1 0 0 1 {_LEFT} {height} Tm ".encode() + _string(f"{line} ") + b"Tj")
            height -= style.leading
        lines.append(b"ET EMC")
        height -= style.leading // 2
    return b"\n".join(lines)


def _references(numbers) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _string(text: str) -> bytes:
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252")) + b")"


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<</Size %d/Root 1 0 R/Info 3 0 R>>" % (len(objects) + 1)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return data + head + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)
