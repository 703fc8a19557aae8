import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from portal.shared.html import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, clean, linkify, substitute
from tests.browser.hostile import HARMFUL_TAGS


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="jav&#x09;ascript:alert(1)">x</a>',
        '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
        '<p onclick="alert(1)" style="color:red">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    ],
)
def test_nothing_that_runs_comes_through(hostile):
    cleaned = clean(hostile)
    assert isinstance(cleaned, SafeString)
    for trace in ("script", "onerror", "onclick", "javascript:", "style", "iframe", "<img", "<svg"):
        assert trace not in cleaned.lower()


def test_the_allow_list_itself_holds_nothing_that_runs_or_loads():
    """The browser test compares with the list; this one looks at the list."""
    assert ALLOWED_TAGS.isdisjoint(HARMFUL_TAGS)
    assert {"a": {"href"}, "abbr": {"title"}} == ALLOWED_ATTRIBUTES
    assert {"http", "https", "mailto", "tel"} == ALLOWED_SCHEMES


@pytest.mark.parametrize("attribute", ["title", "lang", "id", "class", "dir", "data-x", "aria-label"])
def test_no_attribute_is_allowed_everywhere(attribute):
    assert clean(f'<p {attribute}="x">Text</p>') == "<p>Text</p>"


def test_what_editors_write_stays():
    html = (
        '<p>Die <b>Ausländerbehörde</b> <a href="/papiere/" rel="noopener noreferrer">hilft</a>.</p><ul><li>a</li></ul>'
    )
    assert clean(html) == html


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


def test_addresses_in_plain_text_become_links_and_markup_is_shown():
    linked = linkify("siehe https://amt.de/x?a=1&b=2 <b>jetzt</b>")
    assert 'href="https://amt.de/x?a=1&amp;b=2"' in linked
    assert "&lt;b&gt;jetzt&lt;/b&gt;" in linked


def test_substitution_leaves_attributes_alone():
    html = clean('<p>[^1] <a href="/x?y=[^1]">[^1]</a></p>')
    changed = substitute(html, r"\[\^(\w+)\]", lambda match: SafeString("<sup>1</sup>"))
    assert changed.count("<sup>") == 2
    assert 'href="/x?y=[^1]"' in changed


def test_a_replacement_that_is_not_safe_is_escaped():
    assert substitute(clean("a"), "a", lambda match: "<b>") == "&lt;b&gt;"


def test_text_that_was_not_cleaned_is_refused():
    with pytest.raises(TypeError):
        substitute("<script>", "a", lambda match: "")
