"""The app of the search by meaning."""

import os

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SemanticsConfig(AppConfig):
    """Vectors of what can be found; idle unless it is switched on."""

    name = "search.semantics"
    label = "search_semantics"
    verbose_name = _("Search by meaning")

    def ready(self):
        """Register the system check."""
        from search.semantics import checks  # noqa: F401 -- it registers itself on import.

        if settings.SEARCH_SEMANTICS:
            # Has to stand before numpy is loaded: on a busy machine its threads wait for each other.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
