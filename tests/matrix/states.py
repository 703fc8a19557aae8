"""The states of a page: how a page comes into each of them, and whether it can be read there."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page

_FAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class State:
    """A state of a page, reached from a live page or from one that never was live."""

    name: str
    readable: bool
    begins_live: bool
    enter: Callable[[Page, dict[str, Any]], None]


def _stay(page: Page, later: dict[str, Any]) -> None:
    """Nothing more happens."""


def _change_without_publishing(page: Page, later: dict[str, Any]) -> None:
    for name, value in later.items():
        setattr(page, name, value)
    page.save_revision()


def _schedule(page: Page, later: dict[str, Any]) -> None:
    page.go_live_at = timezone.now() + _FAR
    page.save()
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


def _schedule_change(page: Page, later: dict[str, Any]) -> None:
    """The page stays as it is until the day comes; Wagtail asks for the revision that is live."""
    page.save_revision().publish()
    page = type(page).objects.get(pk=page.pk)
    for name, value in later.items():
        setattr(page, name, value)
    page.go_live_at = timezone.now() + _FAR
    page.save_revision(approved_go_live_at=page.go_live_at).publish()


def _expire(page: Page, later: dict[str, Any]) -> None:
    """As `publish_scheduled` does when the day has come."""
    page.expire_at = timezone.now() - datetime.timedelta(days=1)
    page.save()
    page.unpublish(set_expired=True)


def _submit(page: Page, later: dict[str, Any]) -> None:
    page.save_revision()
    page.get_workflow().start(page, None)


STATES = (
    State("live", readable=True, begins_live=True, enter=_stay),
    State("live with an unpublished change", readable=True, begins_live=True, enter=_change_without_publishing),
    State("live with a scheduled change", readable=True, begins_live=True, enter=_schedule_change),
    State("draft", readable=False, begins_live=False, enter=lambda page, later: page.save_revision()),
    State("scheduled", readable=False, begins_live=False, enter=_schedule),
    State("expired", readable=False, begins_live=True, enter=_expire),
    State("unpublished", readable=False, begins_live=True, enter=lambda page, later: page.unpublish()),
    State("in a workflow", readable=False, begins_live=False, enter=_submit),
    State("deleted", readable=False, begins_live=True, enter=lambda page, later: Page.objects.get(pk=page.pk).delete()),
)
BY_NAME = {state.name: state for state in STATES}
#: States in which words wait that are not published yet.
CHANGED = {"live with an unpublished change", "live with a scheduled change"}
