"""Puts the usual fees into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from network.cooperation.viewsets import UsualFeeViewSet

register_snippet(UsualFeeViewSet)
