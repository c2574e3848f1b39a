"""What a process of a service is told by its environment.

Every setting is read here and nowhere else, so that what a process depends on can be listed.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True)
class Config:
    """Settings of one service. URLs are libpq and AMQP ones; `health_port` 0 takes any port."""

    service: str
    environment: str
    database_url: str
    keys_database_url: str
    amqp_url: str
    master_key: bytes
    issuers_file: Path
    health_host: str
    health_port: int
    checkpoint_seconds: float
    management_url: str | None = None
    key_backups: Path | None = None

    @classmethod
    def from_environment(cls, service: str, environ: Mapping[str, str]) -> Config:
        """Raises ConfigurationError."""
        prefix = f"JIANDU_{service.upper()}"
        folder = environ.get("JIANDU_KEY_BACKUPS")
        return cls(
            service=service,
            environment=environ.get("JIANDU_ENVIRONMENT", "production"),
            database_url=required(environ, f"{prefix}_DATABASE_URL"),
            keys_database_url=required(environ, f"{prefix}_KEYS_DATABASE_URL"),
            amqp_url=required(environ, "JIANDU_AMQP_URL"),
            master_key=master_key(Path(required(environ, "JIANDU_MASTER_KEY_FILE"))),
            issuers_file=Path(required(environ, "JIANDU_ISSUERS_FILE")),
            health_host=environ.get("JIANDU_HEALTH_HOST", "127.0.0.1"),
            health_port=_number(environ, "JIANDU_HEALTH_PORT", 0),
            checkpoint_seconds=_number(environ, "JIANDU_CHECKPOINT_SECONDS", 5),
            management_url=environ.get("JIANDU_RABBITMQ_MANAGEMENT_URL") or None,
            key_backups=Path(folder) if folder else None,
        )


def required(environ: Mapping[str, str], name: str) -> str:
    """A setting that must be there. Raises ConfigurationError."""
    value = environ.get(name)
    if not value:
        raise ConfigurationError(f"set {name} (`make up` writes all of them for one machine)")
    return value


def master_key(path: Path) -> bytes:
    """The 32 bytes that wrap every key of a service, base64 in a file only its user may read."""
    try:
        key = base64.b64decode(path.read_text(encoding="ascii").strip(), validate=True)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the master key {path} cannot be read: {error}") from None
    if len(key) != 32:
        raise ConfigurationError(f"the master key {path} has {len(key)} bytes, not 32")
    return key


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise ConfigurationError(f"{name} must be a whole number, not {text!r}")
    return int(text)
