"""Passwords: which are accepted, and how they are kept (argon2id, RFC 9106)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.portal.accounts.names import normalised
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason

SHORTEST = 10

STRONG = PasswordHasher()
"""A fifth of a second and 64 MiB for each guess (RFC 9106, section 4, second choice)."""
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Guards nobody: for tests, whose people sign in thousands of times on one machine."""

COSTS = "JIANDU_PORTAL_PASSWORD_COSTS"
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


class CostsRefused(RuntimeError):
    """Quick hashes are asked for where people's own passwords may be kept."""


class _Hashing:
    hasher = STRONG


def go_by(hasher: PasswordHasher) -> PasswordHasher:
    """From now on this process hashes at these costs; returns those before."""
    before, _Hashing.hasher = _Hashing.hasher, hasher
    return before


def costs(environ: Mapping[str, str]) -> PasswordHasher:
    """STRONG, or QUICK where JIANDU_PORTAL_PASSWORD_COSTS says `quick`.

    Raises CostsRefused unless JIANDU_ENVIRONMENT is `local` then.
    """
    if environ.get(COSTS, "").strip() != "quick":
        return STRONG
    if environ.get("JIANDU_ENVIRONMENT", "").strip() != "local":
        raise CostsRefused(f"{COSTS} is `quick`, which is for tests on one machine alone: unset it")
    return QUICK


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
    return _Hashing.hasher.hash(password)


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other costs than today's: time to hash anew."""
    return _Hashing.hasher.check_needs_rehash(kept)


def hash_anew(password: str) -> str:
    """A hash at today's costs of a password that was accepted before."""
    return _Hashing.hasher.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash; as slow for an account that is not there (None)."""
    try:
        against = _nobodys() if kept is None else kept
        return _Hashing.hasher.verify(against, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _nobodys() -> str:
    return _hash_of_nobody(_Hashing.hasher)


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")


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
