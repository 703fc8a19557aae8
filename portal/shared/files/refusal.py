"""What the door says when a file stays outside."""

from django.core.exceptions import ValidationError


class UploadRefused(ValidationError):  # noqa: N818 -- a refusal is no error of the program.
    """The file stays outside; the message says what happened, why, and what to do."""
