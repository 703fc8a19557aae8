"""Whatever a projection reads from the database is its own record or a declared dependency, else hits grow stale."""

import re

import pytest
from django.apps import apps
from django.db import connection
from modelcluster.models import ClusterableModel, get_all_child_relations

from search.registry import Registration, registry

pytestmark = pytest.mark.django_db

_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
#: Read to build an address or to tell types apart; a change of these is answered by `manage.py search rebuild`.
SCAFFOLDING = {"wagtailcore_site", "django_content_type", "wagtailcore_locale"}
#: Kind → what it reads that changes only with the record itself.
WRITTEN_WITH_IT = {"paper": {"papers.SectionAnchor"}}
#: Objects of a kind that are projected: enough to meet every part that was planted.
MOST = 200


def tables_read(registration: Registration) -> set[str]:
    """Return the tables that reading and projecting asks."""
    found: set[str] = set()

    def listen(execute, sql, params, many, context):
        found.update(_TABLE.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        for instance in registration.queryset()[:MOST]:
            registration.project(instance)
    return found


def tables_told(registration: Registration) -> set[str]:
    """Return the tables whose changes reach the index: `search.indexing` hears of these."""
    own = registration.model
    # Every type of page below the registered one sends its own signals, which count as the registered one's.
    lines = [own, *own._meta.get_parent_list(), *(model for model in apps.get_models() if issubclass(model, own))]
    children = get_all_child_relations(own) if issubclass(own, ClusterableModel) else []
    sets = [field.remote_field.through for model in lines for field in model._meta.local_many_to_many]
    told = [*lines, *sets, *(relation.related_model for relation in children)]
    for dependency in registration.depends_on:
        told += [dependency.model, *dependency.model._meta.get_parent_list()]
        told += [field.remote_field.through for field in dependency.model._meta.local_many_to_many]
    return {model._meta.db_table for model in told}


@pytest.mark.parametrize("kind", sorted(registration.kind for registration in registry))
def test_a_change_of_whatever_a_projection_reads_reaches_the_index(world, kind):
    registration = registry.get(kind)
    read = tables_read(registration)
    names = {model._meta.db_table: model._meta.label for model in apps.get_models(include_auto_created=True)}
    undeclared = {names.get(table, table) for table in read - tables_told(registration) - SCAFFOLDING}

    assert read, f"Nothing was planted of the kind {kind}."
    assert undeclared == WRITTEN_WITH_IT.get(kind, set())
