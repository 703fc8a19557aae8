"""A name is one line: line breaks and signs that turn the direction of writing would write into mails and pages."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def validate_one_line(name: str) -> None:
    """Refuse control characters of any kind (Unicode category C)."""
    if any(unicodedata.category(char)[0] == "C" for char in name):
        raise ValidationError(
            _("A name holds letters, signs and blanks in one line. Please remove line breaks and invisible signs."),
            code="line",
        )
