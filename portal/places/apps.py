"""The app of places."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Municipalities and departments."""

    name = "portal.places"
    label = "places"
    verbose_name = _("Municipalities")
