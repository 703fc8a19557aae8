"""The names of files: the one that people gave, the one in the store, and the one under which a file is saved."""

from __future__ import annotations

import re
import secrets
import unicodedata
from pathlib import PurePath

MAX_NAME_LENGTH = 150
_SAFE_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
#: What file systems or shells of readers' machines take for more than a letter.
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|%\s]+')
_FALLBACK = "Dokument"


def printable(text: str) -> str:
    """Return the text without control characters and marks that turn the direction of writing."""
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")


def clean_name(name: str) -> str:
    """The bare name of the file, without path and control characters, short enough to be shown."""
    bare = PurePath(name.replace("\\", "/")).name
    path = PurePath(unicodedata.normalize("NFC", printable(bare)).strip())
    return f"{path.stem[: MAX_NAME_LENGTH - len(path.suffix)]}{path.suffix}"


def internal_name(name: str) -> str:
    """Return a name for the store: nobody can guess it, and nothing of the given one but the ending is in it."""
    ending = PurePath(name).suffix.lower()
    return secrets.token_hex(16) + (ending if _SAFE_ENDING.fullmatch(ending) else "")


def download_name(title: str, stored: str) -> str:
    """Return the name under which a reader saves a file: its title, with the ending of the stored file."""
    ending = PurePath(stored).suffix.lower()
    stem = unicodedata.normalize("NFC", printable(_NOT_IN_NAMES.sub(" ", title))).strip(" .")
    if ending and stem.lower().endswith(ending):
        stem = stem[: -len(ending)].rstrip(" .")
    return f"{stem[: MAX_NAME_LENGTH - len(ending)].rstrip(' .') or _FALLBACK}{ending}"
