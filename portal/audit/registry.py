"""Which actions the log knows, and how their entries read; every room adds its own when the portal starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


class UnknownActionError(LookupError):
    """An action was logged that no room has registered."""

    def __init__(self, code: str):
        super().__init__(
            f"The audit log knows no action “{code}”. Register it in the room's AppConfig.ready(): "
            "portal.audit.registry.register_actions(ActionKind(code, label, sentence))."
        )


@dataclass(frozen=True)
class ActionKind:
    """An action: its code, its name in filters, and the sentence that tells it.

    The sentence names %(actor)s and %(object)s and, where it likes, the keys of the details after (or before) it.
    """

    code: str
    label: Text
    sentence: Text


@dataclass(frozen=True)
class Detail:
    """A key of an entry's details: its name, and the names of its values, asked for once per page that is shown."""

    label: Text
    names: Callable[[], Mapping[str, Text]] = dict
    #: What only programs need stays in the export and is not shown to people.
    is_shown: bool = True


_actions: dict[str, ActionKind] = {}
_details: dict[str, Detail] = {}


def register_actions(*kinds: ActionKind) -> None:
    """Make actions known to the log; a code belongs to one room."""
    for kind in kinds:
        if _actions.setdefault(kind.code, kind) != kind:
            raise ValueError(f"The action “{kind.code}” is registered twice.")


def register_details(details: Mapping[str, Detail]) -> None:
    """Say how keys of details and their values are called."""
    _details.update(details)


def action_kind(code: str) -> ActionKind:
    """Return the action, or raise `UnknownActionError` saying how to add it."""
    try:
        return _actions[code]
    except KeyError:
        raise UnknownActionError(code) from None


def find_action(code: str) -> ActionKind | None:
    """Return the action, or nothing where its room is gone."""
    return _actions.get(code)


def action_choices() -> list[tuple[str, Text]]:
    """Return every action with its name, as filters offer them."""
    return [(kind.code, kind.label) for kind in _actions.values()]


def find_detail(key: str) -> Detail:
    """Return how a key of details is called; an unknown one is called by itself."""
    return _details.get(key, Detail(key))
