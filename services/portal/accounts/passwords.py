"""Passwords: which are accepted, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.portal.accounts.names import normalised
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason

SHORTEST = 10

_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash("nobody has this password")
_FROM_BREACHES = Path(__file__).parent / "common_passwords.txt"
_COMMON_CORES = frozenset(
    (
        *("password", "qwerty", "qwertyuiop", "qwert", "qazwsx", "abc", "iloveyou", "letmein"),
        *("admin", "administrator", "root", "test", "welcome", "changeme", "passwd", "user"),
        *("woaini", "zhongguo", "mima", "sifaju", "zhuzhou", "密码", "管理员", "司法局"),
    )
)
"""Digits and signs around one of these make no password."""
_FEWEST_DIFFERENT = 5


def hash_password(password: str, login: str) -> str:
    """The hash to keep, with its salt and costs in it.

    Raises Refused with PASSWORD_TOO_WEAK.
    """
    if _is_weak(password, login):
        raise Refused(
            Reason.PASSWORD_TOO_WEAK,
            f"choose at least {SHORTEST} characters, nothing common, nothing with the login in it",
            ["password"],
        )
    return _HASHER.hash(password)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other costs than today's: time to hash anew."""
    return _HASHER.check_needs_rehash(kept)


def hash_anew(password: str) -> str:
    """A hash at today's costs of a password that was accepted before."""
    return _HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash; as slow for an account that is not there (None)."""
    try:
        return _HASHER.verify(_NOBODYS if kept is None else kept, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _is_weak(password: str, login: str) -> bool:
    spelled = normalised(password)
    letters = "".join(c for c in spelled if c.isalpha())
    return (
        len(password) < SHORTEST
        or len(set(spelled)) < _FEWEST_DIFFERENT
        or normalised(login) in spelled
        or spelled in _common()
        or letters in _COMMON_CORES
        or _is_a_run(spelled)
    )


@cache
def _common() -> frozenset[str]:
    lines = _FROM_BREACHES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_a_run(text: str) -> bool:
    """Only neighbours, such as 1234567890 or abcdefghij, up or down."""
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}
