"""What the two sides write: requests, answers, texts, records, ratings, comments."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Answer, Consideration, Credit, LegalFrame
from network.cooperation.models import (
    AgreementVersion,
    CooperationRequest,
    CounterProposal,
    LedgerComment,
    Rating,
    ServiceRecord,
)
from network.cooperation.models.terms import Terms
from portal.accounts.people.fields import DayField
from portal.places.models import Department, Municipality

_ROWS = 4
#: What a request must say before it can be sent, whatever the consideration is.
NEEDED = (
    "occasion", "service", "hours", "wanted_on", "answer_by", "consideration", "legal_frame", "use_of_results",
    "credit",
)  # fmt: skip
_RADIO = {
    "consideration": Consideration,
    "legal_frame": LegalFrame,
    "credit": Credit,
}


def field_for(field: models.Field, **kwargs):
    """Return the form's field: days and numbers as people type them, few choices as buttons, room for long texts."""
    if isinstance(field, models.DateField):
        return DayField(label=capfirst(field.verbose_name), required=not field.blank)
    if field.name in _RADIO:
        return forms.ChoiceField(
            label=capfirst(field.verbose_name),
            choices=_RADIO[field.name].choices,
            required=not field.blank,
            widget=forms.RadioSelect,
            help_text=field.help_text,
        )
    if isinstance(field, models.DecimalField):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return field.formfield(localize=True, widget=widget, **kwargs)
    if isinstance(field, models.TextField):
        return field.formfield(widget=forms.Textarea(attrs={"rows": _ROWS}), **kwargs)
    return field.formfield(**kwargs)


class RequestForm(forms.ModelForm):
    """A draft; what is missing is asked for only when it is to be sent, so that nothing typed is lost."""

    class Meta:
        model = CooperationRequest
        formfield_callback = field_for
        fields = (
            "municipality", "department", "title", "occasion", "service", "hours", "wanted_on", "answer_by",
            "consideration", "fee_per_hour", "amount", "in_kind", "no_consideration_reason", "legal_frame",
            "use_of_results", "credit",
        )  # fmt: skip

    def __init__(self, *args, municipalities: frozenset[int], **kwargs):
        super().__init__(*args, **kwargs)
        own = Municipality.objects.filter(pk__in=municipalities)
        self.fields["municipality"].queryset = own
        self.fields["municipality"].empty_label = None
        offices = Department.objects.filter(municipality__in=municipalities).select_related("municipality")
        self.fields["department"].queryset = offices
        self.fields["department"].empty_label = gettext("no particular office")
        if len(own) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            # Not the field's own initial value, over which the empty one of a new draft would win.
            self.initial["municipality"] = own[0].pk

    def name_what_is_needed(self) -> None:
        """Do not call optional what has to be there before sending; for a draft it is not asked for."""
        for name in NEEDED:
            self.fields[name].required = True

    def clean_answer_by(self):
        """Refuse a day that is over."""
        day = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise ValidationError(gettext("This day is over. Please leave time to answer."), code="past")
        return day

    def clean(self) -> dict:
        """Refuse an office of another municipality."""
        data = super().clean()
        office = data.get("department")
        if office is not None and data.get("municipality") != office.municipality:
            self.add_error("department", gettext("This office belongs to another municipality."))
        return data


class CounterProposalForm(forms.ModelForm):
    """What the organisation proposes instead."""

    class Meta:
        model = CounterProposal
        formfield_callback = field_for
        fields = ("text", *Terms.TERM_FIELDS)

    def _post_clean(self):
        super()._post_clean()
        add_terms_errors(self)


class AnswerForm(forms.Form):
    """Yes or no, and a note that nobody asks for."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(Answer.ACCEPTED.value, _("We accept")), (Answer.DECLINED.value, _("We decline"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )
    note = forms.CharField(
        label=_("Your note"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": _ROWS}),
        help_text=_("Only if you like. You need not give a reason."),
    )


class AgreementForm(forms.ModelForm):
    """A text of an agreement."""

    class Meta:
        model = AgreementVersion
        formfield_callback = field_for
        fields = AgreementVersion.TEXT_FIELDS

    def _post_clean(self):
        super()._post_clean()
        add_terms_errors(self)


class EndForm(forms.Form):
    """A note on the end, which nobody asks for."""

    note = forms.CharField(label=_("Your note"), max_length=300, required=False)


class RecordForm(forms.ModelForm):
    """What was done, and what is paid for it."""

    class Meta:
        model = ServiceRecord
        formfield_callback = field_for
        fields = ("done_on", "what", "paid_hours", "unpaid_hours", "amount", "payment_due", "paid_on")

    def clean_done_on(self):
        """Refuse a day that has not come."""
        return _not_later_than_today(self.cleaned_data["done_on"])

    def clean_paid_on(self):
        """Refuse a day that has not come."""
        return _not_later_than_today(self.cleaned_data["paid_on"])


class DisputeForm(forms.Form):
    """What is not right."""

    text = forms.CharField(
        label=_("What is not right?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": _ROWS}),
        help_text=_("The two sides alone read this."),
        error_messages={"required": _("Please write what is not right.")},
    )


class PaymentForm(forms.Form):
    """The day of a payment."""

    paid_on = DayField(label=_("Paid on"))

    def clean_paid_on(self):
        """Refuse a day that has not come."""
        return _not_later_than_today(self.cleaned_data["paid_on"])


class RatingForm(forms.ModelForm):
    """Three statements and free words."""

    class Meta:
        model = Rating
        fields = ("kept_agreements", "was_respectful", "would_repeat", "words")
        widgets = {
            "kept_agreements": forms.RadioSelect,
            "was_respectful": forms.RadioSelect,
            "would_repeat": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": _ROWS}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kept_agreements", "was_respectful", "would_repeat"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0] not in ("", None)]


class CommentForm(forms.ModelForm):
    """What an organisation says about its ledger."""

    class Meta:
        model = LedgerComment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": _ROWS})}


class ReplyForm(forms.Form):
    """What an editor replies."""

    text = forms.CharField(label=_("Reply"), max_length=2_000, widget=forms.Textarea(attrs={"rows": _ROWS}))


def add_terms_errors(form: forms.ModelForm) -> None:
    """Say what the terms lack, beside the fields."""
    form.instance.keep_only_what_was_chosen()
    for name, error in form.instance.terms_errors().items():
        if name not in form.errors:
            form.add_error(name, error)


def _not_later_than_today(day):
    if day and day > timezone.localdate():
        raise ValidationError(gettext("This day has not come yet."), code="future")
    return day
