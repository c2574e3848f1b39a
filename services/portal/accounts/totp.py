"""The second factor: time-based codes (RFC 6238) and recovery codes for a lost device.

By the machine's clock: a moved business clock changes nothing about who may sign in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence

import pyotp

STEP_SECONDS = 30
_RECOVERY_CODES = 8
ISSUER = "行政执法监督联系点"


def new_secret() -> str:
    """A fresh secret, base32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, login: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The time step that the code is right for: this one or a neighbour; None when for none.

    Whoever asks keeps the step and accepts none twice. No code is right for what is no secret.
    """
    current = int((time.time() if now is None else now) // STEP_SECONDS)
    for step in (current, current - 1, current + 1):
        try:
            right = pyotp.TOTP(secret).at(step * STEP_SECONDS)
        except (ValueError, IndexError):  # not base32
            return None
        if hmac.compare_digest(right.encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes to write down, each good for one sign-in."""
    return [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(_RECOVERY_CODES)]


def recovery_hashes(codes: Sequence[str]) -> str:
    """What is kept of recovery codes: they are random, so a plain hash gives nothing away."""
    return " ".join(hashlib.sha256(code.encode()).hexdigest() for code in codes)


def recovery_hash(code: str, kept: str) -> str | None:
    """The kept hash that the code belongs to, if any."""
    found = hashlib.sha256(code.strip().lower().encode()).hexdigest()
    return found if found in kept.split() else None
