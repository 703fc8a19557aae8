"""The forms of people who may be named: choosing details, one's own entry step by step, a question and its answer."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledge.directory.keeping.fields import LanguagesField
from knowledge.directory.models import Contact, Expert, ExpertRequest
from knowledge.directory.people.wording import offered_fields
from portal.accounts.people.fields import MunicipalityField
from portal.shared.visibility import Audience

#: An address or a telephone number in running text, also as people write it to escape machines.
_ADDRESS = re.compile(r"\S+\s*(?:@|[(\[{]\s*at\s*[)\]}])\s*\S+\.\S+|(?:\+|\b0)\d[\d /().-]{5,}\d", re.IGNORECASE)
#: A day with zeros would pass for a telephone number.
_DAY = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b")
ACCEPT, DECLINE = "accept", "decline"


class DetailsForm(forms.Form):
    """Which details may be shown; nothing is ticked beforehand that was not agreed to."""

    fields_shown = forms.MultipleChoiceField(
        label=_("Which details may be shown?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Nothing is chosen. Choose at least one detail, or decline below."),
            "invalid_choice": _("This detail is no longer there. Please choose anew."),
        },
    )

    def __init__(self, *args, contact: Contact, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields_shown"].choices = [
            (name, f"{label}: {value}") for name, label, value in offered_fields(contact)
        ]


class EntryStepForm(forms.ModelForm):
    """A step of one's own entry; it names no person, since it stands where others read it."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self):
        """Refuse one's own name, an address or a telephone number, which would reveal who it is."""
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and self._reveals(value):
                self.add_error(name, _("Please leave out your name, e-mail address and telephone number here."))
        return cleaned

    def _reveals(self, text: str) -> bool:
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        own = _words(self.person.display_name)
        return bool(_ADDRESS.search(_DAY.sub(" ", text))) or (bool(own) and own <= _words(text))


def _words(text: str) -> set[str]:
    """Return the words, so that neither order nor hyphens hide a name."""
    return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))


class CompetencesForm(EntryStepForm):
    """What for, and what one can do."""

    class Meta:
        model = Expert
        fields = ["headline", "competences"]
        help_texts = {
            "headline": _("In a few words, e.g. “Recognition of foreign qualifications”. This stands in the list."),
            "competences": _("What you have learnt and done, and what people can ask you. Without your name."),
        }
        widgets = {"competences": forms.Textarea(attrs={"rows": 8})}
        error_messages = {
            "headline": {"required": _("Please say in a few words what people can ask you for.")},
            "competences": {"required": _("Please describe what you can do.")},
        }


class SubjectsForm(EntryStepForm):
    """Fields of action, languages, where."""

    languages = LanguagesField(
        label=_("Languages"), help_text=_("Separated by commas, for example German, Tigrinya, English.")
    )
    municipality = MunicipalityField(
        label=_("Municipality"),
        required=False,
        help_text=_("Where you can be met. In a small place people may guess who you are; you may leave it empty."),
    )

    class Meta:
        model = Expert
        fields = ["fields_of_action", "languages", "municipality"]
        widgets = {"fields_of_action": forms.CheckboxSelectMultiple}


class ConditionsForm(EntryStepForm):
    """On which conditions, and who may find the entry."""

    audience = forms.ChoiceField(
        label=_("Who may find you?"),
        choices=[(Audience.MEMBER, _("All members of the network")), (Audience.STAFF, _("Municipal staff only"))],
        widget=forms.RadioSelect,
        help_text=_("The public never finds you."),
    )

    class Meta:
        model = Expert
        fields = ["conditions", "audience"]
        help_texts = {"conditions": _("E.g. a fee, travel costs, only in the evening. Nobody may ask you for nothing.")}


class QuestionForm(forms.ModelForm):
    """A question to an expert; without a consideration it cannot be sent."""

    class Meta:
        model = ExpertRequest
        fields = ["occasion", "text", "consideration"]
        help_texts = {
            "occasion": _("E.g. “Parents' evening at a vocational school, 3 March 2027”."),
            "text": _("What you want to know or have done, how long it takes, until when you need an answer."),
            "consideration": _("What the expert gets for it: a fee, an allowance, a contract, something in return."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        error_messages = {
            "occasion": {"required": _("Please say what it is about.")},
            "text": {"required": _("Please write your question.")},
            "consideration": {"required": _("Please say what the expert gets for it. Nobody works for nothing here.")},
        }


class AnswerForm(forms.Form):
    """Accept or decline; what one tells of oneself is chosen, never assumed."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(ACCEPT, _("I accept")), (DECLINE, _("I decline"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether you accept or decline.")},
    )
    answer = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=ExpertRequest._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Needed if you accept. You may decline without a word and without a reason."),
    )
    reveals = forms.MultipleChoiceField(
        label=_("May the person who asks learn who you are?"),
        required=False,
        choices=[
            ("name", _("Yes, tell them my name.")),
            ("email", _("Yes, tell them my e-mail address, so that they can write to me directly.")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "For this one question only, and only if you accept. Without a tick they learn neither. "
            "What they were told cannot be taken back."
        ),
    )

    def clean(self):
        """Who accepts says how to go on."""
        cleaned = super().clean()
        if cleaned.get("decision") == ACCEPT and not cleaned.get("answer", "").strip():
            self.add_error("answer", ValidationError(_("Please write how to go on from here."), code="required"))
        return cleaned
