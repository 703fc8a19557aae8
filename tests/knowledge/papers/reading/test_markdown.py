"""Markdown: declared structure is taken at its word."""

from knowledge.papers.reading.document import Figure, ListBlock, Quote, RemarkCode, RemarkKind, Run, Table, plain
from knowledge.papers.reading.door import read_paper


def read(text: str):
    return read_paper(text.encode(), "papier.md")


def codes(paper, kind):
    return [remark.code for remark in paper.remarks_of(kind)]


def test_levels_begin_below_the_title():
    paper = read("# Titel\n\nText.\n\n## Eins\n\nText.\n\n### Eins eins\n\nText.\n\n## Zwei\n\nText.")

    assert [(part.level, part.heading) for part in paper.sections] == [(1, "Eins"), (2, "Eins eins"), (1, "Zwei")]


def test_several_headings_of_the_first_level_are_sections():
    paper = read("Ein Titel davor\n\n# Eins\n\nText.\n\n# Zwei\n\nText.")

    assert paper.title == "Ein Titel davor"
    assert [part.heading for part in paper.sections] == ["Eins", "Zwei"]


def test_footnotes_of_several_lines_and_marks_inside_words():
    paper = read(
        "# T\n\nEin Satz[^a] und noch einer.[^b]\n\n[^a]: Erste Zeile\n    zweite Zeile.\n[^b]: Die *andere* Note."
    )

    assert [(note.key, note.text) for note in paper.footnotes] == [
        ("a", "Erste Zeile zweite Zeile."),
        ("b", "Die andere Note."),
    ]
    assert Run("andere", italic=True) in paper.footnotes[1].runs
    assert [run.mark for run in paper.preamble[0].runs if run.mark] == ["a", "b"]


def test_a_mark_without_a_note_stays_text_and_is_told():
    paper = read("# T\n\nEin Satz.[^x]\n")

    assert paper.preamble[0].text == "Ein Satz.[^x]"
    assert RemarkCode.MARK_WITHOUT_NOTE in codes(paper, RemarkKind.UNCERTAIN)


def test_code_is_kept_as_text_and_a_mark_in_it_is_none():
    paper = read("# T\n\n```\n[^1]: kein Hinweis\n```\n")

    assert "[^1]: kein Hinweis" in paper.text
    assert RemarkCode.CODE_AS_PARAGRAPH in codes(paper, RemarkKind.UNCERTAIN)


def test_nested_lists_quotes_tables_and_links():
    paper = read(
        "# T\n\n- a\n  - b\n\n    b zwei\n\n> Zitat\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n[Wort](https://a.example)"
    )

    outer, quote, table, link = paper.preamble
    assert isinstance(outer, ListBlock)
    assert plain(outer.items[0].children[0].items[0].runs) == "b\nb zwei"
    assert isinstance(quote, Quote)
    assert isinstance(table, Table)
    assert link.runs == (Run("Wort", link="https://a.example"),)


def test_a_list_that_starts_at_three_keeps_its_numbers():
    paper = read("# T\n\nText:\n\n3. drei\n4. vier\n")

    assert paper.preamble[1].text == "3. drei\n4. vier"


def test_pictures_are_told_with_their_description():
    paper = read("# T\n\nText davor.\n\n![Karte der Orte](karte.png)\n")

    assert Figure("Karte der Orte") in paper.preamble
    assert codes(paper, RemarkKind.DROPPED) == [RemarkCode.PICTURE]


def test_a_head_of_properties_belongs_to_the_file():
    paper = read('---\ntitle: "Wege öffnen"\nautor: Au\n---\n\nEin ganzer Satz ohne Titel davor.')

    assert paper.title == "Wege öffnen"
    assert codes(paper, RemarkKind.DROPPED) == [RemarkCode.FILE_PROPERTY] * 2


def test_markup_inside_the_text_is_text():
    assert read("# T\n\nEin <b>fetter</b> Satz & mehr.").preamble[0].text == "Ein <b>fetter</b> Satz & mehr."


def test_targets_of_links_and_fences_are_not_reported_as_lost():
    paper = read(
        '# T\n\nEin [Wort](https://a.example/x "Titel") und [noch eins][eins] &amp; mehr.\n\n'
        "```python\ncode\n```\n\n[eins]: https://b.example\n"
    )

    assert RemarkCode.NOT_PLACED not in codes(paper, RemarkKind.DROPPED)
    assert [run.link for run in paper.preamble[0].runs if run.link] == ["https://a.example/x", "https://b.example"]
