"""The real paper: what must be recognised in it, and that not a character of it gets lost."""

import datetime
import re
from collections import Counter

import pytest

from knowledge.papers.reading.document import ListBlock, Paragraph, RemarkCode, RemarkKind, plain
from knowledge.papers.reading.door import read_paper


@pytest.fixture
def paper(seed_paper):
    return read_paper(seed_paper.read_bytes(), seed_paper.name)


def section(paper, heading):
    return next(part for part in paper.sections if part.heading == heading)


def lists(part):
    return [block for block in part.blocks if isinstance(block, ListBlock)]


def test_title_stand_and_group(paper):
    assert paper.title == "Facharbeitsgruppe 2: Kommunale Koordinierung mit dem Fokus Migration"
    assert paper.issuing_body == "Facharbeitsgruppe 2"
    assert paper.as_of == datetime.date(2014, 4, 30)


def test_every_heading_and_nothing_else_opens_a_section(paper):
    assert [part.title for part in paper.sections] == [
        "1. Die Weinheimer Initiative und der Fokus Migration",
        "Migration und „Postmigration“",
        "Vielfalt als kommunale Herausforderung",
        "Querschnittspolitik",
        "Fokus Migration",
        "Fokus Migration im Übergang Schule-Arbeitswelt",
        "Leitfaden nutzen",
        "Fachliche Anforderungen und Steuerung",
    ]


def test_the_text_above_the_first_heading_is_kept(paper):
    assert [block.text[:20] for block in paper.preamble] == ["Für die gesellschaft", "Durch ihre Vielfalt "]


@pytest.mark.parametrize(
    ("heading", "items"),
    [("Fokus Migration", 6), ("Fokus Migration im Übergang Schule-Arbeitswelt", 4)],
)
def test_lists_are_lists_also_over_a_page_break(paper, heading, items):
    (only,) = lists(section(paper, heading))

    assert len(only.items) == items


def test_the_nested_list_stands_in_its_parent(paper):
    (tasks,) = lists(section(paper, "Fachliche Anforderungen und Steuerung"))

    assert len(tasks.items) == 7
    nested = [item for item in tasks.items if item.children]
    assert [plain(item.runs)[:16] for item in nested] == ["Zielindikatoren "]
    (inner,) = nested[0].children
    assert [plain(item.runs)[:9] for item in inner.items] == ["darunter ", "unter Ber"]


def test_the_footnote_hangs_on_the_sentence_about_the_mandate(paper):
    (tasks,) = lists(section(paper, "Fachliche Anforderungen und Steuerung"))
    runs = tasks.items[1].runs
    at = next(index for index, run in enumerate(runs) if run.mark)

    assert runs[at].mark == "1"
    assert runs[at - 1].text.endswith("mit welchem Auftrag die jeweilige MSO arbeitet.")
    (note,) = paper.footnotes
    assert note.url == "http://www.stuttgart.de/img/mdb/item/385012/61060.pdf"
    assert note.retrieved == "2014-04"
    assert note.source.endswith("„Politische Partizipation von Migrantinnen und Migranten“, Stuttgart.")


def test_a_sentence_split_over_the_page_is_one(paper):
    text = section(paper, "Querschnittspolitik").blocks[0].text

    assert "Referaten der Stadt oder des Landkreises abgestimmt" in text


def test_an_item_goes_on_behind_the_footnote(paper):
    (tasks,) = lists(section(paper, "Fachliche Anforderungen und Steuerung"))

    assert "MSO zu erörtern, um Entwicklungen frühzeitig erkennen zu können" in plain(tasks.items[3].runs)


def test_emphasis_and_links_are_recognised(paper):
    first = section(paper, "Migration und „Postmigration“").blocks[0]
    guide = section(paper, "Leitfaden nutzen").blocks[0]

    assert [run.text for run in first.runs if run.italic] == ["post-migrantisch"]
    assert [run.link for run in guide.runs if run.link] == [
        "http://www.kommunale-koordination.de/aktivitaeten/facharbeitsgruppen/fokus-migration/detailseite"
    ]


def test_the_closing_section_ends_with_the_open_question(paper):
    last = section(paper, "Fachliche Anforderungen und Steuerung").blocks[-1]

    assert isinstance(last, Paragraph)
    assert last.text.endswith("in die Wege zu leiten?")


def test_only_the_line_with_the_stand_leaves_the_text_and_it_is_told(paper):
    dropped = paper.remarks_of(RemarkKind.DROPPED)

    assert [(remark.code, remark.text) for remark in dropped] == [
        (RemarkCode.FRONT_LINE, "Positionspapier, Stand 30. 4. 2014")
    ]
    assert not paper.remarks_of(RemarkKind.UNCERTAIN)


def test_no_character_of_the_paper_gets_lost(paper, seed_paper):
    told = "\n".join(remark.text for remark in paper.remarks_of(RemarkKind.DROPPED))

    assert characters(f"{paper.text}\n{told}") == characters(seed_paper.read_text(encoding="utf-8"))


def characters(text: str) -> Counter:
    """All characters but blanks and what only dresses the text: list signs, asterisks, brackets of addresses, marks."""
    text = text.replace("\n¹ ", "\n1 ")
    text = re.sub(r"^(?:\s*(?:-|o) )+", "", text, flags=re.MULTILINE)
    return Counter("".join(re.sub(r"\*|<(?=http)|(?<=\w)>|¹", "", text).split()))
