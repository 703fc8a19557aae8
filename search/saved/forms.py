"""What people say of a saved search: how it is called, and how often it writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.names import validate_one_line
from search.saved.enums import Frequency
from search.saved.models import NAME_LENGTH


class SavedSearchForm(forms.Form):
    """Name and frequency; the search itself travels beside them, as its address says it."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=NAME_LENGTH,
        validators=[validate_one_line],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please give the search a name.")},
    )
    frequency = forms.ChoiceField(
        label=_("How often do you want to hear of new hits?"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose how often.")},
    )
