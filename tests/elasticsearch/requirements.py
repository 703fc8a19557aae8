"""What a machine must have for an Elasticsearch of the tests' own, and what helps where it is missing."""

import os
import re
import shutil
import subprocess
from pathlib import Path

#: Where operating systems put their Java environments.
JAVA_HOMES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


class NotToBeHadError(Exception):
    """Elasticsearch cannot be run here; the message says in German what is missing and what helps."""


class NotAnsweringError(Exception):
    """A node was started and did not answer; the message holds what it wrote last."""


def java_home(at_least: int) -> Path:
    """Return the oldest installed Java that is new enough, because that is the one a server was made for."""
    found = {home: version for home in _candidates() if (version := _java_version(home)) >= at_least}
    if not found:
        raise NotToBeHadError(
            f"Kein Java ab Version {at_least} gefunden. Installieren Sie es (Debian: default-jre-headless) "
            "oder geben Sie seinen Ordner an: JAVA_HOME=/pfad/zu/java."
        )
    return min(found, key=lambda home: found[home])


def maven() -> str:
    """Return the command that fetches packages from Maven Central."""
    command = shutil.which("mvn")
    if command is None:
        raise NotToBeHadError("Maven fehlt. Installieren Sie es (Debian: apt install maven), es holt Elasticsearch.")
    return command


def _candidates() -> set[Path]:
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    on_path = shutil.which("java")
    if on_path:
        named.append(Path(on_path).resolve().parent.parent)
    installed = [home for pattern in JAVA_HOMES for home in Path("/").glob(pattern.lstrip("/"))]
    return {home.resolve() for home in (*named, *installed) if (home / "bin" / "java").is_file()}


def _java_version(home: Path) -> int:
    """Return the major version, or 0 for something that is no Java."""
    try:
        told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    match = re.search(r'version "(\d+)', told)
    return int(match.group(1)) if match else 0
