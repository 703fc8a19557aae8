"""Puts the municipalities into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from portal.places.viewsets import MunicipalityViewSet

register_snippet(MunicipalityViewSet)
