"""Puts the working groups into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from network.groups.viewsets import WorkingGroupViewSet

register_snippet(WorkingGroupViewSet)
