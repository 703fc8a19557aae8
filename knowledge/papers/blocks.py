"""The blocks of a position paper: numbered sections and footnotes with their sources."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.shared.blocks import BodyBlock

#: A day, a month or a year, as exactly as the source was retrieved: 2014, 2014-04 or 2014-04-30.
PARTIAL_DATE_PATTERN = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
FOOTNOTE_KEY_PATTERN = re.compile(r"^[0-9A-Za-z]{1,8}$")


class SectionBlock(blocks.StructBlock):
    """A section of a paper; its anchor is kept by the page and never changes once it was published."""

    heading = blocks.CharBlock(label=_("heading"), max_length=255)
    number = blocks.CharBlock(
        label=_("number"),
        max_length=12,
        required=False,
        help_text=_("As printed in the original. Leave it empty and the portal counts for you."),
    )
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("1", _("Section")), ("2", _("Subsection")), ("3", _("Sub-subsection"))],
        default="1",
    )
    body = BodyBlock(label=_("text"))

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{number} {heading}"


class FootnoteBlock(blocks.StructBlock):
    """A note with its source; the text refers to it by its mark in square brackets, such as [^1]."""

    key = blocks.CharBlock(
        label=_("mark"),
        max_length=8,
        validators=[RegexValidator(FOOTNOTE_KEY_PATTERN, _("A mark consists of up to eight letters and digits."))],
        help_text=_("Write [^1] in the text to refer to the note with the mark 1."),
    )
    text = blocks.RichTextBlock(label=_("note"), features=["bold", "italic", "link"], required=False)
    source = blocks.TextBlock(label=_("source"), required=False, rows=2)
    url = blocks.URLBlock(label=_("web address"), required=False)
    retrieved = blocks.CharBlock(
        label=_("retrieved"),
        required=False,
        max_length=10,
        validators=[
            RegexValidator(PARTIAL_DATE_PATTERN, _("Enter a year, a month or a day: 2014, 2014-04, 2014-04-30."))
        ],
        help_text=_("When the source was last opened: 2014, 2014-04 or 2014-04-30."),
    )

    class Meta:
        icon = "superscript"
        label = _("Footnote")
        label_format = "[^{key}] {source}"


class FootnotesBlock(blocks.StreamBlock):
    """The footnotes of a paper; every mark is used once."""

    footnote = FootnoteBlock()

    def clean(self, value):
        """Refuse two notes with the same mark, since a reference could not tell which is meant."""
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for position, child in enumerate(cleaned):
            key = child.value["key"]
            if key in seen:
                errors[position] = ValidationError(_("The mark “%(key)s” is used twice."), params={"key": key})
            seen.add(key)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
