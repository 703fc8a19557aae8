"""How text that people wrote comes onto a page: always through the cleaning door."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from portal.shared.html import clean, linkify, substitute

register = template.Library()


@register.simple_tag
def prose(value, footnotes=None):
    """Render rich text; with `footnotes` (mark → note) every mark [^1] becomes a link to its note."""
    html = clean(expand_db_html(getattr(value, "source", str(value or ""))))
    if not footnotes:
        return html

    def link(match):
        note = footnotes.get(match[1])
        if note is None:
            return match[0]
        return format_html(
            '<sup class="footnote-mark"><a id="{}" href="#{}" aria-label="{}">{}</a></sup>',
            note.next_mark_id(),
            note.anchor,
            _("Footnote %(number)s") % {"number": note.number},
            note.number,
        )

    return substitute(html, r"\[\^([0-9A-Za-z]{1,8})\]", link)


@register.filter
def linked(text):
    """Render plain text with its web addresses as links."""
    return linkify(str(text or ""))
