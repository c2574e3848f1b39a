"""What the web process is told by its environment, beside what every process of ours is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import limits

from shared.privacy.evidence.place import BadPlace, store_from
from shared.privacy.evidence.scanning import Scanner
from shared.privacy.evidence.store import EvidenceStore
from shared.service.config import ConfigurationError, required


@dataclass(frozen=True)
class OidcSettings:
    """The OpenID provider that staff sign in with, if the city has one."""

    issuer: str
    client_id: str
    client_secret: str


THREADS = 16
"""Requests answered at the same time."""

LIMITS: Mapping[str, str] = {
    "general": "1200 per minute",
    "sign_in": "30 per minute; 300 per hour",
    "register": "10 per minute; 60 per hour",
    "objection": "10 per minute; 60 per hour",
    "filing": "20 per minute; 200 per hour",
    "receipt": "10 per minute; 60 per hour",
    "receipts_in_all": "120 per minute",
}
"""Requests one client may send; a whole office may stand behind one address."""


@dataclass(frozen=True)
class WebSettings:
    """`url` is how browsers reach us, without a slash at its end; seconds are deadlines.

    evidence: where files of evidence lie · scanner: what looks at them, None: nothing does
    proxies: how many reverse proxies stand in front and set X-Forwarded-For and -Proto
    """

    host: str
    port: int
    url: str
    threads: int
    proxies: int
    key_file: Path
    city: str
    evidence: EvidenceStore
    scanner: Scanner | None = None
    query_seconds: float = 1.5
    command_seconds: float = 8.0
    oidc: OidcSettings | None = None
    limits: Mapping[str, str] = field(default_factory=lambda: LIMITS)

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https, so that cookies can be kept to it."""
        return self.url.startswith("https:")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], environment: str) -> WebSettings:
        """Raises ConfigurationError."""
        host = environ.get("JIANDU_PORTAL_HOST", "127.0.0.1")
        port = _number(environ, "JIANDU_PORTAL_PORT", 8080)
        url = environ.get("JIANDU_PORTAL_URL", f"http://{host}:{port}").rstrip("/")
        if urlsplit(url).scheme not in ("http", "https"):
            raise ConfigurationError(f"JIANDU_PORTAL_URL must be an http or https URL, not {url!r}")
        if environment == "production" and not url.startswith("https:"):
            raise ConfigurationError("in production JIANDU_PORTAL_URL must begin with https:")
        return cls(
            host=host,
            port=port,
            url=url,
            threads=_number(environ, "JIANDU_PORTAL_THREADS", THREADS),
            proxies=_number(environ, "JIANDU_PORTAL_PROXIES", 0),
            key_file=Path(required(environ, "JIANDU_PORTAL_KEY_FILE")),
            city=required(environ, "JIANDU_PORTAL_CITY"),
            evidence=_evidence(environ),
            scanner=_scanner(environ),
            oidc=_oidc(environ),
            limits={name: _limit(environ, name, its) for name, its in LIMITS.items()},
        )


def _evidence(environ: Mapping[str, str]) -> EvidenceStore:
    try:
        return store_from(environ)
    except BadPlace as error:
        raise ConfigurationError(str(error)) from None


def _scanner(environ: Mapping[str, str]) -> Scanner | None:
    """Files are scanned where a scanner is named, and then not taken without its verdict."""
    address = environ.get("JIANDU_CLAMD")
    if not address:
        return None
    if not address.startswith("/") and not address.rpartition(":")[2].isdigit():
        raise ConfigurationError("JIANDU_CLAMD must be host:port or the path of a socket")
    return Scanner(address)


def _oidc(environ: Mapping[str, str]) -> OidcSettings | None:
    issuer = environ.get("JIANDU_OIDC_ISSUER")
    if not issuer:
        return None
    path = Path(required(environ, "JIANDU_OIDC_CLIENT_SECRET_FILE"))
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(f"the client secret {path} cannot be read: {error}") from None
    return OidcSettings(issuer.rstrip("/"), required(environ, "JIANDU_OIDC_CLIENT_ID"), secret)


def _limit(environ: Mapping[str, str], name: str, default: str) -> str:
    variable = f"JIANDU_PORTAL_LIMIT_{name.upper()}"
    text = environ.get(variable, default)
    try:
        limits.parse_many(text)
    except ValueError:
        raise ConfigurationError(f"{variable} must be like {default!r}, not {text!r}") from None
    return text


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise ConfigurationError(f"{name} must be a whole number, not {text!r}")
    return int(text)
