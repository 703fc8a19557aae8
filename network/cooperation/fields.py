"""The fields of forms: days and numbers as people type them, few choices as buttons, room for long texts."""

import re

from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Consideration, Credit, LegalFrame
from portal.accounts.people.fields import DayField

ROWS = 4
_OF_THE_PAST = frozenset({"done_on", "paid_on"})
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII)
#: What is needed with one kind of consideration alone.
_ONLY_WITH = {
    "fee_per_hour": _("Only with a fee per hour, and then needed."),
    "in_kind": _("Only with something in kind, and then needed."),
}
AS_BUTTONS = {
    "consideration": Consideration,
    "legal_frame": LegalFrame,
    "credit": Credit,
}


class AmountField(forms.DecimalField):
    """Hours or euro as people write them in German: 1.234,50 and 1234,5, also 35.50."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [_in_words(validator) for validator in self.validators]

    def to_python(self, value):
        """Read points between thousands and the comma before decimals."""
        if isinstance(value, str):
            value = "".join(value.removesuffix("€").split())
            if "," in value or _THOUSANDS.fullmatch(value):
                value = value.replace(".", "")
            value = value.replace(".", ",")
        return super().to_python(value)


def _in_words(validator):
    """Name the least amount as people write it."""
    if type(validator) is not MinValueValidator:
        return validator
    least = number_format(validator.limit_value, use_l10n=True)
    return MinValueValidator(validator.limit_value, gettext("Please enter at least %(least)s.") % {"least": least})


def field_for(field: models.Field, **kwargs):
    """Return the form's field: days and numbers as people type them, few choices as buttons, room for long texts."""
    if field.name in _ONLY_WITH:
        kwargs = {"help_text": _ONLY_WITH[field.name], **kwargs}
    if isinstance(field, models.DateField):
        hint = {"help_text": _("For example 9.3.2026 or 9 March 2026.")} if field.name in _OF_THE_PAST else {}
        return DayField(label=capfirst(field.verbose_name), required=not field.blank, **hint)
    if field.name in AS_BUTTONS:
        return forms.ChoiceField(
            label=capfirst(field.verbose_name),
            choices=AS_BUTTONS[field.name].choices,
            required=not field.blank,
            widget=forms.RadioSelect,
            help_text=field.help_text,
        )
    if isinstance(field, models.DecimalField):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return field.formfield(form_class=AmountField, localize=True, widget=widget, **kwargs)
    if isinstance(field, models.URLField):
        return field.formfield(assume_scheme="https", **kwargs)
    if isinstance(field, models.TextField):
        return field.formfield(widget=forms.Textarea(attrs={"rows": ROWS}), **kwargs)
    return field.formfield(**kwargs)
