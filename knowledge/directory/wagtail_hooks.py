"""Puts the organisations into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from knowledge.directory.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)
