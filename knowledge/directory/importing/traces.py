"""Whether anybody touched an entry since an import left it: its columns and everything that points at it."""

import hashlib
import json
from collections.abc import Iterable

from knowledge.directory.models import Organisation
from portal.accounts.enums import ScopeKind
from portal.accounts.models import Invitation, RoleAssignment


def traces_of(keys: Iterable[int]) -> dict[int, str]:
    """Return a fingerprint of every entry; the same number of queries for any number of entries.

    Every relation counts, whichever room it comes from: an entry that somebody works with is not taken away.
    """
    keys = set(keys)
    seen: dict[int, list] = {
        row["id"]: [list(row.values())] for row in Organisation.objects.filter(pk__in=keys).values()
    }
    for relation in _relations():
        name = relation.field.name
        pairs = relation.related_model._base_manager.filter(**{f"{name}__in": list(seen)})
        for owner, pk in pairs.order_by(name, "pk").values_list(name, "pk"):
            if owner in seen:
                seen[owner].append([relation.related_model._meta.label, name, pk])
    for model in (RoleAssignment, Invitation):
        held = model.objects.filter(scope_kind=ScopeKind.ORGANISATION, scope_id__in=list(seen))
        for owner, pk in held.order_by("scope_id", "pk").values_list("scope_id", "pk"):
            seen[owner].append([model._meta.label, pk])
    return {pk: _digest(facts) for pk, facts in seen.items()}


def _relations() -> list:
    """Return everything that can point at an organisation, the tables between two models included."""
    fields = Organisation._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and not field.concrete and field.related_model]


def _digest(facts: list) -> str:
    return hashlib.sha256(json.dumps(facts, default=str, ensure_ascii=True).encode()).hexdigest()[:16]
