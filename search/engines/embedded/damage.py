"""What counts as damage of the index: whatever its library throws at files that are missing, locked or broken."""

import contextlib
from collections.abc import Iterator

from search.engines.base import EngineUnavailable

#: The library panics at some broken files; the exception it raises then has no importable name and no usual base.
_PANIC = "PanicException"
_DAMAGE = (OSError, ValueError, TypeError, KeyError, AttributeError)


@contextlib.contextmanager
def unavailable_on_damage() -> Iterator[None]:
    """Turn damage into EngineUnavailable, so that readers are told of an outage and writers keep what they saved."""
    try:
        yield
    except EngineUnavailable:
        raise
    except _DAMAGE as error:
        raise EngineUnavailable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise EngineUnavailable(str(error)) from error
