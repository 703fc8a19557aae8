"""What `manage.py check` says about the search before anybody searches."""

from django.conf import settings
from django.core.checks import Error, register

from search.engines import NAMES
from search.registry import registry

_ENGINES = NAMES


@register("search")
def engine_is_known(app_configs, **kwargs) -> list[Error]:
    """A misspelt engine would otherwise show only at the first search."""
    if settings.SEARCH_ENGINE in _ENGINES:
        return []
    hint = f"Choose one of: {', '.join(_ENGINES)}."
    return [Error(f"SEARCH_ENGINE is {settings.SEARCH_ENGINE!r}.", hint=hint, id="search.E001")]


@register("search")
def querysets_are_ordered(app_configs, **kwargs) -> list[Error]:
    """A rebuild walks each kind in batches; without an order it would skip some objects and repeat others."""
    return [
        Error(f"The queryset of the kind {registration.kind!r} is not ordered.", id="search.E002")
        for registration in registry
        if not registration.queryset().ordered
    ]
