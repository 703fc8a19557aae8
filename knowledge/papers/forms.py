"""The forms of „import a paper“: the file, and the details that its uploader confirms."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.papers.import_messages import reason_for
from knowledge.papers.importing import KINDS, MAX_BYTES, MAX_MEGABYTES, PaperDetails
from knowledge.papers.models import PositionPaperPage
from knowledge.papers.reading.document import RecognisedPaper
from knowledge.papers.reading.errors import PaperUnreadable
from knowledge.papers.reading.runner import read_in_child
from portal.shared.files import CheckedUpload, check_upload


class ErrorsTiedToFields:
    """A form whose fields name their error as their description; Wagtail's admin names the hint only."""

    def add_error(self, field, error) -> None:
        """Add the error and its place in the page to the field's description."""
        super().add_error(field, error)
        for name in self.errors.keys() & self.fields.keys():
            place = self[name].auto_id
            ids = [f"{place}-helptext"] if self.fields[name].help_text else []
            self.fields[name].widget.attrs["aria-describedby"] = " ".join([*ids, f"{place}-errors"])


class PaperFileForm(ErrorsTiedToFields, forms.Form):
    """A file that is checked at the door and read in a process of its own."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(kind.value.extension for kind in KINDS)}),
        error_messages={
            "required": _("No file was chosen. Choose the paper that you want to import."),
            "empty": _("The file is empty. Choose the paper again."),
        },
    )

    upload: CheckedUpload
    recognised: RecognisedPaper

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "Word (.docx), OpenDocument (.odt), PDF with text, Markdown (.md) or plain text (.txt); up to %(limit)s MB."
        ) % {"limit": MAX_MEGABYTES}

    def clean_file(self) -> UploadedFile:
        """Check the file and read it; both say in plain words what is wrong with it."""
        file = self.cleaned_data["file"]
        self.upload = check_upload(file, file.name, kinds=KINDS, max_bytes=MAX_BYTES)
        try:
            self.recognised = read_in_child(self.upload.data, self.upload.name)
        except PaperUnreadable as unreadable:
            raise ValidationError(reason_for(unreadable), code=str(unreadable.reason)) from unreadable
        return file


class PaperDetailsForm(ErrorsTiedToFields, forms.ModelForm):
    """Title, issuing body, Stand and work phase, as recognised and to be corrected."""

    class Meta:
        model = PositionPaperPage
        fields = ["title", "issuing_body", "as_of", "work_phase"]
        # A text field: Wagtail's date widget would bring a script into the page.
        widgets = {"as_of": forms.DateInput, "title": forms.TextInput}
        help_texts = {"as_of": _("Day, month and year, for example 30.4.2014.")}
        error_messages = {
            "title": {"required": _("The paper needs a title.")},
            "issuing_body": {"required": _("The file does not say who takes this stand. Please fill it in.")},
            "as_of": {
                "required": _("The file does not say as of which day the paper speaks. Please fill it in."),
                "invalid": _("Write the date like 30.4.2014."),
            },
        }

    def __init__(self, data=None, *, recognised: RecognisedPaper):
        initial = {
            "title": recognised.title,
            "issuing_body": recognised.issuing_body,
            "as_of": recognised.as_of,
            "work_phase": recognised.work_phase,
        }
        super().__init__(data, initial=initial)

    def _post_clean(self) -> None:
        """Leave the page alone: the form only asks for details, what a page needs is checked when it is saved."""

    @property
    def details(self) -> PaperDetails:
        """What was confirmed."""
        return PaperDetails(**{name: self.cleaned_data[name] for name in self._meta.fields})
