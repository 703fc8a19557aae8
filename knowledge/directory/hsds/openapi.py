"""The interface described for programs (OpenAPI 3.1), as the standard asks for."""

from knowledge.directory.hsds.answers import REQUESTS_PER_MINUTE
from knowledge.directory.hsds.questions import DEFAULT_SIZE, MOST_AT_ONCE

_SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"
_PARAMETERS = {
    "page": {"type": "integer", "minimum": 1, "default": 1},
    "per_page": {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": DEFAULT_SIZE},
    "search": {"type": "string"},
    "taxonomy_term_id": {"type": "string", "format": "uuid"},
    "taxonomy_id": {"type": "string", "format": "uuid"},
    "organization_id": {"type": "string", "format": "uuid"},
    "modified_after": {"type": "string", "format": "date-time"},
    "full": {"type": "boolean", "default": False},
    "full_service": {"type": "boolean", "default": False},
    "minimal": {"type": "boolean", "default": False},
}
_OF_BOTH = ("page", "per_page", "search", "taxonomy_term_id", "taxonomy_id", "modified_after", "full", "minimal")
_ID = {"in": "path", "name": "id", "required": True, "schema": {"type": "string", "format": "uuid"}}


def openapi_document(address: str) -> dict:
    """Return the description of the interface below an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fokusportal: directory of organisations (HSDS 3.0)",
            "version": "1.0",
            "description": f"Read only, without a key; at most {REQUESTS_PER_MINUTE} requests a minute.",
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {
            "/": _get("What this interface is", {"type": "object"}),
            "/organizations": _list("Organisations", "organization", (*_OF_BOTH, "full_service")),
            "/organizations/{id}": _one("One organisation, whole", "organization", ("full_service",)),
            "/services": _list("Offers", "service", (*_OF_BOTH, "organization_id")),
            "/services/{id}": _one("One offer, whole", "service", ()),
            "/taxonomies": _list("Code lists", "taxonomy", ("page", "per_page")),
            "/taxonomy_terms": _list("Terms of the code lists", "taxonomy_term", ("page", "per_page", "taxonomy_id")),
            "/export.json": _get("Everything in one file", {"type": "object"}),
        },
        "components": {"parameters": {name: _parameter(name) for name in _PARAMETERS}},
    }


def _parameter(name: str) -> dict:
    return {"in": "query", "name": name, "required": False, "schema": _PARAMETERS[name]}


def _get(summary: str, schema: dict, parameters: tuple[dict, ...] = ()) -> dict:
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": {"200": answer}}}


def _one(summary: str, schema: str, parameters: tuple[str, ...]) -> dict:
    return _get(summary, {"$ref": f"{_SCHEMAS}{schema}.json"}, (_ID, *map(_reference, parameters)))


def _list(summary: str, schema: str, parameters: tuple[str, ...]) -> dict:
    contents = {"type": "array", "items": {"$ref": f"{_SCHEMAS}{schema}.json"}}
    page = {"type": "object", "required": ["empty"], "properties": {"contents": contents}}
    return _get(summary, page, tuple(map(_reference, parameters)))


def _reference(name: str) -> dict:
    return {"$ref": f"#/components/parameters/{name}"}
