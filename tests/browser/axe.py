"""What axe-core finds on a page, and whether the page fits its width."""

from functools import cache
from pathlib import Path

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page, *, within: str = "") -> list[str]:
    """Return the violations of WCAG 2.2 A and AA and of best practice, all or those within a part of the page.

    Evaluated, so that the policy stays on.

    Without preloading, because axe would put the imported styles into the page, which the policy rightly refuses.
    """
    page.evaluate(_source())
    part = f"document.querySelector({within!r})" if within else "document"
    result = page.evaluate(f"axe.run({part}, {{runOnly: {TAGS}, preload: false}})")
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def overflow(page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
