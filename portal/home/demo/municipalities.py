"""Loads the demo's municipalities and their departments."""

import tomllib
from pathlib import Path

from portal.home.demo.ledger import Ledger
from portal.places.models import Department, Municipality

SOURCE = Path(__file__).with_name("municipalities.toml")


def load_municipalities(ledger: Ledger) -> None:
    """Bring in every municipality that is not there yet, and the departments of those that are."""
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["municipality"]:
        departments = entry.pop("department")
        municipality = ledger.bring_in(
            f"municipality:{entry['ags']}",
            entry["name"],
            Municipality.objects.filter(ags=entry["ags"]).first(),
            lambda entry=entry: _create(Municipality(**entry)),
        )
        if municipality is not None:
            for department in departments:
                _load_department(ledger, municipality, department)


def _load_department(ledger: Ledger, municipality: Municipality, entry: dict) -> None:
    # By address too, because editors may give a department another name.
    existing = municipality.departments.filter(email=entry["email"]).first()
    existing = existing or municipality.departments.filter(name=entry["name"]).first()
    ledger.bring_in(
        f"department:{municipality.ags}:{entry['email']}",
        f"{entry['name']}, {municipality}",
        existing,
        lambda: _create(Department(municipality=municipality, **entry)),
    )


def _create(instance):
    instance.full_clean()
    instance.save()
    return instance
