"""For what people can give their consent; rooms add their purposes when the portal starts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
RULES = "rules"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose, and whether the consent can be withdrawn while the account goes on."""

    code: str
    label: Text
    #: Without it the account cannot go on, so that withdrawing means leaving.
    needed_for_account: bool = False


_purposes: dict[str, Purpose] = {
    RULES: Purpose(RULES, _("Rules of use"), needed_for_account=True),
}


def register_purpose(purpose: Purpose) -> None:
    """Let a room ask for consent to something."""
    if _purposes.setdefault(purpose.code, purpose) != purpose:
        raise ValueError(f"The purpose “{purpose.code}” is registered twice.")


def find_purpose(code: str) -> Purpose:
    """Return a purpose; one whose room is gone goes by its code and can be withdrawn."""
    return _purposes.get(code) or Purpose(code, code)


def is_known(code: str) -> bool:
    """Tell whether consent can be given for the purpose today."""
    return code in _purposes


def purpose_label(code: str) -> str:
    """Return how a purpose is called."""
    return str(find_purpose(code).label)


def purpose_names() -> dict[str, Text]:
    """Return every purpose with its name."""
    return {purpose.code: purpose.label for purpose in _purposes.values()}
