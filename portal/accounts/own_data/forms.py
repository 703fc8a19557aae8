"""What people decide when they go."""

from django import forms
from django.utils.translation import gettext_lazy as _

KEEP, DROP = "keep", "drop"


class FarewellForm(forms.Form):
    """Whether the name stays beside contributions."""

    name_stays = forms.ChoiceField(
        label=_("Your name beside your contributions"),
        choices=[(KEEP, _("My name stays.")), (DROP, _("“former member” takes its place."))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether your name stays.")},
    )

    @property
    def keeps_name(self) -> bool:
        """Return the decision."""
        return self.cleaned_data["name_stays"] == KEEP
