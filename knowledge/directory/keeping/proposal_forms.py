"""The forms of sensitive parts; what is typed becomes a proposal."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.keeping.fields import with_plain_lines
from knowledge.directory.keeping.sensitive import CONTACT, LEGAL_FORM, MANDATE, QUALIFICATION, REGISTRATION, as_json
from knowledge.directory.models import Contact, Mandate, Organisation, ProfileChange, Qualification, Registration
from portal.accounts.people.fields import DayField

_NOTE_LENGTH = ProfileChange._meta.get_field("note").max_length


class ProposalForm(forms.ModelForm):
    """What a record is to say, and a note for whoever looks at it."""

    note = forms.CharField(
        label=_("Note for the editors"), required=False, max_length=_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example where the document can be seen. Readers do not see it."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "valid_to", "issued_on"):
            if name in self.fields:
                self.fields[name] = DayField(label=self.fields[name].label, required=False)

    def values(self) -> dict:
        """Return what was typed as a proposal keeps it."""
        typed = with_plain_lines(self.cleaned_data)
        return {name: as_json(typed[name]) for name in self._meta.fields}


class LegalFormForm(ProposalForm):
    """The legal form."""

    class Meta:
        model = Organisation
        fields = LEGAL_FORM.fields


class RegistrationForm(ProposalForm):
    """A register entry."""

    class Meta:
        model = Registration
        fields = REGISTRATION.fields
        help_texts = {"number": _("For example VR 1234.")}

    def clean(self) -> dict:
        """Refuse days that lie the wrong way round."""
        begins, ends = self.cleaned_data.get("issued_on"), self.cleaned_data.get("valid_to")
        if begins and ends and ends < begins:
            raise ValidationError(gettext("The last day lies before the first. Please check both."))
        return self.cleaned_data


class MandateForm(ProposalForm):
    """A mandate."""

    class Meta:
        model = Mandate
        fields = MANDATE.fields
        widgets = {"subject": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "speaks_for": _("Whom you represent here, for example the members of your association."),
            "not_for": _("This protects you from being taken for a voice of all people of one origin."),
            "evidence": _("In words, for example “resolution of the members of 3 May 2026”. Send no document."),
        }


class QualificationForm(ProposalForm):
    """A qualification."""

    class Meta:
        model = Qualification
        fields = QUALIFICATION.fields
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"evidence": _("In words, for example “certificate of the Land’s pool of interpreters”.")}


class ContactForm(ProposalForm):
    """A contact person, who is asked before anything of them is shown."""

    class Meta:
        model = Contact
        fields = CONTACT.fields
        help_texts = {
            "email": _("The person gets a mail at this address and decides what of this may be shown."),
        }


FORMS: dict[str, type[ProposalForm]] = {
    LEGAL_FORM.slug: LegalFormForm,
    REGISTRATION.slug: RegistrationForm,
    MANDATE.slug: MandateForm,
    QUALIFICATION.slug: QualificationForm,
    CONTACT.slug: ContactForm,
}
