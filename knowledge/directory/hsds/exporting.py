"""Everything in one file: for whoever wants the whole directory and not a page of it."""

import json
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from knowledge.directory.hsds.records import everything
from portal.accounts.adapter import own_address


def export_lines() -> Iterator[str]:
    """Give the export piece by piece: a JSON object whose organisations hold their offers."""
    head = {
        "version": "3.0",
        "profile": own_address(reverse("hsds:profile")),
        "exported_at": timezone.now().isoformat(timespec="seconds"),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "organizations": [\n'
    separator = ""
    for organization in everything():
        yield separator + json.dumps(organization, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
