"""What the demo put in once, so that nothing edited is overwritten and nothing deleted comes back."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.db import models
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

#: Under this name the key of a demo item stands in Wagtail's log, which outlives the item.
MARK = "demo_item"


Item = TypeVar("Item", bound=models.Model)


class Outcome(Enum):
    """What a load did with one item."""

    CREATED = pgettext_lazy("demo item", "created")
    PRESENT = pgettext_lazy("demo item", "present")
    REMOVED = pgettext_lazy("demo item", "removed by you, stays away")


#: Is told the outcome and the name of every item.
Teller = Callable[[Outcome, str], None]


class Ledger:
    """The items that earlier loads put in, read once from Wagtail's log and continued there."""

    def __init__(self, tell: Teller):
        self.tell = tell
        self._known = {
            data[MARK]
            for model in (ModelLogEntry, PageLogEntry)
            for data in model.objects.filter(data__has_key=MARK).values_list("data", flat=True)
        }

    def bring_in(self, key: str, name: str, existing: Item | None, create: Callable[[], Item]) -> Item | None:
        """Return the item as it stands; create it unless an earlier load did and somebody removed it since."""
        if existing is not None:
            self.tell(Outcome.PRESENT, name)
            return existing
        if key in self._known:
            self.tell(Outcome.REMOVED, name)
            return None
        created = create()
        log(created, "wagtail.create", data={MARK: key})
        self._known.add(key)
        self.tell(Outcome.CREATED, name)
        return created
