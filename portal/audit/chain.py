"""How entries hang together: each carries the digest of the one before, so a changed or missing one is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

#: What the first entry names as the digest of the one before it.
NOTHING_BEFORE = ""


class Fault(Enum):
    """What can be wrong with a chain."""

    MISSING = "missing"
    CHANGED = "changed"
    DETACHED = "detached"


@dataclass(frozen=True)
class Link:
    """A place in the chain: a number and the digest of the entry that has it."""

    number: int = 0
    digest: str = NOTHING_BEFORE


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: how many entries are sound, and the first that is not."""

    sound: int
    end: Link
    broken_at: int | None = None
    fault: Fault | None = None


def plain_text(text: object) -> str:
    """Return text that every database keeps as it is: no NUL, no half characters."""
    return str(text).replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def plain(value: object) -> object:
    """Return `value` in what JSON keeps exactly; everything else, fractions included, becomes text.

    A database may write a fraction back in another notation, and the digest would no longer match.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {plain_text(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain_text(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return plain_text(value)


def digest_of(content: Mapping) -> str:
    """Return the SHA-256 of `content` in its one canonical notation."""
    notation = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(notation.encode("utf-8")).hexdigest()


def walk(entries: Iterable[tuple[Mapping, str]], *, start: Link, end: Link) -> Verdict:
    """Follow pairs of content and digest from the link before the first to the link that must be the last."""
    reached, sound = start, 0
    for content, digest in entries:
        fault = _fault(content, digest, reached)
        if fault is not None:
            at = reached.number + 1 if fault is Fault.MISSING else content["number"]
            return Verdict(sound, reached, at, fault)
        reached, sound = Link(content["number"], digest), sound + 1
    if reached != end:
        return Verdict(sound, reached, min(reached.number, end.number) + 1, Fault.MISSING)
    return Verdict(sound, reached)


def _fault(content: Mapping, digest: str, reached: Link) -> Fault | None:
    if content["number"] != reached.number + 1:
        return Fault.MISSING
    if digest_of(content) != digest:
        return Fault.CHANGED
    return None if content["previous"] == reached.digest else Fault.DETACHED
