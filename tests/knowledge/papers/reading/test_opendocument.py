"""OpenDocument texts: outline, lists, notes, and everything in the file that is not its text."""

import io

import odfdo
import pytest

from knowledge.papers.reading.document import Paragraph, RemarkCode, RemarkKind, Run
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason


def read(*xml: str, title: str = "Ein Titel"):
    return read_paper(made(f'<text:p text:style-name="Title">{title}</text:p>', *xml), "papier.odt")


def made(*xml: str) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for element in xml:
        document.body.append(odfdo.Element.from_tag(element))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def told(paper):
    return {remark.code: remark.text for remark in paper.remarks_of(RemarkKind.DROPPED)}


def test_blanks_breaks_and_links_are_kept():
    paper = read(
        "<text:p>Erste<text:s/>Zeile<text:line-break/>zweite "
        '<text:a xlink:href="https://a.example">Wort</text:a></text:p>'
    )

    assert paper.preamble == (Paragraph((Run("Erste Zeile\nzweite "), Run("Wort", link="https://a.example"))),)


def test_deletions_comments_and_contents_are_told_and_left_out():
    paper = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gestrichen.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>",
        "<text:table-of-content><text:index-body><text:p>Lage 1</text:p></text:index-body></text:table-of-content>",
        "<text:p>Ein Satz.<office:annotation><text:p>Stimmt das?</text:p></office:annotation></text:p>",
    )

    assert told(paper) == {
        RemarkCode.DELETED_TEXT: "Gestrichen.",
        RemarkCode.CONTENTS_LINE: "Lage 1",
        RemarkCode.EDITOR_COMMENT: "Stimmt das?",
    }
    assert paper.preamble == (Paragraph((Run("Ein Satz."),)),)


def test_pictures_are_told_and_frames_with_text_are_read():
    paper = read(
        "<text:p>Davor.</text:p>",
        '<text:p><draw:frame draw:name="Bild1"><svg:title>Karte</svg:title><draw:image/></draw:frame></text:p>',
        "<text:p><draw:frame><draw:text-box><text:p>Im Rahmen.</text:p></draw:text-box></draw:frame></text:p>",
    )

    assert told(paper) == {RemarkCode.PICTURE: "Karte"}
    assert "Im Rahmen." in paper.text


def test_merged_and_repeated_cells_keep_the_grid():
    paper = read(
        "<table:table><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>breit</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row><table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )

    assert paper.preamble[0].text == "breit\t\nx\tx"


def test_headings_inside_lists_are_headings():
    paper = read(
        '<text:list><text:list-item><text:h text:outline-level="1">Lage</text:h></text:list-item></text:list>',
        "<text:p>Ein Satz.</text:p>",
    )

    assert [part.heading for part in paper.sections] == ["Lage"]


def test_an_encrypted_file_is_refused_as_such():
    document = odfdo.Document("text")
    manifest = document.get_part("META-INF/manifest.xml")
    entry = manifest.get_elements("//manifest:file-entry")[0]
    entry.append(odfdo.Element.from_tag("<manifest:encryption-data/>"))
    output = io.BytesIO()
    document.save(output)

    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(output.getvalue(), "papier.odt")

    assert unreadable.value.reason is Reason.ENCRYPTED


def test_a_file_without_words_is_empty():
    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(made("<text:p/>"), "papier.odt")

    assert unreadable.value.reason is Reason.EMPTY
