"""The German catalogue of the interface's texts: collected, complete, compiled."""

import shutil
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command

CATALOGUE = Path("de") / "LC_MESSAGES" / "django.po"
LEFT_OUT = ["node_modules", ".venv", "var", "tests", "docs"]


def catalogue_path() -> Path:
    """Return where the catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / CATALOGUE


def can_collect() -> bool:
    """Tell whether gettext's programs are installed; only collecting needs them."""
    return shutil.which("xgettext") is not None


def collect() -> int:
    """Bring the catalogue up to date with the code, sorted; return how many texts it holds."""
    call_command(
        "makemessages", locale=["de"], no_wrap=True, add_location="file", ignore_patterns=LEFT_OUT, verbosity=0
    )
    catalogue = polib.pofile(str(catalogue_path()), wrapwidth=0)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.save()
    return len(catalogue)


def compile_catalogue() -> int:
    """Write what Django reads at run time; return how many texts it holds."""
    catalogue = polib.pofile(str(catalogue_path()))
    catalogue.save_as_mofile(str(catalogue_path().with_suffix(".mo")))
    return len(catalogue)


def untranslated() -> list[str]:
    """Return the texts that have no German, or a German that a program guessed."""
    return [entry.msgid for entry in polib.pofile(str(catalogue_path())) if not entry.translated() or entry.fuzzy]


def uncollected() -> list[str]:
    """Return the texts in code and templates that the catalogue does not know; leaves the catalogue as it was."""
    path = catalogue_path()
    before = path.read_bytes()
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
    try:
        collect()
        now = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
    finally:
        path.write_bytes(before)
    return sorted(msgid for _context, msgid in now - known)
