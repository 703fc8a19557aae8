"""Serves the few needed files of the locked npm packages as they are, under one prefix per package."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackageFileFinder(BaseFinder):
    """Finds `prefix/path` among the files that `SERVED_PACKAGE_FILES` names; nothing else in node_modules is served.

    A package's `dist/` folder is left out of the address: `kern/kern.min.css`, `kern/fonts/fira-sans.css`.
    """

    def __init__(self, *args, **kwargs):
        self.served = {
            prefix: (Path(settings.NODE_MODULES_DIR) / package / "dist", patterns)
            for prefix, (package, patterns) in settings.SERVED_PACKAGE_FILES.items()
        }
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Report nothing; `portal.shared.checks` tells when a package is missing."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return the file of the static address `path`, in the shapes Django's finders promise."""
        prefix, _, name = path.partition("/")
        folder, patterns = self.served.get(prefix, (None, ()))
        if folder is not None and any(Path("dist", name).match(pattern) for pattern in patterns):
            found = folder / name
            if found.is_file():
                return [str(found)] if find_all else str(found)
        # Django's search over all finders takes the empty list for "not here"; None would end up among the results.
        return []

    def list(self, ignore_patterns):
        """Yield every served file with the storage that reads it."""
        for prefix, (folder, patterns) in self.served.items():
            storage = FileSystemStorage(location=folder)
            storage.prefix = prefix
            for pattern in patterns:
                for found in sorted(folder.parent.glob(pattern)):
                    yield str(found.relative_to(folder)), storage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Static files with their content in the name; the imports inside our script modules are renamed with them."""

    support_js_module_import_aggregation = True
