"""Why a file cannot be read as a paper."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with the file."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    DAMAGED = "damaged"
    WRONG_TYPE = "wrong_type"
    UNSUPPORTED = "unsupported"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEMANDING = "too_demanding"


class PaperUnreadable(Exception):  # noqa: N818 - the name says what the caller has to tell the person.
    """The file is no readable paper; `reason` and `params` let the caller say it in the person's language."""

    def __init__(self, reason: Reason, **params: str | int) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.params = params
