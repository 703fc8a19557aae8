"""The forms of the import: the file, and what its columns are."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import OrganisationKind
from knowledge.directory.importing.fields import FIELDS, field_choices
from knowledge.directory.importing.reading.headings import PERSON
from knowledge.directory.importing.reading.outcome import MOST_ROWS, Table, Unreadable
from knowledge.directory.importing.reading.runner import read_in_child
from knowledge.directory.importing.wording import reason_for
from knowledge.directory.importing.writing import Choices
from portal.places.models import Municipality
from portal.shared.files import MEGABYTE, CheckedUpload, FileKinds, check_upload

KINDS = (FileKinds.CSV, FileKinds.EXCEL, FileKinds.JSON)
MAX_MEGABYTES = 10
#: Values of a column that are shown beside its heading.
_SAMPLES = 3
_LONGEST_SAMPLE = 40


class _ErrorsTiedToFields:
    """A form whose fields name their error as their description; Wagtail's admin names the hint only."""

    def add_error(self, field, error) -> None:
        """Add the error and its place in the page to the field's description."""
        super().add_error(field, error)
        for name in self.errors.keys() & self.fields.keys():
            place = self[name].auto_id
            ids = [f"{place}-helptext"] if self.fields[name].help_text else []
            self.fields[name].widget.attrs["aria-describedby"] = " ".join([*ids, f"{place}-errors"])


class ListFileForm(_ErrorsTiedToFields, forms.Form):
    """A list that is checked at the door and read in a process of its own."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(kind.value.extension for kind in KINDS)}),
        error_messages={
            "required": _("No file was chosen. Choose the list that you want to take over."),
            "empty": _("The file is empty. Choose the list again."),
        },
    )

    upload: CheckedUpload
    table: Table

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = gettext(
            "CSV or Excel (.xlsx), one organisation per row, or the export of another directory (HSDS, .json); "
            "up to %(rows)d rows and %(limit)d MB."
        )
        self.fields["file"].help_text = hint % {"rows": MOST_ROWS, "limit": MAX_MEGABYTES}

    def clean_file(self) -> UploadedFile:
        """Check the file and read it; both say in plain words what is wrong with it."""
        file = self.cleaned_data["file"]
        self.upload = check_upload(file, file.name, kinds=KINDS, max_bytes=MAX_MEGABYTES * MEGABYTE)
        try:
            self.table = read_in_child(self.upload.data, self.upload.name)
        except Unreadable as unreadable:
            raise ValidationError(reason_for(unreadable), code=str(unreadable.reason)) from unreadable
        return file


class ColumnsForm(_ErrorsTiedToFields, forms.Form):
    """What each column stands for, and what holds for the whole list."""

    kind = forms.ChoiceField(
        label=_("Kind, where the list names none"),
        choices=OrganisationKind.choices,
        initial=OrganisationKind.MIGRANT_ORGANISATION,
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality, where the list names none"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    publishes = forms.BooleanField(
        label=_("Publish complete entries at once"),
        required=False,
        help_text=_(
            "Complete means: name, place, a way to reach the organisation, one sentence and a field of action. "
            "Without this all new entries are drafts until the organisation or you publish them."
        ),
    )

    def __init__(self, data=None, *, columns, rows, mapping: dict[int, str], choices: Choices):
        super().__init__(data, initial={**_initial(choices), **{_name(at): name for at, name in mapping.items()}})
        self.fields["municipality"].queryset = Municipality.objects.order_by("sorted_as", "ags")
        self.columns = list(columns)
        for position, heading in enumerate(self.columns):
            self.fields[_name(position)] = forms.ChoiceField(
                label=heading, choices=field_choices(), required=False, help_text=_samples(rows, position)
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields of the columns in the order of the file."""
        return [self[_name(position)] for position in range(len(self.columns))]

    @property
    def mapping(self) -> dict[int, str]:
        """Return what was chosen for each column."""
        return {position: self.cleaned_data[_name(position)] for position in range(len(self.columns))}

    @property
    def choices(self) -> Choices:
        """Return what was chosen for the whole list."""
        place = self.cleaned_data["municipality"]
        return Choices(self.cleaned_data["kind"], place.pk if place else None, self.cleaned_data["publishes"])

    def clean(self) -> dict:
        """Ask for the name, and for no field twice."""
        cleaned = super().clean()
        chosen: dict[str, list[int]] = {}
        for position in range(len(self.columns)):
            if name := cleaned.get(_name(position), ""):
                chosen.setdefault(name, []).append(position)
        if "name" not in chosen:
            self.add_error(None, _("Please say which column holds the name of the organisation."))
        for name, positions in chosen.items():
            if len(positions) > 1 and name != PERSON:
                message = gettext("“%(field)s” is chosen for several columns: %(columns)s. Please choose one of them.")
                headings = get_text_list([self.columns[position] for position in positions], gettext("and"))
                self.add_error(_name(positions[-1]), message % {"field": FIELDS[name].label, "columns": headings})
        return cleaned


def _name(position: int) -> str:
    return f"column_{position}"


def _initial(choices: Choices) -> dict:
    return {"kind": choices.kind, "municipality": choices.municipality, "publishes": choices.publishes}


def _samples(rows, position: int) -> str:
    """Show what stands in a column, so that nobody has to look into the file."""
    found: list[str] = []
    for row in rows:
        cell = " ".join(str(row[position + 1])[:_LONGEST_SAMPLE].split())
        if cell and cell not in found:
            found.append(cell)
        if len(found) == _SAMPLES:
            break
    return gettext("E.g. %(samples)s") % {"samples": " · ".join(found)} if found else gettext("This column is empty.")
