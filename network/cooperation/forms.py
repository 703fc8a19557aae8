"""What the two sides write: requests, answers, texts, records, ratings, comments."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import Answer
from network.cooperation.fields import ROWS, field_for
from network.cooperation.models import (
    Agreement,
    AgreementVersion,
    CooperationRequest,
    CounterProposal,
    LedgerComment,
    Rating,
    ServiceRecord,
    SharedCooperation,
)
from network.cooperation.models.terms import Terms
from portal.accounts.people.fields import DayField
from portal.places.models import Department, Municipality

#: What a request must say before it can be sent, whatever the consideration is.
NEEDED = (
    "occasion", "service", "hours", "wanted_on", "answer_by", "consideration", "legal_frame", "use_of_results",
    "credit",
)  # fmt: skip


class TermsForm(forms.ModelForm):
    """Terms, whose gaps are named beside the fields; the database's own rule about them says nothing to people."""

    def _post_clean(self):
        super()._post_clean()
        rules = {
            constraint.get_violation_error_message()
            for constraint in self._meta.model._meta.constraints
            if constraint.name.endswith("_is_complete")
        }
        if said := [text for text in self.errors.pop(NON_FIELD_ERRORS, ()) if text not in rules]:
            self.add_error(None, said)
        add_terms_errors(self)


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
        answer_by, wanted_on = data.get("answer_by"), data.get("wanted_on")
        if answer_by and wanted_on and answer_by > wanted_on:
            self.add_error("answer_by", gettext("The answer would come after the date itself. Please check both days."))
        office = data.get("department")
        if office is not None and data.get("municipality") != office.municipality:
            self.add_error("department", gettext("This office belongs to another municipality."))
        return data


class CounterProposalForm(TermsForm):
    """What the organisation proposes instead."""

    class Meta:
        model = CounterProposal
        formfield_callback = field_for
        fields = ("text", *Terms.TERM_FIELDS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who writes here is the organisation; the fields are shared with the request.
        self.fields["hours"].help_text = gettext("All hours that you need, preparation and travel included.")
        self.fields["consideration"].label = gettext("What you get in return")
        self.fields["no_consideration_reason"].help_text = gettext("The municipality reads this reason.")


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
        widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("Only if you like. You need not give a reason."),
    )


class AgreementForm(TermsForm):
    """A text of an agreement."""

    class Meta:
        model = AgreementVersion
        formfield_callback = field_for
        fields = AgreementVersion.TEXT_FIELDS


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
        """Refuse a day that has not come, or lies outside of the agreement."""
        day, agreement = self.cleaned_data["done_on"], self.instance.agreement
        last = agreement.last_day()
        if day and last and day > last:
            text = gettext("This day lies after the end of the agreement (%(day)s).")
            raise ValidationError(text % {"day": date_format(last, "DATE_FORMAT")}, code="after")
        return _within(agreement, _not_later_than_today(day))

    def clean_payment_due(self):
        """Refuse a day before the agreement."""
        return _within(self.instance.agreement, self.cleaned_data["payment_due"])

    def clean_paid_on(self):
        """Refuse a day that has not come, or lies before the agreement."""
        return _within(self.instance.agreement, _not_later_than_today(self.cleaned_data["paid_on"]))


class DisputeForm(forms.Form):
    """What is not right."""

    text = forms.CharField(
        label=_("What is not right?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("The two sides alone read this."),
        error_messages={"required": _("Please write what is not right.")},
    )


class PaymentForm(forms.Form):
    """The day of a payment."""

    paid_on = DayField(label=_("Paid on"), help_text=_("For example 9.3.2026 or 9 March 2026."))

    def __init__(self, *args, record: ServiceRecord, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_paid_on(self):
        """Refuse a day that has not come, or lies before the agreement."""
        return _within(self.record.agreement, _not_later_than_today(self.cleaned_data["paid_on"]))


class ContestForm(forms.Form):
    """What is wrong with a payment."""

    text = forms.CharField(
        label=_("What is wrong with the payment?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("The two sides alone read this."),
        error_messages={"required": _("Please write what is not right.")},
    )


class RatingForm(forms.ModelForm):
    """Three statements and free words."""

    class Meta:
        model = Rating
        fields = ("kept_agreements", "was_respectful", "would_repeat", "words")
        widgets = {
            "kept_agreements": forms.RadioSelect,
            "was_respectful": forms.RadioSelect,
            "would_repeat": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": ROWS}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kept_agreements", "was_respectful", "would_repeat"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0] not in ("", None)]


class HistoryForm(forms.ModelForm):
    """What the profile tells about a cooperation that is over."""

    class Meta:
        model = SharedCooperation
        formfield_callback = field_for
        fields = ("subject", "role", "result", "result_url")


class CommentForm(forms.ModelForm):
    """What an organisation says about its ledger."""

    class Meta:
        model = LedgerComment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": ROWS})}


class ReplyForm(forms.Form):
    """What an editor replies."""

    text = forms.CharField(label=_("Reply"), max_length=2_000, widget=forms.Textarea(attrs={"rows": ROWS}))


def add_terms_errors(form: forms.ModelForm) -> None:
    """Say what the terms lack, beside the fields."""
    form.instance.keep_only_what_was_chosen()
    for name, error in form.instance.terms_errors().items():
        if name not in form.errors:
            form.add_error(name, error)


def _within(agreement: Agreement, day):
    first = min((version.valid_from for version in agreement.all_versions if version.is_accepted), default=None)
    if day and first and day < first:
        text = gettext("This day lies before the beginning of the agreement (%(day)s).")
        raise ValidationError(text % {"day": date_format(first, "DATE_FORMAT")}, code="before")
    return day


def _not_later_than_today(day):
    if day and day > timezone.localdate():
        raise ValidationError(gettext("This day has not come yet."), code="future")
    return day
