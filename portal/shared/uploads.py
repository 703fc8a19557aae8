"""The upload forms of the editing interface: every picture and document passes the door, and none is lost."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.shared.files import MAX_BYTES, MEGABYTE, CheckedUpload, FileKinds, check_pdf, check_upload, printable
from portal.shared.visibility import Audience, audience_choices

PICTURE_KINDS = (FileKinds.JPEG, FileKinds.PNG, FileKinds.WEBP, FileKinds.GIF)
DOCUMENT_KINDS = (
    FileKinds.PDF,
    FileKinds.WORD,
    FileKinds.OPENDOCUMENT,
    FileKinds.EXCEL,
    FileKinds.CSV,
    FileKinds.TEXT,
)


class DocumentField(WagtailDocumentField):
    """A document that passed the door; a PDF must open, because browsers show it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = _hint(DOCUMENT_KINDS)

    def to_python(self, data):
        """Check the file before anybody else looks into it."""
        if data not in self.empty_values:
            upload = _checked(data, DOCUMENT_KINDS)
            if upload.kind is FileKinds.PDF.value:
                check_pdf(upload.name, upload.data)
        return super().to_python(data)


class PictureField(WagtailImageField):
    """A picture that passed the door and was drawn anew there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = _hint(PICTURE_KINDS)

    def to_python(self, data):
        """Check the file before anybody else looks into it."""
        if data not in self.empty_values:
            _checked(data, PICTURE_KINDS)
        return super().to_python(data)

    def check_image_file_size(self, f):
        """Leave it: the door looked at the size of what was brought; the picture drawn anew may be a little larger."""


class KeptUntilReplaced:
    """A form whose old file stays until the new one is kept for good, and then goes."""

    file_field: type

    def __init__(self, *args, **kwargs):
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if user is not None and not user.may_release:
            self._keep_closed()
        if "file" in self.fields:
            given = self.fields["file"]
            # Exchanged here: a field declared on the class would also appear in the forms that ask for no file.
            self.fields["file"] = self.file_field(required=given.required, label=given.label, widget=given.widget)

    def _keep_closed(self) -> None:
        """Let authors bring in files for the editors alone: for whom a file is open is part of the release.

        Who may release says of themselves (`User.may_release`), since accounts stand above.
        """
        chosen = self.fields.get("chosen_audience")
        if chosen is None:
            return
        present = self.instance.chosen_audience if self.instance.pk else Audience.EDITOR
        chosen.choices = [(audience, name) for audience, name in audience_choices() if audience == present]
        chosen.initial = present
        chosen.help_text = gettext("Editors decide at the release who else may see the file.")

    def clean_title(self) -> str:
        """The title often is the name of the file, with whatever stood in it."""
        return printable(self.cleaned_data["title"]).strip()

    def save(self, commit=True):
        """Save; Wagtail itself would delete the old file of a document before the row is saved."""
        replaced = self.original_file if commit and "file" in self.changed_data else None
        self.original_file = None
        saved = super().save(commit=commit)
        if replaced:
            self.forget_sizes()
            transaction.on_commit(partial(replaced.storage.delete, replaced.name))
        return saved

    def forget_sizes(self) -> None:
        """Drop what was derived of the old file."""


class DocumentForm(KeptUntilReplaced, BaseDocumentForm):
    """The form of a document."""

    file_field = DocumentField


class PictureForm(KeptUntilReplaced, BaseImageForm):
    """The form of a picture."""

    file_field = PictureField

    def forget_sizes(self) -> None:
        """Drop the sizes of the old picture, rows and files."""
        self.instance.renditions.all().delete()


def _hint(kinds: tuple[FileKinds, ...]) -> str:
    return gettext("%(kinds)s; up to %(limit)s MB.") % {
        "kinds": ", ".join(str(kind.value.label) for kind in kinds),
        "limit": MAX_BYTES // MEGABYTE,
    }


def _checked(file: UploadedFile, kinds: tuple[FileKinds, ...]) -> CheckedUpload:
    """Check an upload and put what came out of the door in its place.

    In its place, since Wagtail's upload of several files keeps the very same object for later where a form is not
    complete, and saves it then without asking the form again.
    """
    file.seek(0)
    upload = check_upload(file, file.name, kinds=kinds)
    file.seek(0)
    file.truncate()
    file.write(upload.data)
    # A large upload lies in a temporary file, which the store moves without reading it.
    file.flush()
    file.seek(0)
    file.size = len(upload.data)
    file.name = upload.name
    file.content_type = upload.kind.mime
    return upload
