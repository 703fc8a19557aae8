"""The forms of administrators and leads: roles, reasons, people, invitations."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import rules
from portal.accounts.enums import ScopeKind
from portal.accounts.models import User
from portal.accounts.names import validate_one_line
from portal.accounts.people.fields import DayField, MunicipalityField, TargetField
from portal.places.models import Municipality


class ReasonForm(forms.Form):
    """Why somebody does something; the log keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence. It stays in the log and can be read by administrators."),
        error_messages={"required": _("Please write why.")},
    )


class RefusalForm(forms.Form):
    """Why a request is declined; the person reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The person gets these words by e-mail."),
        error_messages={"required": _("Please write why.")},
    )


def _offer(field: TargetField, choices: list[tuple[str, list]]) -> None:
    """Show what can be chosen; where there is only the whole network, there is nothing to choose."""
    field.choices = choices
    if first_choice(choices) == ScopeKind.NETWORK:
        field.widget = forms.HiddenInput()
    else:
        field.help_text = _("Not in the list? Search for it above.")


class RoleForm(ReasonForm):
    """A role: what it is tied to, from when to when, and why."""

    field_order = ["target", "valid_from", "valid_to", "reason"]
    target = TargetField(label=_("Tied to"))
    valid_from = DayField(label=_("From"))
    valid_to = DayField(
        label=_("Until"), required=False, help_text=_("The last day, for example 31.12.2027. Empty means no end.")
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["target"], choices)
        self.fields["valid_from"].initial = timezone.localdate

    def clean(self) -> dict:
        """Refuse days that lie the wrong way round, and a beginning in the past."""
        begins, ends = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if begins and begins < timezone.localdate():
            self.add_error("valid_from", gettext("A role begins today or later."))
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("The last day lies before the first. Please check both."))
        return self.cleaned_data


class _WithMunicipality(forms.Form):
    """The municipality: typed by the network's administrators, chosen by those of single municipalities."""

    def __init__(self, *args, actor: User, **kwargs):
        super().__init__(*args, **kwargs)
        if actor.administers_network:
            self.fields["municipality"] = MunicipalityField(
                label=_("Municipality"),
                required=False,
                max_length=150,
                help_text=_("The name, for example Ravensfurt. Empty for people who belong to none."),
            )
            return
        own = Municipality.objects.filter(pk__in=rules.administered_municipalities(actor))
        self.fields["municipality"] = forms.ModelChoiceField(own, label=_("Municipality"), empty_label=None)
        if len(own) == 1:
            self.initial.setdefault("municipality", own[0].pk)


class PersonForm(_WithMunicipality):
    """What administrators change of an account; the e-mail address is changed by the person alone."""

    display_name = forms.CharField(
        validators=[validate_one_line], label=_("Name"), max_length=150, help_text=_("As others see it.")
    )


class InvitationBaseForm(forms.Form):
    """What every invitation needs."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    display_name = forms.CharField(
        validators=[validate_one_line],
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("The person can still change it."),
    )
    role_valid_to = DayField(
        label=_("Role until"), required=False, help_text=_("The last day, for example 31.12.2027. Empty means no end.")
    )
    message = forms.CharField(
        label=_("Personal message"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the mail with the invitation."),
    )

    def clean_role_valid_to(self):
        """Refuse a role that would be over before it begins."""
        day = self.cleaned_data["role_valid_to"]
        if day and day < timezone.localdate():
            raise ValidationError(gettext("This day is over. The role would never hold."), code="past")
        return day


class CircleInvitationForm(InvitationBaseForm):
    """An invitation into one group or organisation, whose role and municipality are given."""


class InvitationForm(InvitationBaseForm, _WithMunicipality):
    """An invitation by an administrator, with a role or without."""

    field_order = ["email", "display_name", "municipality", "target", "role_valid_to", "message"]

    def __init__(self, *args, actor: User, role: str, choices=(), email: str = "", **kwargs):
        super().__init__(*args, actor=actor, **kwargs)
        self.actor, self.role = actor, role
        if role:
            self.fields["target"] = TargetField(label=_("Role tied to"))
            _offer(self.fields["target"], choices)
        else:
            del self.fields["role_valid_to"]
        if email:
            self.fields["email"].disabled = True
            self.initial["email"] = email
        self.order_fields(self.field_order)

    def clean(self) -> dict:
        """Refuse a combination that the person who invites may not give."""
        data = self.cleaned_data
        if "municipality" in data and ("target" in data or not self.role):
            municipality = data["municipality"]
            if not rules.may_invite(self.actor, self.role, data.get("target"), getattr(municipality, "pk", None)):
                raise ValidationError(gettext("You may not give this role there, or not in this municipality."))
        return data

    def invitation(self) -> dict:
        """Return what `invite` and `approve_request` take, without the address."""
        names = ("municipality", "display_name", "message", "target", "role_valid_to")
        return {"role": self.role, **{name: self.cleaned_data[name] for name in names if name in self.cleaned_data}}


def first_choice(choices: list[tuple[str, list]]) -> str:
    """Return the only thing that can be chosen; nothing where there are several."""
    values = [value for _kind, group in choices for value, _label in group]
    return values[0] if len(values) == 1 else ""
