"""The blocks of running text that papers, the guide and ordinary pages share; few, and named for what they mean."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class QuoteBlock(blocks.StructBlock):
    """Somebody else's words, with who said them."""

    text = blocks.RichTextBlock(label=_("quotation"), features=["bold", "italic", "link"])
    attribution = blocks.CharBlock(label=_("who says so, and where"), required=False, max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "components/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    """A picture that carries information; its alternative text says what it shows."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=255)
    source = blocks.CharBlock(label=_("source"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "components/blocks/figure.html"


class TableBlock(TypedTableBlock):
    """A table of text with a caption and header cells."""

    def __init__(self, **kwargs):
        super().__init__([("text", blocks.CharBlock(label=_("Text"), required=False))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "components/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    """Running text with quotations, figures and tables."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, icon="pilcrow", template="components/blocks/text.html"
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    table = TableBlock()

    class Meta:
        label = _("Text")
        required = False


class PageBodyBlock(BodyBlock):
    """Running text that brings its own headings; papers have sections instead."""

    heading = blocks.CharBlock(
        label=_("heading"), max_length=120, icon="title", template="components/blocks/heading.html"
    )
