"""What editors write when they decide: what was checked, a reason, a new organisation with its first person."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import Assurance, OrganisationKind
from knowledge.directory.models import Organisation, Registration
from portal.accounts.names import validate_one_line
from portal.accounts.people.fields import DayField, MunicipalityField

_SLUG_LENGTH = Organisation._meta.get_field("slug").max_length


class AssuranceForm(forms.Form):
    """What stands behind a statement; it says what was checked, never that somebody is trustworthy."""

    assurance = forms.ChoiceField(label=_("Status"), choices=Assurance.choices, widget=forms.RadioSelect)
    confirmed_by = forms.CharField(
        label=_("Confirmed by"), max_length=200, required=False,
        help_text=_("The office or person in words, for example “City of Ravensfurt, youth welfare office”."),
    )  # fmt: skip
    confirmed_on = DayField(label=_("Confirmed or seen on"), required=False)

    def clean(self) -> dict:
        """Refuse a confirmation that does not say by whom and when, and a day that has not come."""
        data = self.cleaned_data
        if data.get("assurance") == Assurance.CONFIRMED and not data.get("confirmed_by"):
            self.add_error("confirmed_by", gettext("Please write who confirmed it."))
        if data.get("assurance") in (Assurance.CONFIRMED, Assurance.EVIDENCED) and not data.get("confirmed_on"):
            self.add_error("confirmed_on", gettext("Please write on which day."))
        refuse_future(self, "confirmed_on")
        return data

    def checked(self) -> dict:
        """Return what is kept of the check."""
        return {name: self.cleaned_data[name] for name in ("assurance", "confirmed_by", "confirmed_on")}


class RegisterCheckForm(forms.Form):
    """Whether the register was looked at."""

    assurance = forms.ChoiceField(
        label=_("Status"), widget=forms.RadioSelect,
        choices=[(value, label) for value, label in Assurance.choices if value != Assurance.CONFIRMED],
    )  # fmt: skip
    checked_on = DayField(label=_("Seen on"), required=False)

    def clean(self) -> dict:
        """Refuse a document that was seen on no day."""
        if self.cleaned_data.get("assurance") == Assurance.EVIDENCED and not self.cleaned_data.get("checked_on"):
            self.add_error("checked_on", gettext("Please write on which day."))
        refuse_future(self, "checked_on")
        return self.cleaned_data

    def checked(self) -> dict:
        """Return what is kept of the check."""
        return {name: self.cleaned_data[name] for name in ("assurance", "checked_on")}


class NothingCheckedForm(forms.Form):
    """For what has no status of its own."""

    def checked(self) -> dict:
        """Return what is kept of the check: nothing."""
        return {}


class DeclineForm(forms.Form):
    """Why a proposal is declined; the organisation reads it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organisation reads these words."), error_messages={"required": _("Please write why.")},
    )  # fmt: skip


class RepresentationCheckForm(forms.Form):
    """Whether a proof was enough."""

    is_accepted = forms.TypedChoiceField(
        label=_("Is the proof enough?"), coerce=lambda text: text == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip
    note = forms.CharField(
        label=_("What you saw, or why it is not enough"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads these words."), error_messages={"required": _("Please write what you saw.")},
    )  # fmt: skip


class EndKeepingForm(forms.Form):
    """Why somebody no longer keeps an entry; the person reads it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads these words."), error_messages={"required": _("Please write why.")},
    )  # fmt: skip


class InvitePersonForm(forms.Form):
    """The first person of an organisation that is in the directory and kept by nobody."""

    email = forms.EmailField(
        label=_("E-mail address of the first person"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    display_name = forms.CharField(
        label=_("Name of the person"), max_length=150, required=False, validators=[validate_one_line]
    )
    message = forms.CharField(
        label=_("Personal message"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class InviteOrganisationForm(InvitePersonForm):
    """A new organisation and its first person."""

    field_order = ["name", "kind", "municipality", "email", "display_name", "message"]
    name = forms.CharField(label=_("Name of the organisation"), max_length=200, validators=[validate_one_line])
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    municipality = MunicipalityField(
        label=_("Municipality"), max_length=150, help_text=_("Where it has its seat, for example Ravensfurt.")
    )

    def clean(self) -> dict:
        """Refuse an organisation that is there already in the same municipality."""
        name, place = self.cleaned_data.get("name"), self.cleaned_data.get("municipality")
        if name and place and Organisation.objects.filter(name__iexact=name, municipality=place).exists():
            raise ValidationError(gettext("This organisation is in the directory already."), code="known")
        return self.cleaned_data


def refuse_future(form: forms.Form, name: str) -> None:
    """Refuse a day that has not come yet."""
    day = form.cleaned_data.get(name)
    if day and day > timezone.localdate():
        form.add_error(name, gettext("This day has not come yet."))


def check_form_for(model: type[models.Model]) -> type[forms.Form]:
    """Return the form that asks what was checked of a record."""
    if model is Registration:
        return RegisterCheckForm
    return AssuranceForm if hasattr(model, "confirmed_by") else NothingCheckedForm


def free_slug(name: str) -> str:
    """Return an address for a new organisation that no other has."""
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    stem = slugify(name.translate(german))[: _SLUG_LENGTH - 5].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )
