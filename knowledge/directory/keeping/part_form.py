"""What the forms of all free parts have in common: they write their own columns and nothing else."""

from django import forms
from django.core.validators import MaxLengthValidator

from knowledge.directory.keeping import writing
from knowledge.directory.keeping.fields import AnswerField, with_plain_lines
from knowledge.directory.keeping.snapshots import COLUMNS
from knowledge.directory.models import Organisation, SelfDescription
from portal.accounts.names import validate_one_line

DESCRIPTION_LENGTH = SelfDescription._meta.get_field("text").max_length
#: Columns without a limit of their own.
_LONG_TEXTS = ("conditions", "quality", "responsibility")
_YES_OR_NO = ("crosses_origins", "has_freelancers", "has_protection_concept")


class PartForm(forms.ModelForm):
    """A form of columns of the organisation, and of rows beside it."""

    part: str

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, *args, instance: Organisation, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        for name in set(_YES_OR_NO) & set(self.fields):
            self.fields[name] = AnswerField(label=self.fields[name].label)
        for name in set(_LONG_TEXTS) & set(self.fields):
            self.fields[name].validators.append(MaxLengthValidator(DESCRIPTION_LENGTH))
        if "name" in self.fields:
            self.fields["name"].validators.append(validate_one_line)

    def clean(self) -> dict:
        """Return what was typed with line ends as the entry keeps them."""
        return with_plain_lines(super().clean())

    @property
    def columns(self) -> list[str]:
        """Return the columns that the form writes."""
        return [name for name in COLUMNS.get(self.part, ()) if name in self.cleaned_data]

    def write(self, organisation: Organisation) -> None:
        """Write what was typed, and nothing but that."""
        columns = {name: self.cleaned_data[name] for name in self.columns}
        if columns:
            writing.write_columns(organisation, columns)
