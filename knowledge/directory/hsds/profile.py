"""Our profile of the standard: what it adds to organisation, programme and register, as JSON merge patches (RFC 7396).

The standard has no mandate and no assurance of organisations (openreferral/specification#597 asks for both). Nothing
is taken away from it, so whoever knows the standard alone reads every answer without loss of what the standard holds.
"""

from knowledge.directory.enums import Assurance, MandateKind, MandateState, RegisterKind, ServiceKind
from knowledge.directory.languages import EASY_LANGUAGE

VERSION = "1.0"
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string"}


def _text(description: str) -> dict:
    return {**_TEXT, "description": description}


def _code(choices, description: str) -> dict:
    return {**_TEXT, "enum": [str(value) for value in choices.values], "description": description}


_ASSURANCE = {
    "assurance": _code(Assurance, "What was checked of the statement; never that somebody is trustworthy."),
    "assured_date": {**_DAY, "description": "The day on which the statement was confirmed or a document was seen."},
    "assurer": _text("Who confirmed it: the office or body, never a member of staff."),
    "evidence": _text("Which document was seen, in words."),
    "reply": _text("The organisation's own words on a status with which it does not agree."),
}  # fmt: skip
_MANDATE = {
    "type": "object",
    "description": "On whose behalf the organisation acts, for what, for whom and for whom not.",
    "required": ["kind", "state", "assurance"],
    "properties": {
        "kind": _code(MandateKind, "On what ground it acts."),
        "principal": _text("Who gave the mandate."),
        "subject": _text("For what."),
        "speaks_for": _text("For whom it speaks."),
        "not_for": _text("For whom it does not speak."),
        "area": _text("Where the mandate holds."),
        "valid_from": _DAY,
        "valid_to": {**_DAY, "description": "The last day; left out where there is no end."},
        "funding": _text("How it is paid for."),
        "state": _code(MandateState, "Where the mandate stands on the day of the answer: its assurance, or run out."),
        **_ASSURANCE,
    },
}
_QUALIFICATION = {
    "type": "object",
    "required": ["id", "kind", "assurance"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "kind": _code(ServiceKind, "The kind of service for which the organisation is qualified."),
        "name": _text("The kind in words."),
        "description": _text("What it can do, and since when."),
        "valid_to": _DAY,
        **_ASSURANCE,
    },
}
_REGISTER = {
    "type": "object",
    "required": ["kind", "assurance"],
    "properties": {
        "kind": _code(RegisterKind, "Which register or recognition it is."),
        "number": _TEXT,
        "authority": _text("The register court or authority."),
        "issued_on": _DAY,
        "valid_to": _DAY,
        "assurance": _ASSURANCE["assurance"],
        "assured_date": _ASSURANCE["assured_date"],
        "reply": _ASSURANCE["reply"],
    },
}
_DESCRIPTION = {
    "type": "object",
    "required": ["language", "text"],
    "properties": {"language": _text(f"BCP 47; easy German is {EASY_LANGUAGE}."), "text": _TEXT},
}

#: Schema of the standard → what is merged into it.
PATCHES: dict[str, dict] = {
    "organization": {
        "properties": {
            "own_language_name": _text("The name in the organisation's own language."),
            "summary": _text("What it does and for whom, in one sentence."),
            "descriptions": {"type": "array", "items": _DESCRIPTION},
            "assured_date": {**_DAY, "description": "When the organisation last said that its entry is true."},
            "is_dormant": {"type": "boolean", "description": "It has not answered for eighteen months."},
            "last_modified": {"type": "string", "format": "date-time"},
            "qualifications": {"type": "array", "items": _QUALIFICATION},
            "services": {"type": "array", "items": {"type": "object", "required": ["id", "name"]}},
        }
    },
    "program": {"properties": {"mandate": _MANDATE}},
    "organization_identifier": {"properties": {"register": _REGISTER}},
    "service": {
        "properties": {
            "target_group": _text("For whom the offer is: need and situation in life, never an ethnic group."),
            "access_note": _text("Conditions under which it is open."),
        }
    },
}


def profile_document(address: str) -> dict:
    """Return the whole profile under its address."""
    return {
        "profile": address,
        "version": VERSION,
        "extends": "https://docs.openreferral.org/en/3.0/hsds/",
        "name": "Fokusportal",
        "description": "Mandates, registers and qualifications with what stands behind them; JSON merge patches by "
        "the name of the schema that they change.",
        "notes": {
            "schedule": "opens_at and closes_at are German local time (Europe/Berlin); its offset changes.",
            "contacts": "Persons stand there under their own live consent alone. Ask anew before you show them, and "
            "take away what a later answer no longer holds.",
            "attributes": "Categories are terms without a value; facts are terms of the taxonomy “fact” with a value.",
        },
        "schema": PATCHES,
    }


def merged(schema: dict, patch: dict) -> dict:
    """Return a schema with a patch merged into it (RFC 7396)."""
    result = dict(schema)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result
