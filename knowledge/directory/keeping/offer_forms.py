"""The form of one offer: what, for whom, in which languages, when, where and at what cost."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import Accessibility, AccessKind
from knowledge.directory.keeping.fields import LanguagesField, WebAddressField, with_plain_lines
from knowledge.directory.keeping.rows_in_forms import add_hours, hours_of, language_rows, languages_at_first
from knowledge.directory.keeping.snapshots import OFFER_COLUMNS, offer_values
from knowledge.directory.keeping.writing import write_offer_rows
from knowledge.directory.languages import FREQUENT, language_name
from knowledge.directory.models import Offer, OfferAccess, Organisation
from knowledge.topics.residence_status import ResidenceStatus

_NOTE = OfferAccess._meta.get_field("note").max_length


class OfferForm(forms.ModelForm):
    """An offer; only name, kind and description are needed."""

    accessibility = forms.MultipleChoiceField(
        label=_("accessibility"), required=False, choices=Accessibility.choices, widget=forms.CheckboxSelectMultiple
    )
    spoken = forms.MultipleChoiceField(
        label=_("Languages of this offer"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(tag, language_name(tag)) for tag in FREQUENT],
        help_text=_("Leave all empty where it is the same as for the organisation as a whole."),
    )  # fmt: skip
    others = LanguagesField(label=_("Other languages of this offer"), help_text=_("Separated by commas."))
    interpreted = LanguagesField(
        label=_("With an interpreter also"), help_text=_("Separated by commas, for example Tigrinya, Dari.")
    )

    url = WebAddressField(label=_("Web address of the offer"), max_length=500)

    class Meta:
        model = Offer
        fields = (*[name for name in OFFER_COLUMNS if name != "is_active"], "fields_of_action")
        widgets = {
            "fields_of_action": forms.CheckboxSelectMultiple,
            "minimum_age": forms.TextInput(attrs={"inputmode": "numeric"}),
            "maximum_age": forms.TextInput(attrs={"inputmode": "numeric"}),
            "amount": forms.TextInput(attrs={"inputmode": "decimal"}),
        }
        help_texts = {
            "target_group": _("Need and situation in life, for example parents with school children."),
            "registration": _("For example by telephone, without an appointment on Mondays."),
        }

    #: Fields of each group: the first stand open, the others unfold.
    GROUPS = (
        (None, ("name", "kind", "description", "target_group", "fields_of_action")),
        (_("Access, age and conditions"), ("access_note", "minimum_age", "maximum_age", "@access")),
        (_("Cost"), ("cost", "amount", "cost_note")),
        (_("Place and accessibility"), ("place", "is_online", "accessibility", "accessibility_note")),
        (_("Times and registration"), ("@days", "registration", "waiting", "documents", "url")),
        (_("Languages"), ("spoken", "others", "interpreted")),
    )

    def __init__(self, *args, instance: Offer, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        kept = offer_values(instance) if instance.pk else {"opening_times": [], "languages": [], "access": []}
        for name, tags in languages_at_first(kept["languages"]).items():
            self.initial.setdefault(name, tags)
        add_hours(self, kept["opening_times"])
        self._add_access({row["status"]: row for row in kept["access"]})
        self.fields["amount"].localize = self.fields["amount"].widget.is_localized = True

    def clean(self) -> dict:
        """Return what was typed with line ends as the entry keeps them."""
        return with_plain_lines(super().clean())

    def _add_access(self, known: dict) -> None:
        choices = [("", _("not said")), *AccessKind.choices]
        for status, label in ResidenceStatus.choices:
            row = known.get(status, {"access": "", "note": ""})
            self.fields[f"access_{status}"] = forms.ChoiceField(
                label=_("Open to: %(status)s") % {"status": label}, choices=choices, required=False,
                initial=row["access"],
            )  # fmt: skip
            self.fields[f"note_{status}"] = forms.CharField(
                label=_("Note on: %(status)s") % {"status": label}, max_length=_NOTE, required=False,
                initial=row["note"],
            )  # fmt: skip

    def groups(self) -> list[dict]:
        """Return the fields in their groups; one with an error or an entry stands open."""
        groups = []
        for title, names in self.GROUPS:
            fields = [self[name] for group in names for name in self._names(group)]
            is_open = title is None or any(field.errors or self._is_filled(field) for field in fields)
            groups.append({"title": title, "fields": fields, "is_open": is_open})
        return groups

    def _names(self, name: str) -> list[str]:
        if name == "@days":
            return [field for field in self.fields if field.startswith("day_")]
        if name == "@access":
            return [field for field in self.fields if field.startswith(("access_", "note_")) and field != "access_note"]
        return [name]

    @staticmethod
    def _is_filled(field) -> bool:
        return field.name != "cost" and bool(field.value())

    def write(self, organisation: Organisation) -> None:
        """Write the offer and what belongs to it; a new one is made."""
        data = self.cleaned_data
        known = organisation.offers.filter(uid=self.instance.uid).first()
        offer = known or Offer(organisation=organisation, uid=self.instance.uid)
        for name in self.Meta.fields:
            if name != "fields_of_action":
                setattr(offer, name, data[name])
        offer.updated_at = timezone.now()
        offer.save()
        access = [
            {"status": status, "access": data[f"access_{status}"], "note": data[f"note_{status}"]}
            for status in ResidenceStatus.values
            if data[f"access_{status}"]
        ]
        write_offer_rows(
            offer,
            {
                "fields_of_action": [field.slug for field in data["fields_of_action"]],
                "languages": language_rows(data),
                "opening_times": hours_of(data),
                "access": access,
            },
        )
