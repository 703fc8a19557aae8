"""An index for the tests of the search, and kinds of their own that need no other room."""

import pytest

from portal.places.models import Department, Municipality
from search import door
from search.engines import get_engine
from search.rebuild import rebuild
from search.registry import registry
from search.thesaurus import register_thesaurus
from tests.search.kinds import DEPARTMENT, MUNICIPALITY, Terms, department_record, municipality_record, visible_rows


@pytest.fixture
def kinds():
    """Register municipalities and their departments as kinds, and nothing else."""
    others = list(registry)
    for registration in others:
        registry.remove(registration.kind)
    door.register(
        Municipality,
        kind=MUNICIPALITY,
        label="Kommune",
        project=municipality_record,
        queryset=lambda: Municipality.objects.order_by("pk"),
        visible_to=visible_rows(Municipality),
    )
    door.register(
        Department,
        kind=DEPARTMENT,
        label="Amt",
        project=department_record,
        queryset=lambda: Department.objects.select_related("municipality").order_by("pk"),
        visible_to=visible_rows(Department),
        depends_on=(door.Dependency(Municipality, lambda place: place.departments.values_list("pk", flat=True)),),
    )
    yield
    registry.remove(MUNICIPALITY)
    registry.remove(DEPARTMENT)
    for registration in others:
        registry.add(registration)


@pytest.fixture
def engine(db, kinds):
    """An empty, working index."""
    rebuild()
    return get_engine()


@pytest.fixture
def terms():
    """A vocabulary that a test fills itself."""
    from search import thesaurus

    before = thesaurus._keeper.provider
    own = Terms()
    register_thesaurus(own)
    yield own
    register_thesaurus(before)
