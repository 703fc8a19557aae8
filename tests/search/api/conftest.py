"""The offices of the saved searches serve here, too."""

from tests.search.saved.conftest import offices  # noqa: F401 -- a fixture.
