"""What `manage.py check` says about the search before anybody searches; the server is asked with `--deploy` only."""

import re

from django.conf import settings
from django.core.checks import Error, Warning, register  # noqa: A004 -- Django's own name for it.

from search.engines import ELASTICSEARCH, NAMES, get_engine, get_standby
from search.engines.base import EngineUnavailable
from search.registry import registry

#: What the server accepts in the names of indexes and aliases, and short enough for our endings.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


@register("search")
def engine_is_known(app_configs, **kwargs) -> list[Error]:
    """A misspelt engine would otherwise show only at the first search."""
    if settings.SEARCH_ENGINE in NAMES:
        return []
    hint = f"Choose one of: {', '.join(NAMES)}."
    return [Error(f"SEARCH_ENGINE is {settings.SEARCH_ENGINE!r}.", hint=hint, id="search.E001")]


@register("search")
def querysets_are_ordered(app_configs, **kwargs) -> list[Error]:
    """A rebuild walks each kind in batches; without an order it would skip some objects and repeat others."""
    return [
        Error(f"The queryset of the kind {registration.kind!r} is not ordered.", id="search.E002")
        for registration in registry
        if not registration.queryset().ordered
    ]


@register("search")
def connection_makes_sense(app_configs, **kwargs) -> list[Error | Warning]:
    """Say what is wrong with the settings of the server without asking it."""
    if settings.SEARCH_ENGINE != ELASTICSEARCH:
        return []
    found: list[Error | Warning] = []
    connection = settings.ELASTICSEARCH
    if not _PREFIX.fullmatch(connection["prefix"]):
        hint = "Use small letters, digits and hyphens, beginning with a letter or digit, at most 61 of them."
        found.append(Error("PORTAL_ELASTICSEARCH_PREFIX names no index.", hint=hint, id="search.E003"))
    if not all(re.match(r"https?://[^/]+", url) for url in connection["urls"]):
        hint = "Give one or more addresses such as https://suche.example:9200, with commas between them."
        found.append(Error("PORTAL_ELASTICSEARCH_URL holds no address.", hint=hint, id="search.E004"))
    if connection["api_key"] and not all(url.startswith("https://") for url in connection["urls"]):
        hint = "Use https:// and PORTAL_ELASTICSEARCH_CA; the key would be readable on its way."
        found.append(Warning("PORTAL_ELASTICSEARCH_API_KEY is sent without TLS.", hint=hint, id="search.W001"))
    return found


@register("search", deploy=True)
def server_is_one_of_ours(app_configs, **kwargs) -> list[Error | Warning]:
    """Ask the server who it is; while it is away the portal works, so that is a warning."""
    if settings.SEARCH_ENGINE != ELASTICSEARCH or connection_makes_sense(app_configs):
        return []
    found: list[Error | Warning] = []
    try:
        get_engine().version()
    except EngineUnavailable as error:
        found.append(Error(str(error), id="search.E005"))
    try:
        get_standby().generations()
    except EngineUnavailable:
        hint = "Run: manage.py search rebuild --index standby"
        found.append(Warning("There is no standby index for the time of an outage.", hint=hint, id="search.W002"))
    return found
