import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.papers.citations import FORMATS, Citation, bibtex, csl_json, plain, ris

PAPER = Citation(
    title="Geduldete & Ausbildung: 100 % „machbar“",
    issuing_body="Facharbeitsgruppe Übergänge",
    as_of=date(2014, 4, 30),
    edition=2,
    url="https://portal.example/papiere/geduldete/",
    portal="Fokusportal",
    retrieved=date(2026, 11, 23),
)


def test_the_sentence_names_body_year_edition_stand_and_address():
    assert plain(PAPER) == (
        "Facharbeitsgruppe Übergänge (2014): Geduldete & Ausbildung: 100 % „machbar“. Fassung 2, Stand 30. April 2014. "
        "Fokusportal. URL: https://portal.example/papiere/geduldete/, Abruf: 23. November 2026."
    )


def test_bibtex_escapes_what_tex_would_obey():
    entry = bibtex(PAPER)
    assert r"title = {{Geduldete \& Ausbildung: 100 \% „machbar“}}" in entry
    assert "author = {{Facharbeitsgruppe Übergänge}}" in entry
    assert "urldate = {2026-11-23}" in entry


def test_ris_has_its_type_first_and_its_end_last():
    lines = ris(PAPER).split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2014/04/30" in lines


def test_csl_names_the_body_as_one_author():
    (item,) = json.loads(csl_json(PAPER))
    assert item["author"] == [{"literal": "Facharbeitsgruppe Übergänge"}]
    assert item["issued"] == {"date-parts": [[2014, 4, 30]]}


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@given(title=texts, body=texts)
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_title_breaks_a_format(name, title, body):
    paper = Citation(title, body, date(2020, 1, 1), 1, "https://portal.example/", "Fokusportal", date(2026, 1, 1))
    text = FORMATS[name].write(paper)
    if name == "csl":
        assert json.loads(text)[0]["title"] == title
    if name == "ris":
        assert all(line[2:6] == "  - " for line in text.rstrip("\r\n").split("\r\n"))
    if name == "bibtex":
        unescaped = text.replace(r"\{", "").replace(r"\}", "")
        assert unescaped.count("{") == unescaped.count("}")
