"""Form fields of the pages about people: a municipality by its name, a day, and what a role is tied to."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import ScopeKind
from portal.accounts.people.spelling import spelled
from portal.accounts.scopes import find_target, kind_of
from portal.places.models import Municipality
from portal.shared.days import read_day

_KEY_AT_THE_END = re.compile(r"\(?\b(\d{8})\)?\s*$")
#: How many municipalities an answer names when a name is not clear.
_NAMED = 6


class MunicipalityField(forms.CharField):
    """A municipality by its name, typed; there are thousands, so a list to choose from would help nobody."""

    default_error_messages = {
        "unknown": _("We know no municipality of this name. Check the spelling, or leave the field empty."),
        "unclear": _("Several municipalities are called like this. Write one of these: %(names)s"),
    }

    def clean(self, value) -> Municipality | None:
        """Return the municipality; a key at the end tells places of the same name apart."""
        text = super().clean(value)
        if not text:
            return None
        key = _KEY_AT_THE_END.search(text)
        present = Municipality.objects.filter(successor__isnull=True)
        found = present.filter(ags=key[1]) if key else present.filter(spelled("name", "iexact", text))
        if not found and not key:
            found = present.filter(spelled("name", "icontains", text))
        found = list(found[: _NAMED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        names = "; ".join(f"{place} ({place.ags})" for place in found[:_NAMED])
        raise ValidationError(self.error_messages["unclear"], code="unclear", params={"names": names})

    def prepare_value(self, value):
        """Show a municipality with its key, so that it is found again."""
        if isinstance(value, int):
            value = Municipality.objects.filter(pk=value).first()
        return f"{value} ({value.ags})" if isinstance(value, Municipality) else value


class DayField(forms.DateField):
    """A day, typed; no calendar stands in the way of the keyboard."""

    def __init__(self, **kwargs):
        kwargs.setdefault("localize", True)
        kwargs.setdefault("help_text", _("For example 31.12.2027 or 31 December 2027."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("This is no day. Write it like 31.12.2027.")

    def to_python(self, value):
        """Read a day in the ways in which people write one."""
        typed = read_day(value) if isinstance(value, str) else None
        return typed or super().to_python(value)


class TargetField(forms.ChoiceField):
    """What a role is tied to; the choices help to choose, `rules.may_give` decides."""

    def valid_value(self, value) -> bool:
        """Accept what is not among the shown choices: a search may have shown others before."""
        return True

    def clean(self, value) -> models.Model | None:
        """Return the municipality, department, organisation or group; nothing for the whole network."""
        text = super().clean(value)
        if text == ScopeKind.NETWORK:
            return None
        kind, _colon, pk = text.partition(":")
        target = find_target(kind, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) <= 18 else None
        if target is None:
            raise ValidationError(_("Please choose what the role is tied to."), code="gone")
        return target


def target_value(target: models.Model | None) -> str:
    """Return how a form names what a role is tied to."""
    return ScopeKind.NETWORK.value if target is None else f"{kind_of(target).value}:{target.pk}"
