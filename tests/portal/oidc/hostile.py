"""A provider that gives whatever ID token a test wants, as no certified one can be made to."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry

CLIENT_ID = "jiandu"
SECRET = "a secret of this client, long enough for HMAC"


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


_KEY, _FOREIGN = new_key("one"), new_key("one")


class Hostile:
    """An HTTP server on a free loopback port. What it says can be changed at any time."""

    def __init__(self) -> None:
        self.key, self.foreign = _KEY, _FOREIGN
        self.published: list[RSAKey | OctKey] = [self.key]
        self.description: dict[str, Any] = {}
        self.token: dict[str, Any] = {"access_token": "an access token", "token_type": "Bearer"}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Hostile:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def gives(
        self, asked: str, key: Any = None, alg: str = "RS256", kid: str = "one", **instead: Any
    ) -> None:
        """The next ID token fits the nonce `asked` but for what is given; None: without it."""
        signed = jwt.encode(
            {"alg": alg, "kid": kid},
            self._claims(asked, instead),
            key or self.key,
            registry=JWSRegistry(algorithms=[alg], strict_check_header=False),
        )
        self.token["id_token"] = signed

    def gives_unsigned(self, asked: str) -> None:
        """The next ID token has `alg: none` and no signature."""
        self.token["id_token"] = f"{self._unsigned(asked, 'none')}."

    def gives_signed_with_the_public_key(self, asked: str) -> None:
        """The next ID token has an HMAC, under what everybody can read."""
        unsigned = self._unsigned(asked, "HS256")
        secret = self.key.as_pem(private=False)
        signature = hmac.digest(secret, unsigned.encode(), "sha256")
        self.token["id_token"] = f"{unsigned}.{_base64(signature)}"

    def _claims(self, asked: str, instead: Mapping[str, Any]) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "zhang.san",
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "nonce": asked,
            **instead,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def _unsigned(self, asked: str, alg: str) -> str:
        parts = ({"alg": alg, "kid": "one"}, self._claims(asked, {}))
        return ".".join(_base64(json.dumps(part).encode()) for part in parts)

    def _answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.description,
            }
        if path == "/keys":
            return {"keys": [_shown(its) for its in self.published]}
        return self.token

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say()

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._say()

            def log_message(self, *_: object) -> None:
                """Tests' output is for tests."""

            def _say(self) -> None:
                body = json.dumps(outer._answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


def _shown(key: RSAKey | OctKey) -> Any:
    """As it is published; a secret has nothing else to show."""
    return key.as_dict(private=isinstance(key, OctKey))


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
