"""The command: runs another command against an Elasticsearch of its own, or serves one for a developer."""

import argparse
import os
import signal
import subprocess
import sys
import time
from typing import NoReturn

from tests.elasticsearch.distributions import DISTRIBUTIONS, Distribution
from tests.elasticsearch.requirements import NotAnsweringError, NotToBeHadError, java_home
from tests.elasticsearch.running import temporary_server

#: All major versions for which the machine has a Java; the first one must be there.
EVERY = "every"
#: Under these names the address reaches the portal and the tests (tests/conftest.py).
ADDRESS_NAMES = ("PORTAL_ELASTICSEARCH_URL", "FOKUSPORTAL_TEST_ELASTICSEARCH_URL")


def main(arguments: list[str]) -> int:
    """Run the command against every wanted version; where none can be had say so, and fail where CI expects it."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    try:
        for version in _versions(options.version):
            with temporary_server(version, heap=options.heap, optimised=options.optimised or not command) as address:
                code = _run(command, address) if command else _serve(DISTRIBUTIONS[version], address)
            if code:
                return code
    except NotToBeHadError as missing:
        _tell(f"{missing}\nDie Prüfungen mit Elasticsearch liefen nicht.")
        return 1 if os.environ.get("CI") == "true" or not command else 0
    except KeyboardInterrupt:
        _tell("Elasticsearch ist beendet.")
        return 0 if not command else 128 + signal.SIGINT
    except NotAnsweringError as silent:
        _tell(str(silent))
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.elasticsearch", description=__doc__)
    parser.add_argument("--version", choices=[*DISTRIBUTIONS, EVERY], default="8")
    parser.add_argument("--heap", default="512m", help="memory of the server's own, e.g. 1g")
    parser.add_argument("--optimised", action="store_true", help="slower to start, faster then: for measurements")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    return parser


def _versions(wanted: str) -> list[str]:
    if wanted != EVERY:
        return [wanted]
    first, *others = DISTRIBUTIONS
    return [first, *(version for version in others if _has_java_for(DISTRIBUTIONS[version]))]


def _has_java_for(distribution: Distribution) -> bool:
    try:
        java_home(distribution.java)
    except NotToBeHadError:
        _tell(f"Elasticsearch {distribution.number} wird ausgelassen: Es braucht Java {distribution.java} oder neuer.")
        return False
    return True


def _run(command: list[str], address: str) -> int:
    return subprocess.run(command, env={**os.environ, **dict.fromkeys(ADDRESS_NAMES, address)}, check=False).returncode


def _serve(distribution: Distribution, address: str) -> NoReturn:
    _tell(
        f"Elasticsearch {distribution.number} läuft unter {address}, bis Sie Strg+C drücken; dann sind seine Daten weg."
        "\nIn einem zweiten Terminal:\n\n"
        f"  export PORTAL_SEARCH_ENGINE=elasticsearch PORTAL_ELASTICSEARCH_URL={address}\n"
        "  make reindex\n"
        "  make run\n\n"
        "und in einem dritten mit denselben Einstellungen, damit Änderungen gefunden werden:\n\n"
        "  .venv/bin/python manage.py search drain --watch\n"
    )
    while True:
        time.sleep(3600)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 -- a command's message.


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
