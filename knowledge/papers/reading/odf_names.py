"""The names of the OpenDocument format and what its styles say about text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from knowledge.papers.reading.document import Run

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_DEEPEST_ANCESTRY = 20


def name(prefixed: str) -> str:
    """„text:p“ as the XML parser spells it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


class Styles:
    """Answers what a style means, its ancestors included."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        for root in roots:
            for style in root.iter(name("style:style")):
                self._styles[style.get(name("style:name"), "")] = style
            for style in root.iter(name("text:list-style")):
                self._lists[style.get(name("style:name"), "")] = style

    def ancestry(self, style_name: str | None) -> list[str]:
        """The names of the style and of those it is derived from, as LibreOffice shows them."""
        names: list[str] = []
        while style_name and style_name in self._styles and len(names) < _DEEPEST_ANCESTRY:
            style = self._styles[style_name]
            names.append(style.get(name("style:display-name")) or style_name)
            style_name = style.get(name("style:parent-style-name"))
        return [*names, style_name] if style_name else names

    def dressed(self, style_name: str | None, dress: Run) -> Run:
        """The dress that text gets from the style."""
        weight = self._property(style_name, "fo:font-weight")
        posture = self._property(style_name, "fo:font-style")
        if weight:
            dress = replace(dress, bold=weight in ("bold", "600", "700", "800", "900"))
        if posture:
            dress = replace(dress, italic=posture in ("italic", "oblique"))
        return dress

    def is_raised(self, style_name: str | None) -> bool:
        """Text in this style stands above the line, as footnote marks do."""
        position = self._property(style_name, "style:text-position") or ""
        return position.startswith("super") or (position[:1].isdigit() and not position.startswith("0"))

    def is_ordered(self, list_style: str | None, depth: int) -> bool:
        """Lists in this style are numbered on this level (0 is the outermost)."""
        style = self._lists.get(list_style or "")
        if style is None:
            return False
        return any(
            level.get(name("text:level")) == str(depth + 1) and level.get(name("style:num-format"))
            for level in style.iter(name("text:list-level-style-number"))
        )

    def _property(self, style_name: str | None, attribute: str) -> str | None:
        for _ in range(_DEEPEST_ANCESTRY):
            style = self._styles.get(style_name or "")
            if style is None:
                return None
            properties = style.find(name("style:text-properties"))
            if properties is not None and (value := properties.get(name(attribute))):
                return value
            style_name = style.get(name("style:parent-style-name"))
        return None
