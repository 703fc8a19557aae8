"""The cleaning door: the only module that declares text to be safe HTML."""

import json
import re
from collections.abc import Callable
from typing import Any

import bleach.linkifier
import nh3
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

#: What a person may format; everything else is removed, its text is kept.
ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "strong", "sub",
    "sup", "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}

_cleaner = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={**ALLOWED_ATTRIBUTES, "*": set()},  # nh3 would allow `title` and `lang` everywhere.
    url_schemes=ALLOWED_SCHEMES,
    link_rel="noopener noreferrer",
)
_linker = bleach.linkifier.Linker(callbacks=[], parse_email=False)


def clean(html: str) -> SafeString:
    """Return `html` reduced to the allowed tags, attributes and address schemes."""
    return mark_safe(_cleaner.clean(html))  # noqa: S308 -- nh3 had the last word.


def linkify(text: str) -> SafeString:
    """Return plain text with its web addresses as links; markup in it is shown, not obeyed."""
    return clean(_linker.linkify(escape(text)))


_TAG_OR_TEXT = re.compile(r"""(<(?:[^>"]|"[^"]*")*>)""")


def substitute(html: SafeString, pattern: str, render: Callable[[re.Match], str]) -> SafeString:
    """Replace `pattern` in the text of clean HTML, never inside a tag.

    `render` gets the match and returns safe HTML; anything else that it returns is escaped.
    """
    if not isinstance(html, SafeString):
        raise TypeError("Only HTML that went through clean() may be changed.")
    parts = _TAG_OR_TEXT.split(html)
    parts[::2] = [re.sub(pattern, lambda match: conditional_escape(render(match)), text) for text in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 -- clean HTML, and escaped or safe replacements.


#: Signs that could end the block, begin a comment in it, or end a line for JavaScript; JSON may write each by number.
_NUMBERED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def linked_data(value: dict[str, Any]) -> SafeString:
    """Return a block of JSON-LD for machines that read pages; browsers run no such block, so the policy lets it be."""
    text = json.dumps(value, ensure_ascii=False).translate(_NUMBERED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- nothing in it can end it.
