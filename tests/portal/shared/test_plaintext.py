import pytest

from portal.shared.plaintext import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Eins. Zwei.</p><p>Drei.</p>", "Eins. Zwei.\nDrei."),
        (
            "<ul><li>erheben;<ul><li>darunter <b>fett</b>e</li></ul></li><li>drei</li></ul>",
            "erheben;\ndarunter fette\ndrei",
        ),
        ("<p>Rat&amp;Hilfe<br/>zweite Zeile</p>", "Rat&Hilfe\nzweite Zeile"),
        ("", ""),
    ],
)
def test_items_and_paragraphs_do_not_run_into_each_other(html, text):
    assert text_of_html(html) == text
