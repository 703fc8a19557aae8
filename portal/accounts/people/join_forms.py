"""The forms of those who are not in yet: asking for an account, accepting an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.names import validate_one_line
from portal.accounts.people.fields import MunicipalityField


class JoinRequestForm(forms.Form):
    """Who asks for an account, where they work and what for."""

    display_name = forms.CharField(
        validators=[validate_one_line],
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("At work, if you have one there. The answer goes to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address, so that the answer finds you."),
            "invalid": _("The e-mail address is incomplete. Write it like name@kommune.de."),
        },
    )
    municipality = MunicipalityField(
        label=_("Municipality"),
        required=False,
        max_length=150,
        help_text=_("The name of the town, community or district in which you work, for example Ravensfurt."),
    )
    organisation = forms.CharField(
        validators=[validate_one_line],
        label=_("Organisation or office"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    purpose = forms.CharField(
        label=_("What do you want to do in the network?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two or three sentences. Please do not name persons whose cases you work on."),
        error_messages={"required": _("Please write in a few words what you want to do.")},
    )
    #: A field that people do not see; whoever fills it in is a program.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_a_program(self) -> bool:
        """Tell whether the hidden field was filled in."""
        return bool(self.data.get(self.add_prefix("website")))

    def request(self) -> dict:
        """Return what is kept of the request."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class AgreeForm(forms.Form):
    """The agreement to the rules of use, whose wording stands above."""

    agrees = forms.BooleanField(
        label=_("I agree to the rules of use."),
        error_messages={"required": _("Please agree to the rules of use. Without them there is no account.")},
    )


class AcceptForm(AgreeForm):
    """How a new person is called, and the agreement."""

    field_order = ["display_name", "agrees"]
    display_name = forms.CharField(
        validators=[validate_one_line],
        label=_("Your name"),
        max_length=150,
        help_text=_("As others see it beside contributions."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
