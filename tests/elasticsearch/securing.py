"""A node as an operator runs it: HTTPS with an authority of its own, an administrator, keys for everybody else."""

import base64
import datetime
import ipaddress
import secrets
import ssl
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.elasticsearch.servers import Server

ADMINISTRATOR = "administrator"
SECURITY = {
    "xpack.security.enabled": True,
    "xpack.security.http.ssl.enabled": True,
    "xpack.security.http.ssl.certificate": "node.crt",
    "xpack.security.http.ssl.key": "node.key",
}


class SecuredServer(Server):
    """A node that refuses whoever brings neither its administrator's password nor a key."""

    scheme = "https"

    @property
    def authority(self) -> Path:
        """Return the certificate by which clients know the server."""
        return self.folder / "config" / "ca.crt"

    def make_key(self, request: Mapping[str, object]) -> str:
        """Return a new API key with the wanted privileges."""
        return self.ask("/_security/api_key", request)["encoded"]

    def _set_up(self, settings: Mapping[str, object]) -> None:
        configuration = self.folder / "config"
        configuration.mkdir(parents=True)
        _write_certificates(configuration)
        password = secrets.token_hex(16)
        # A password without the mark of a hash is compared as it is; good enough for a folder that is gone soon.
        (configuration / "users").write_text(f"{ADMINISTRATOR}:{password}\n")
        (configuration / "users_roles").write_text(f"superuser:{ADMINISTRATOR}\n")
        credentials = base64.b64encode(f"{ADMINISTRATOR}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {credentials}"}
        self.tls = ssl.create_default_context(cafile=self.authority)
        super()._set_up({**settings, **SECURITY})


def _write_certificates(folder: Path) -> None:
    authority_key, node_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
    node = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "node")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    is_authority = x509.BasicConstraints(ca=True, path_length=0)
    own = _certificate(authority, authority_key, authority, authority_key, is_authority)
    (folder / "ca.crt").write_bytes(own.public_bytes(Encoding.PEM))
    signed = _certificate(node, node_key, authority, authority_key, here)
    (folder / "node.crt").write_bytes(signed.public_bytes(Encoding.PEM))
    private = node_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "node.key").write_bytes(private)


def _certificate(name, key, issuer, issuer_key, extension) -> x509.Certificate:
    begun = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + datetime.timedelta(days=2))
        .add_extension(extension, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
