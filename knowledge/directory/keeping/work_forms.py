"""The forms of how an organisation works: responsibility, quality, capacity and conditions, transparency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import TransparencyItem
from knowledge.directory.keeping import writing
from knowledge.directory.keeping.fields import WebAddressField
from knowledge.directory.keeping.part_form import PartForm
from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.keeping.rows_in_forms import add_hours, hours_of
from knowledge.directory.keeping.snapshots import COLUMNS, part_values
from knowledge.directory.models import Organisation
from portal.accounts.people.fields import DayField


class ResponsibilityForm(PartForm):
    """What services and authorities name instead of a mandate."""

    part = PartKey.RESPONSIBILITY

    class Meta(PartForm.Meta):
        fields = COLUMNS[PartKey.RESPONSIBILITY]
        help_texts = {
            "responsibility": _("For whom you are responsible, and for what; also for whom you are not."),
            "legal_basis": _("For example § 45 AufenthG."),
        }


class QualityForm(PartForm):
    """How quality is kept up; qualifications are looked at by editors and have pages of their own."""

    part = PartKey.QUALITY

    class Meta(PartForm.Meta):
        fields = COLUMNS[PartKey.QUALITY]


class _WithHours(PartForm):
    """Adds one line of hours per day of the week."""

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        add_hours(self, part_values(instance, PartKey.CAPACITY)["opening_times"])


class CapacityForm(_WithHours):
    """Capacity and conditions, reach and opening times."""

    part = PartKey.CAPACITY
    takes_requests = forms.TypedChoiceField(
        label=_("Do you take requests at present?"), coerce=lambda text: text == "True", widget=forms.RadioSelect,
        choices=[("True", _("Yes, we take requests.")), ("False", _("No, no requests at present."))],
        help_text=_("You can change this at any time. Whoever declines is shown just as before."),
    )  # fmt: skip

    class Meta(PartForm.Meta):
        fields = COLUMNS[PartKey.CAPACITY]
        widgets = {"answers_within": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        if instance.is_service:
            for name in ("volunteers", "members_class"):
                del self.fields[name]

    def write(self, organisation: Organisation) -> None:
        """Write the columns and the hours."""
        super().write(organisation)
        writing.write_times(organisation, hours_of(self.cleaned_data))


class TransparencyForm(PartForm):
    """Where the ten points of transparency are published; two fields per point."""

    part = PartKey.TRANSPARENCY

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        known = {note.item: note for note in instance.transparency_notes.all()}
        for item, label in TransparencyItem.choices:
            note = known.get(item)
            self.fields[f"url_{item}"] = WebAddressField(label=label, max_length=500)
            self.fields[f"as_of_{item}"] = DayField(
                label=_("“%(point)s” – as of") % {"point": label}, required=False, help_text=""
            )
            self.initial |= {f"url_{item}": note.url, f"as_of_{item}": note.as_of} if note else {}

    def write(self, organisation: Organisation) -> None:
        """Write the points that have an address."""
        rows = []
        for item in TransparencyItem.values:
            url, as_of = self.cleaned_data[f"url_{item}"], self.cleaned_data[f"as_of_{item}"]
            if url:
                rows.append({"item": item, "url": url, "as_of": as_of.isoformat() if as_of else None})
        writing.write_notes(organisation, rows)
