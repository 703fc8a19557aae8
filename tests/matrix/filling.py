"""Fills every text of a model with canaries by looking at its fields, so that a new field is covered at once."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

#: Makes a canary for a place that holds so many characters.
Canary = Callable[[str, int], str]
DAY = datetime.date(2024, 5, 17)
#: What the house or Wagtail writes itself: addresses in the tree, keys, checksums, derived forms of other fields.
WRITTEN_BY_CODE = frozenset(
    {
        "path",
        "url_path",
        "draft_title",
        "folded",
        "fingerprint",
        "sha256",
        "token_digest",
        "password",
        "audience",
        "chosen_audience",
    }
)
_LONGEST = 19


def values_for(model: type[models.Model], canary: Canary, *, picture: int | None = None) -> dict[str, Any]:
    """Return a value with canaries for every text field of a model; what else it must have, the planter gives."""
    values: dict[str, Any] = {}
    for field in model._meta.fields:
        if field.is_relation or field.name in WRITTEN_BY_CODE or field.choices or field.primary_key:
            continue
        if isinstance(field, StreamField):
            values[field.name] = _stream(field.stream_block, field.name, canary, picture)
        elif isinstance(field, models.EmailField):
            values[field.name] = f"{canary(field.name, _LONGEST)}@kommune.example"
        elif isinstance(field, models.URLField):
            values[field.name] = f"https://{canary(field.name, _LONGEST)}.example/"
        elif isinstance(field, models.CharField) and not _is_strict(field):
            values[field.name] = canary(field.name, field.max_length)
        elif isinstance(field, models.TextField):
            values[field.name] = canary(field.name, _LONGEST)
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField) and not field.null:
            values[field.name] = DAY
    return values


def text_places(model: type[models.Model]) -> set[str]:
    """Name the fields that are filled, without planting anything."""
    return set(values_for(model, lambda place, room: "x"))


def _is_strict(field: models.CharField) -> bool:
    return any(isinstance(validator, RegexValidator) for validator in field.validators) and not isinstance(
        field, models.SlugField
    )


def _stream(block: blocks.StreamBlock, place: str, canary: Canary, picture: int | None) -> list[dict]:
    """One block of every kind, in the raw form in which the database keeps them."""
    return [
        {"type": name, "value": value}
        for name, child in block.child_blocks.items()
        if (value := _value(child, f"{place}.{name}", canary, picture)) is not None
    ]


def _value(block: blocks.Block, place: str, canary: Canary, picture: int | None) -> Any:
    match block:
        case ImageBlock():
            return None if picture is None else _picture(place, canary, picture)
        case TypedTableBlock():
            return _table(block, place, canary, picture)
        case blocks.StreamBlock():
            return _stream(block, place, canary, picture)
        case blocks.StructBlock():
            parts = {name: _value(child, f"{place}.{name}", canary, picture) for name, child in _children(block)}
            return None if parts.get("image", "") is None else parts
        case blocks.ListBlock():
            return [{"type": "item", "value": _value(block.child_block, f"{place}.item", canary, picture)}]
        case blocks.RichTextBlock():
            return f"<p>{canary(place, _LONGEST)}</p>"
        case blocks.URLBlock():
            return f"https://{canary(place, _LONGEST)}.example/"
        case blocks.CharBlock() | blocks.TextBlock():
            return _text(block, place, canary)
        case blocks.ChooserBlock():
            return None
        case _:
            return block.get_default()


def _children(block: blocks.StructBlock):
    return block.child_blocks.items()


def _picture(place: str, canary: Canary, picture: int) -> dict:
    return {"image": picture, "alt_text": canary(f"{place}.alt_text", _LONGEST), "decorative": False}


def _text(block: blocks.FieldBlock, place: str, canary: Canary) -> str:
    """A text that must look like a date holds no canary."""
    longest = getattr(block.field, "max_length", None) or _LONGEST
    if any(isinstance(v, RegexValidator) and not v.regex.match("zkbabobi") for v in block.field.validators):
        return "2014"
    return canary(place, longest)


def _table(block: TypedTableBlock, place: str, canary: Canary, picture: int | None) -> dict:
    cells = {name: _value(child, f"{place}.{name}", canary, picture) for name, child in block.child_blocks.items()}
    columns = [{"type": name, "heading": canary(f"{place}.heading_{name}", _LONGEST)} for name in cells]
    return {"columns": columns, "rows": [{"values": list(cells.values())}], "caption": canary(f"{place}.caption", 99)}
