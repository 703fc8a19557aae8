"""An outside collection with known answers: LibreOffice's German help and the keywords of its index.

Source: Debian package libreoffice-help-de; its `bookmarks.js` leads from an index keyword to the page it is about.
"""

import html
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

PACKAGE = "libreoffice-help-de"
#: Unit: characters. Shorter pages hold nothing but a title or a film.
_SHORTEST_PAGE = 20
_BOOKMARK = re.compile(r'\{url:"([^"?#]*)[^"]*", app:"[^"]*", text:"([^"]*)"\}')
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "br", "div", "dt", "dd"})


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page of the help."""

    address: str
    title: str
    body: str


def fetch(cache: Path) -> Path:
    """Download and unpack the package once; returns the folder of the German help."""
    root = cache / PACKAGE / "usr/share/libreoffice/help/de"
    if not root.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        _run("apt-get", "download", PACKAGE, folder=cache)
        archive = next(cache.glob(f"{PACKAGE}_*.deb"))
        _run("dpkg", "-x", archive.name, PACKAGE, folder=cache)
    return root


def pages(root: Path) -> list[HelpPage]:
    """Read title and body of every page; the keywords in its meta elements are the answers and stay out."""
    return [
        page for path in sorted(root.glob("text/**/*.html")) if len((page := _page(root, path)).body) >= _SHORTEST_PAGE
    ]


def questions(root: Path, known: set[str]) -> dict[str, set[str]]:
    """Read the index: keyword → addresses of the pages it is about."""
    answers: dict[str, set[str]] = {}
    for address, keyword in _BOOKMARK.findall((root / "bookmarks.js").read_text()):
        address = address.removeprefix("de/")
        if address in known:
            answers.setdefault(html.unescape(keyword).replace(" -- ", " "), set()).add(address)
    return answers


def _run(*words: str, folder: Path) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)  # noqa: S603 -- fixed commands of Debian.


class _Reader(HTMLParser):
    """Collects the title and the text inside the page's display area."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.body: list[str] = []
        self._in_title = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag == "div" and (self._depth or dict(attrs).get("id") == "DisplayArea"):
            self._depth += 1
        if self._depth and tag in _BLOCKS:
            self.body.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if self._depth and tag in _BLOCKS:
            self.body.append("\n")
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif self._depth and self.lasttag not in {"script", "style"}:
            self.body.append(data)


def _page(root: Path, path: Path) -> HelpPage:
    reader = _Reader()
    reader.feed(path.read_text())
    return HelpPage(str(path.relative_to(root)), "".join(reader.title).strip(), "\n".join(_lines("".join(reader.body))))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if words := line.split():
            yield " ".join(words)
