"""One form per free part; each knows what it shows at first and how it is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.directory.coordinates import coordinates_text
from knowledge.directory.enums import Approach
from knowledge.directory.keeping import writing
from knowledge.directory.keeping.fields import (
    CoordinatesField,
    LanguagesField,
    MunicipalitiesField,
    NetworksField,
    WebAddressField,
)
from knowledge.directory.keeping.part_form import DESCRIPTION_LENGTH, PartForm
from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.keeping.rows_in_forms import language_rows, languages_at_first
from knowledge.directory.keeping.snapshots import COLUMNS, part_values
from knowledge.directory.keeping.work_forms import CapacityForm, QualityForm, ResponsibilityForm, TransparencyForm
from knowledge.directory.languages import EASY_LANGUAGE, FREQUENT, language_name
from knowledge.directory.models import Organisation


class IdentityForm(PartForm):
    """Name and place."""

    part = PartKey.IDENTITY
    website = WebAddressField(label=_("Website"), max_length=300, help_text=_("For example https://www.verein.example"))

    coordinates = CoordinatesField(
        label=_("Point on the map"),
        help_text=_(
            "Only if people may come to you: latitude and longitude as you copy them from a map, "
            "for example 51.96210, 7.62610."
        ),
    )

    class Meta(PartForm.Meta):
        fields = COLUMNS[PartKey.IDENTITY]
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "founded_year": forms.TextInput(attrs={"inputmode": "numeric"}),
            "postal_code": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {
            "own_language_name": _("In its own script, if it has one."),
            "email": _("Everybody can read it. Take an address that several of you read, never a private one."),
            "phone": _("Everybody can read it. Leave it empty if there is only a private number."),
        }

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial.setdefault("coordinates", coordinates_text(instance.latitude, instance.longitude))

    def write(self, organisation: Organisation) -> None:
        """Write the columns and the point on the map."""
        super().write(organisation)
        writing.write_coordinates(organisation, self.cleaned_data["coordinates"])


class DescriptionForm(PartForm):
    """Who we are: one sentence, German, easy language; further languages have a page of their own each."""

    part = PartKey.DESCRIPTION
    german = forms.CharField(
        label=_("Who we are, in German"), required=False, max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    easy = forms.CharField(
        label=_("Who we are, in easy language"), required=False, max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Short sentences, one thought each. Many people who learn German read this first."),
    )  # fmt: skip
    #: Field → language; the others are kept as they are.
    languages = {"german": "de", "easy": EASY_LANGUAGE}

    class Meta(PartForm.Meta):
        fields = ("summary",)
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, instance: Organisation, **kwargs):
        known = dict(instance.descriptions.values_list("language", "text"))
        start = {name: known.get(language, "") for name, language in self.languages.items()}
        super().__init__(*args, instance=instance, initial={**start, **(kwargs.pop("initial", None) or {})}, **kwargs)

    def write(self, organisation: Organisation) -> None:
        """Write the sentence and the two texts; texts in other languages stay."""
        super().write(organisation)
        others = organisation.descriptions.exclude(language__in=self.languages.values())
        rows = [{"language": language, "text": self.cleaned_data[name]} for name, language in self.languages.items()]
        rows += others.values("language", "text")
        writing.write_descriptions(organisation, rows)


class FieldsForm(PartForm):
    """Fields of action and approach; services are asked for no approach."""

    part = PartKey.FIELDS
    approaches = forms.MultipleChoiceField(
        label=_("How you work"), choices=Approach.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = MunicipalitiesField(
        label=_("Municipalities in which you work"), help_text=_("One per line, for example Ravensfurt.")
    )
    umbrellas = NetworksField(
        label=_("Member of"),
        help_text=_("Networks and umbrella organisations of this directory, one name per line. They are told of it."),
    )

    class Meta(PartForm.Meta):
        fields = ("fields_of_action", "approaches", "crosses_origins")
        widgets = {"fields_of_action": forms.CheckboxSelectMultiple}

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial.setdefault("areas", list(instance.areas.order_by("sorted_as")))
        self.initial.setdefault("umbrellas", [str(uid) for uid in instance.umbrellas.values_list("uid", flat=True)])
        if instance.is_service:
            del self.fields["approaches"], self.fields["crosses_origins"]

    def write(self, organisation: Organisation) -> None:
        """Write the columns, the fields of action and the areas."""
        super().write(organisation)
        organisation.fields_of_action.set(self.cleaned_data["fields_of_action"])
        organisation.areas.set(self.cleaned_data["areas"])
        writing.write_umbrellas(organisation, self.cleaned_data["umbrellas"])


class LanguagesForm(PartForm):
    """The languages in which the organisation can be spoken to."""

    part = PartKey.LANGUAGES
    spoken = forms.MultipleChoiceField(
        label=_("We speak"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(tag, language_name(tag)) for tag in FREQUENT],
    )  # fmt: skip
    others = LanguagesField(label=_("We speak other languages, too"), help_text=_("Separated by commas."))
    interpreted = LanguagesField(
        label=_("With an interpreter also"), help_text=_("Separated by commas, for example Tigrinya, Dari.")
    )

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        for name, tags in languages_at_first(part_values(instance, self.part)["languages"]).items():
            self.initial.setdefault(name, tags)

    def write(self, organisation: Organisation) -> None:
        """Write the languages."""
        writing.write_languages(organisation, language_rows(self.cleaned_data))


FORMS: dict[str, type[PartForm]] = {
    form.part: form
    for form in (
        IdentityForm,
        DescriptionForm,
        FieldsForm,
        LanguagesForm,
        ResponsibilityForm,
        QualityForm,
        CapacityForm,
        TransparencyForm,
    )
}
