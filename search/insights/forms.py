"""The forms of tasks and of the period that figures are looked at over."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from search.insights.enums import Period
from search.insights.models import EditorialTask
from search.insights.rules import assignable


class PeriodForm(forms.Form):
    """The period of a list; whatever else stands in an address is as if it were not there."""

    zeitraum = forms.TypedChoiceField(label=_("Period"), choices=Period.choices, coerce=int, required=False)

    @property
    def period(self) -> Period:
        """Return the chosen period, else the shortest."""
        chosen = self.cleaned_data["zeitraum"] if self.is_valid() else ""
        return Period(chosen) if chosen else Period.MONTH


class TaskForm(forms.ModelForm):
    """Who is to do it, until when, and what to know about it."""

    class Meta:
        model = EditorialTask
        fields = ["assignee", "due_on", "note"]
        widgets = {"due_on": AdminDateInput, "note": forms.Textarea(attrs={"rows": 4})}
        labels = {"due_on": _("Due on (optional)"), "note": _("Note (optional)")}
        help_texts = {
            "assignee": _("The person gets a mail."),
            "note": _("Please write no names of people who seek advice here."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = assignable().order_by("display_name", "pk")
        self.fields["assignee"].error_messages["required"] = _("Please choose who is to do it.")

    def clean_due_on(self):
        """Refuse a day that is over, unless it stood there before."""
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate() and "due_on" in self.changed_data:
            raise forms.ValidationError(_("This day is over. Please choose today or a later day."), code="over")
        return day


class DismissForm(forms.Form):
    """Why a task will not be done."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands with the task, so that nobody makes it once more."),
        error_messages={"required": _("Please say in a few words why this will not be done.")},
    )
