"""Puts the organisations into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from knowledge.directory.deciding import hooks  # noqa: F401 -- registers its addresses and its menu.
from knowledge.directory.importing import hooks as importing_hooks  # noqa: F401 -- the same.
from knowledge.directory.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)
