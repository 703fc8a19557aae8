"""System checks that guard the house's conventions: `manage.py check` fails where a convention is broken."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import register

from portal.shared import deployment  # noqa: F401 -- registration by import.


@register()
def front_end_packages_are_installed(app_configs, **kwargs):
    """Every npm package that the pages load is there; without it the portal would look broken but work."""
    missing = [
        package
        for package, _ in settings.SERVED_PACKAGE_FILES.values()
        if not (Path(settings.NODE_MODULES_DIR) / package).is_dir()
    ]
    return [
        checks.Warning(f"The front-end package {package} is not installed.", hint="Run `make setup`.", id="shared.W001")
        for package in missing
    ]


@register()
def every_page_type_has_an_audience(app_configs, **kwargs):
    """A page type outside of `BasePage` would be readable by everybody."""
    from wagtail.models import Page

    from portal.shared.pages import BasePage

    return [
        checks.Error(
            f"{model._meta.label} is a page without an audience.", hint="Derive it from BasePage.", id="shared.E001"
        )
        for model in apps.get_models()
        if issubclass(model, Page) and model is not Page and not issubclass(model, BasePage)
    ]
