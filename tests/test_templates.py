"""What every template has to keep to, read from the files."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"([^%]*)\bonly\s*%}')


def included_alone() -> list:
    return [
        pytest.param(path, name, rest, id=f"{path.relative_to(TEMPLATES)} includes {name}")
        for path in sorted(TEMPLATES.rglob("*.html"))
        for name, rest in INCLUDE.findall(path.read_text())
        if (TEMPLATES / name).is_file() and "{% csrf_token %}" in (TEMPLATES / name).read_text()
    ]


@pytest.mark.parametrize(("path", "name", "rest"), included_alone())
def test_a_form_included_alone_is_given_its_token(path, name, rest):
    """`only` keeps the token away, and without it the form answers 403 in a browser, but not in the test client."""
    assert "csrf_token=csrf_token" in rest
