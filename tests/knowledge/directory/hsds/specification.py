"""The JSON schemas of the specification beside the project, merged with our profile; not part of the project."""

import datetime
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from knowledge.directory.hsds.profile import PATCHES, merged

#: The library checks addresses and moments only with packages that are not there, and else takes everything for one.
FORMATS = FormatChecker()


@FORMATS.checks("uri", raises=ValueError)
def is_uri(value: object) -> bool:
    """Tell whether a text is a whole address (RFC 3986) of the kind that the portal writes."""
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isascii() and " " not in value


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """Tell whether a text is a moment with its zone (RFC 3339)."""
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value).utcoffset() is not None


FOLDER = settings.BASE_DIR.parent / "shared" / "data" / "hsds-3.0"


def schema_folder() -> Path:
    """Return the folder, or skip the test where it is absent."""
    if not FOLDER.is_dir():
        pytest.skip("The schemas of HSDS 3.0 do not lie beside the project.")
    return FOLDER


def validator_of(name: str, *, with_profile: bool) -> Draft202012Validator:
    """Return what checks an object against a schema; references are file names in the same folder."""
    folder = schema_folder()
    resources = []
    for path in folder.glob("*.json"):
        schema = json.loads(path.read_text())
        # The name of a table is no address, and `name` a property of the table's description.
        schema = {key: value for key, value in schema.items() if key != "$id"}
        if with_profile:
            schema = merged(schema, PATCHES.get(path.stem, {}))
        resources.append((path.name, Resource.from_contents(schema, default_specification=DRAFT202012)))
    registry = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=FORMATS)


def faults(name: str, thing: object) -> list[str]:
    """Say what of an object breaks the standard, or our profile of it."""
    return [
        f"{'profile' if with_profile else 'standard'} {list(error.absolute_path)}: {error.message}"
        for with_profile in (False, True)
        for error in validator_of(name, with_profile=with_profile).iter_errors(thing)
    ]
