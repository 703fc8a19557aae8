"""Scans the portal, served as in production, with Mozilla's HTTP Observatory; fails below the grade A+.

The scanner asks ports 80 and 443 of this machine. Both must be free, and the user must be allowed to open them
(root, `sysctl net.ipv4.ip_unprivileged_port_start=80`, or `unshare -rn` around the command).
"""

import datetime
import ipaddress
import json
import os
import secrets
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[1]
SCANNER = "@mdn/mdn-http-observatory@1.4.8"
HOST = "localhost"
#: Unit: seconds.
LONGEST_START = 60


def installed_scanner() -> Path:
    """Return the scanner's folder; it is a tool of the developers and stays out of the portal's own packages."""
    folder = ROOT / "var" / "observatory"
    scanner = folder / "node_modules" / "@mdn" / "mdn-http-observatory"
    if not (scanner / "package.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        npm = shutil.which("npm") or str(ROOT / ".venv" / "bin" / "npm")
        subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", SCANNER],
            cwd=folder,
            check=True,
        )
    # Its install script would fetch the list of preloaded domains; no machine called localhost is on it.
    (scanner / "conf" / "hsts-preload.json").write_text("{}")
    return scanner


def write_certificates(folder: Path) -> tuple[Path, Path, Path]:
    """Make an authority for this run, and a certificate of it for this host; return both and the key."""
    now = datetime.datetime.now(datetime.UTC)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throw-away authority")])
    host_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]

    def certificate(subject, public_key, *extensions):
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(authority_name).public_key(public_key)
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(minutes=5))
        builder = builder.not_valid_after(now + datetime.timedelta(days=1))
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    authority = certificate(
        authority_name, authority_key.public_key(), (x509.BasicConstraints(ca=True, path_length=0), True)
    )
    own = certificate(host_name, key.public_key(), (x509.SubjectAlternativeName(names), False))
    written = (folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for path, content in zip(written, (authority, own, private), strict=True):
        path.write_bytes(content)
    return written


def production_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a production with SQLite in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(50),
        "PORTAL_ALLOWED_HOSTS": HOST,
        "PORTAL_BASE_URL": f"https://{HOST}",
        "PORTAL_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "CACHE_URL": "db://portal_cache",
        "EMAIL_URL": "consolemail:",
    }


def prepare(environment: dict[str, str]) -> None:
    """Migrate, load the demo, which production refuses, and collect the static files."""
    development = {**environment, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    for command in (["migrate"], ["createcachetable"], ["demo"], ["collectstatic", "--no-input"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=development if command == ["demo"] else environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def served(folder: Path, environment: dict[str, str]) -> Iterator[Path]:
    """Serve on 443 and, for the redirect, on 80; yield the authority's certificate; end both servers afterwards."""
    authority, certificate, key = write_certificates(folder)
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--log-level", "warning", "--no-control-socket"]
    commands = (
        [*command, "--bind", "127.0.0.1:443", "--certfile", certificate, "--keyfile", key, "portal.wsgi"],
        [*command, "--bind", "127.0.0.1:80", "portal.wsgi"],
    )
    servers = [subprocess.Popen(each, cwd=ROOT, env=environment) for each in commands]
    try:
        _wait_for(f"https://{HOST}/readyz", servers, ssl.create_default_context(cafile=authority))
        yield authority
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=20)


def _wait_for(address: str, servers: list[subprocess.Popen], trust: ssl.SSLContext) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if any(server.poll() is not None for server in servers):
            sys.exit("A server ended at once: are ports 80 and 443 free, and may this user open them?")
        try:
            with urllib.request.urlopen(address, context=trust, timeout=5):  # noqa: S310 -- our own server.
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit(f"Nothing answered at {address}.")


def scan(scanner: Path, authority: Path) -> dict:
    """Return what the scanner found."""
    result = subprocess.run(
        ["node", str(scanner / "src" / "scan.js"), HOST],
        env={"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": str(authority)},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(f"The scanner failed: {result.stdout}{result.stderr}")
    return json.loads(result.stdout)


def report(found: dict) -> bool:
    """Print grade, score and every test; return whether the grade is the best there is."""
    summary = found["scan"]
    lines = [
        f"{'passed' if test['pass'] else 'FAILED':7} {test['scoreModifier'] or 0:+4d}  {name}: {test['result']}"
        for name, test in found["tests"].items()
    ]
    lines.append(
        f"Grade {summary['grade']}, score {summary['score']}, "
        f"{summary['testsPassed']} of {summary['testsQuantity']} tests passed"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return summary["grade"] == "A+" and summary["testsFailed"] == 0


def main() -> int:
    """Install, serve, scan, report; the exit code tells whether the grade held."""
    scanner = installed_scanner()
    with tempfile.TemporaryDirectory(prefix="fokusportal-observatory-") as name:
        folder = Path(name)
        environment = production_environment(folder)
        prepare(environment)
        with served(folder, environment) as authority:
            found = scan(scanner, authority)
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
