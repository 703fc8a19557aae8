"""An OpenID Connect provider for tests: a real one over HTTP on this machine, which can be told to misbehave."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "fokusportal"
SECRET = "geheimnis"


@dataclass
class Provider:
    """What the provider says; tests change it before they sign in."""

    address: str = ""
    claims: dict = field(default_factory=dict)
    #: What replaces claims of the signed statement: nonce, sub, iss, aud, exp …
    statement: dict = field(default_factory=dict)
    signed_by: object = KEY
    algorithm: str = "RS256"
    broken: str = ""
    codes: dict = field(default_factory=dict)

    def authorize(self, url: str) -> str:
        """Agree to what the portal asks for, as the person would in the browser; return where it leads back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def id_token(self, asked: dict) -> str:
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
            "sub": self.claims["sub"],
            "nonce": asked.get("nonce"),
            **self.statement,
        }
        key = SECRET * 8 if self.algorithm == "HS256" else self.signed_by
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "1"})

    def answer(self, path: str, posted: dict) -> dict:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/token":
            asked = self.codes.pop(posted["code"])
            assert posted["client_secret"] == SECRET
            assert posted["code_verifier"]
            return {"access_token": "zugang", "token_type": "Bearer", "id_token": self.id_token(asked)}
        return self.claims


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """Serve a provider until the test ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer({})

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, posted):
            path = urlsplit(self.path).path
            broken = provider.broken and path.startswith(provider.broken)
            body = b"<html>Wartung</html>" if broken else json.dumps(provider.answer(path, posted)).encode()
            self.send_response(503 if broken else 200)
            self.send_header("Content-Type", "text/html" if broken else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
