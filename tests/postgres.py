"""Runs a command with DATABASE_URL set to a PostgreSQL that lives in a temporary folder and ends with the command."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

INSTALLED_UNDER = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/pgsql")


def server_binaries() -> Path | None:
    """Return the folder with initdb and postgres, the newest where there are several."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [path.parent for root in INSTALLED_UNDER for path in Path(root).glob("*/bin/initdb")]
    return max(found, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _unprivileged() -> list[str]:
    """Return the prefix that drops root, as whom PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody")
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


@contextmanager
def temporary_server(binaries: Path):
    """Start a server without durability, which a test does not need, and yield its address."""
    as_user = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="fokusportal-pg-") as folder:
        if as_user:
            uid, gid = (int(part.partition("=")[2]) for part in as_user[1:3])
            os.chown(folder, uid, gid)
        data, port = Path(folder) / "data", _free_port()
        quiet = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run(
            [*as_user, binaries / "initdb", "-D", data, "-U", "portal", "--auth=trust", "-E", "UTF8", "--no-sync"],
            **quiet,
        )
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        control = [*as_user, binaries / "pg_ctl", "-D", data]
        subprocess.run([*control, "-w", "-o", options, "-l", f"{folder}/log", "start"], **quiet)
        try:
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def main(command: list[str]) -> int:
    """Run `command` against the temporary server; without a server say so, and fail where CI expects one."""
    binaries = server_binaries()
    if binaries is None:
        print("PostgreSQL's server is not installed (Debian: postgresql); its tests did not run.", file=sys.stderr)  # noqa: T201 -- a command's message.
        return 1 if os.environ.get("CI") == "true" else 0
    with temporary_server(binaries) as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
