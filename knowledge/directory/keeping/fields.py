"""Form fields for what is typed on a phone: languages by name, municipalities by line, hours as people write them."""

import datetime
import re
from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.directory.coordinates import coordinates_text, read_coordinates
from knowledge.directory.enums import EntryState
from knowledge.directory.languages import EASY_LANGUAGE, language_name, language_names
from knowledge.directory.models import Organisation
from portal.accounts.people.fields import MunicipalityField
from portal.places.models import Municipality

YES, NO = "yes", "no"
_HOURS = re.compile(
    r"(?P<from>\d{1,2})(?:[:.](?P<from_minute>\d\d))?(?:\s*Uhr)?\s*(?:[-–—]|bis)\s*"
    r"(?P<to>\d{1,2})(?:[:.](?P<to_minute>\d\d))?(?:\s*Uhr)?(?:\s*\((?P<note>[^()]*)\))?",
    re.IGNORECASE,
)
#: Between two spans of a day, but not inside of a note.
_BETWEEN = re.compile(r"\s*(?:[,;]|\bund\b)\s*(?![^(]*\))", re.IGNORECASE)
_NOTE_LENGTH = 120
#: Each line asks the database.
_MOST_LINES = 100


def with_plain_lines(typed: dict) -> dict:
    """Return what was typed with the line ends that the entry keeps; browsers send others, which change nothing."""
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
        for name, value in typed.items()
    }


class AnswerField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    def __init__(self, **kwargs):
        choices = [(YES, _("Yes")), (NO, _("No")), ("", _("No statement"))]
        super().__init__(
            choices=choices, coerce=lambda text: text == YES, empty_value=None, required=False,
            widget=forms.RadioSelect, **kwargs,
        )  # fmt: skip

    def prepare_value(self, value):
        """Show what is kept."""
        return {True: YES, False: NO, None: ""}.get(value, value)


class WebAddressField(forms.URLField):
    """A web address; whoever types none of the beginning means the encrypted way."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
        super().__init__(required=False, assume_scheme="https", widget=widget, **kwargs)


def find_language(text: str) -> str | None:
    """Return the tag of a language that somebody typed by its name or tag; nothing where none is called so."""
    typed = text.strip().casefold()
    if typed == EASY_LANGUAGE:
        return EASY_LANGUAGE
    for tag, name in language_names().items():
        # “Kurdisch (Kurmandschi)” and the bare “Kurmandschi” mean the same.
        if typed in (tag.casefold(), name.casefold(), name.split(" (")[0].casefold()):
            return tag
    return None


class LanguagesField(forms.CharField):
    """Languages by their names, separated by commas; there are hundreds, so a list to choose from would help nobody."""

    default_error_messages = {"unknown": _("We know no language called “%(name)s”. Please check the spelling.")}

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=600, **kwargs)

    def clean(self, value) -> list[str]:
        """Return the tags, each once, in the order typed."""
        names = [name.strip() for name in re.split(r"[,;\n]", super().clean(value)) if name.strip()]
        tags = {}
        for name in names:
            tag = find_language(name)
            if tag is None:
                raise ValidationError(self.error_messages["unknown"], code="unknown", params={"name": name})
            tags[tag] = None
        return list(tags)

    def prepare_value(self, value):
        """Show tags by their names."""
        return ", ".join(map(language_name, value)) if isinstance(value, list) else value


class LanguageField(forms.CharField):
    """One language by its name."""

    def clean(self, value) -> str:
        """Return the tag."""
        text = super().clean(value)
        tag = find_language(text) if text else ""
        if tag is None:
            params = {"name": text}
            raise ValidationError(LanguagesField.default_error_messages["unknown"], code="unknown", params=params)
        return tag


class MunicipalitiesField(forms.CharField):
    """Municipalities by their names, one per line."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=4_000, widget=widget, **kwargs)
        self.each = MunicipalityField(required=False, max_length=150)

    def clean(self, value) -> list[Municipality]:
        """Return the municipalities; every line that means none is named."""
        found, errors = {}, []
        lines = super().clean(value).splitlines()
        if len(lines) > _MOST_LINES:
            raise ValidationError(_("At most %(most)d lines can be read."), code="many", params={"most": _MOST_LINES})
        for line in lines:
            try:
                place = self.each.clean(line.strip())
            except ValidationError as objection:
                errors += [f"{line.strip()}: {message}" for message in objection.messages]
            else:
                found[place] = None
        if errors:
            raise ValidationError(errors)
        return [place for place in found if place is not None]

    def prepare_value(self, value):
        """Show municipalities with their keys, so that they are found again."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{place} ({place.ags})" for place in value)


class CoordinatesField(forms.CharField):
    """A point on the map, as people copy it from one; kept as text, read back when it is written."""

    default_error_messages = {
        "form": _("These are no coordinates in Germany. Write latitude and longitude, for example 51.96210, 7.62610.")
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, max_length=80, widget=widget, **kwargs)

    def clean(self, value) -> str:
        """Return the coordinates in the one form in which they are shown."""
        text = super().clean(value)
        if not text:
            return ""
        place = read_coordinates(text)
        if place is None:
            raise ValidationError(self.error_messages["form"], code="form")
        return coordinates_text(*place)


class NetworksField(forms.CharField):
    """Organisations of the directory by their names, one per line."""

    default_error_messages = {
        "unknown": _("The directory has no entry called “%(name)s”. Please write the name as it stands there."),
        "several": _("Several entries are called “%(name)s”. Please ask the editors to enter the right one."),
    }

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=4_000, widget=widget, **kwargs)

    def clean(self, value) -> list[str]:
        """Return the stable names of the entries, each once."""
        names = dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        if len(names) > _MOST_LINES:
            raise ValidationError(_("At most %(most)d lines can be read."), code="many", params={"most": _MOST_LINES})
        return list(dict.fromkeys(self._uid(name) for name in names))

    def _uid(self, name: str) -> str:
        called = models.Q(name__iexact=name) | models.Q(short_name__iexact=name)
        # Also one that rests or is put away, so that what was said before can be saved again.
        there = Organisation.objects.exclude(state=EntryState.DRAFT).filter(called)
        found = list(there.values_list("uid", flat=True)[:2])
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code, params={"name": name})
        return str(found[0])

    def prepare_value(self, value):
        """Show entries by their names."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(Organisation.objects.filter(uid__in=value).values_list("name", flat=True))


class HoursField(forms.CharField):
    """The hours of one day, e.g. “9–12, 14:30–18 (women only)”."""

    default_error_messages = {
        "form": _("“%(text)s” are no hours. Write them like 9–12 or 14:30–18, several with a comma between them."),
        "order": _("“%(text)s”: the closing time lies before the opening time. Please check both."),
        "long": _("The note in brackets is too long; at most %(most)d characters."),
    }

    def __init__(self, **kwargs):
        super().__init__(
            required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs
        )

    def clean(self, value) -> list[dict]:
        """Return the spans as snapshots keep them, without the day."""
        text = super().clean(value)
        return [self._span(part) for part in _BETWEEN.split(text.strip())] if text.strip() else []

    def _span(self, text: str) -> dict:
        match = _HOURS.fullmatch(text.strip())
        opens, closes = (_time(match, name) for name in ("from", "to")) if match else (None, None)
        if opens is None or closes is None:
            raise ValidationError(self.error_messages["form"], code="form", params={"text": text})
        if closes <= opens:
            raise ValidationError(self.error_messages["order"], code="order", params={"text": text})
        note = (match["note"] or "").strip()
        if len(note) > _NOTE_LENGTH:
            raise ValidationError(self.error_messages["long"], code="long", params={"most": _NOTE_LENGTH})
        return {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}", "note": note}

    def prepare_value(self, value):
        """Show spans as people write them."""
        return hours_in_words(value) if isinstance(value, list) else value


def hours_in_words(spans: Iterable[Mapping]) -> str:
    """Return the spans of a day in one line, as the field reads them back."""
    return ", ".join(
        f"{span['opens']}–{span['closes']}" + (f" ({span['note']})" if span["note"] else "") for span in spans
    )


def _time(match: re.Match, name: str) -> datetime.time | None:
    hour, minute = int(match[name]), int(match[f"{name}_minute"] or 0)
    if (hour, minute) == (24, 0):
        return datetime.time(23, 59)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None
