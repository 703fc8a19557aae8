"""The search by meaning, switched on with a model that a test can foresee."""

import pytest

from portal.places.models import Department
from search.drain import drain
from tests.factories.places import DepartmentFactory


@pytest.fixture
def model(settings, monkeypatch):
    """Switch it on; one fake model answers questions and fills, and vectors are read at once."""
    pytest.importorskip("numpy", reason="The extra „semantik“ is not installed.")
    from search.semantics import answering, shelves
    from tests.search.semantics.fake_model import FakeModel

    settings.SEARCH_SEMANTICS = True
    fake = FakeModel()
    monkeypatch.setattr(answering, "question_embedder", lambda: fake)
    monkeypatch.setattr(shelves, "shelves", shelves.Shelves(beside=lambda act: act()))
    return fake


@pytest.fixture
def fill(model):
    """Bring the vectors up to date."""
    from search.semantics.filling import Filler

    filler = Filler(model)
    return filler.fill_changed


@pytest.fixture
def office(engine):
    """Make offices that the words find at once; the local part of the address names the audience."""

    def make(name, audience="public", **kwargs) -> Department:
        made = DepartmentFactory(name=name, email=f"{audience}@kommune.example", **kwargs)
        drain()
        return made

    return make
