"""The keys of one service: a key a subject, and the service's own.

A key is committed here before the first event that uses it, so no event can outlive the only
copy of its key. A missing key is an error; an erased one is a fact.
"""

from __future__ import annotations

import datetime as dt
import hmac
import time
from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path
from threading import Lock

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.contracts.canonical import encode
from shared.contracts.message import SealedValue
from shared.privacy.sealing import new_key, open_sealed, seal

MIGRATIONS = Path(__file__).parent / "migrations"
_CACHED_KEYS = 1_000
CACHED_FOR = dt.timedelta(seconds=30)
"""How long a process may go on using a key that another has destroyed."""

Connections = ConnectionPool[psycopg.Connection[TupleRow]]


class Unreadable(Exception):
    """What lies under the subject's key is not to be read, and nothing more be sealed under it."""


class Erased(Unreadable):
    """The subject's key was destroyed: what was sealed under it is gone for good."""


class Locked(Unreadable):
    """The law has it kept: it is stored and not used (PIPL article 47)."""


class KeyMissing(Exception):
    """No key is known for the subject. Something is broken; nothing may be concluded from it."""


class Keyring:
    """Keys of the service `service`, unwrapped with `master_key` (32 bytes) as they are used."""

    def __init__(self, service: str, connections: Connections, master_key: bytes) -> None:
        self._service, self._connections, self._master = service, connections, master_key
        self._known: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._own: dict[str, bytes] = {}
        self._guard = Lock()

    def seal(self, subject: str, context: str, plaintext: bytes, at: dt.datetime) -> bytes:
        """Encrypt under the subject's key, making and committing the key first when it is new.

        Raises Erased when the subject was erased, Locked when it is kept and not used: nothing
        more may be written about it.
        """
        return seal(self._key(subject, create_at=at), context, plaintext)

    def open(self, value: SealedValue, *, though_locked: bool = False) -> bytes:
        """The plaintext of a sealed value. Raises Erased, Locked, KeyMissing, CannotOpen.

        though_locked: for the two who may read what is kept under lock
        """
        read = self._read(value.subject, though_locked=True) if though_locked else None
        return open_sealed(read or self._key(value.subject), value.context, value.ciphertext)

    def keyed_hash(self, scope: str, *parts: str) -> bytes:
        """HMAC-SHA256 over a scope and values, under a key of this service alone.

        Stands for a value (a credit code, a payload) where its plain hash could be guessed.
        """
        message = encode([scope, *parts])
        return hmac.digest(self._own_key("keyed_hash"), message, "sha256")

    def receiving_key(self) -> X25519PrivateKey:
        """The key that others seal to when they send personal data here."""
        return X25519PrivateKey.from_private_bytes(self._own_key("receiving"))

    def checkpoint_key(self) -> Ed25519PrivateKey:
        """The key that signs the log's tree heads."""
        return Ed25519PrivateKey.from_private_bytes(self._own_key("checkpoint"))

    def receipts_key(self) -> bytes:
        """The salt under which receipt codes are hashed; with another, no code leads anywhere."""
        return self._own_key("receipts")

    def browsers_key(self) -> bytes:
        """The key of what browsers keep for us, and only we can read."""
        return self._own_key("browsers")

    def open_own_keys(self) -> None:
        """Make the keys that every service has, and open these and all others of its own.

        At the start, so that a wrong master key stops a process and not whoever needs a key first.
        Raises CannotOpen: another master key.
        """
        with self._connections.connection() as connection:
            kept = connection.execute("SELECT use FROM keys.service").fetchall()
        for use in {"keyed_hash", "receiving", "checkpoint", *(str(its) for (its,) in kept)}:
            self._own_key(use)

    def erased_among(self, subjects: Collection[str]) -> set[str]:
        """Those of the subjects whose key was destroyed."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT subject FROM keys.subject WHERE subject = ANY (%s) AND wrapped IS NULL",
                (list(subjects),),
            ).fetchall()
        return {str(subject) for (subject,) in rows}

    def destroy(self, subjects: Collection[str], at: dt.datetime) -> list[str]:
        """Destroy the keys of these subjects for good; which of them were not destroyed before.

        One that is not known here is erased all the same: a backup may bring its key back later.
        One that is locked stays: whatever else has been decided, the law has it kept.
        """
        with self._connections.connection() as connection:
            rows = connection.execute(
                "INSERT INTO keys.subject AS kept (subject, created_at, erased_at)"
                " SELECT subject, %(at)s, %(at)s FROM unnest(%(subjects)s::text[]) AS subject"
                " ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, erased_at = %(at)s"
                "  WHERE kept.wrapped IS NOT NULL AND NOT kept.locked"
                " RETURNING subject",
                {"subjects": sorted(set(subjects)), "at": at},
            ).fetchall()
        self._forget(subjects)
        return [str(row[0]) for row in rows]

    def are_destroyed(self, subjects: Collection[str]) -> bool:
        """Whether there are subjects, and none of them has a key here any more."""
        return self.destroyed_at(subjects) is not None

    def destroyed_at(self, subjects: Collection[str]) -> dt.datetime | None:
        """When the last key of these subjects was destroyed; None while any is here."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT count(*), max(erased_at) FROM keys.subject"
                " WHERE subject = ANY (%s) AND wrapped IS NULL",
                (list(subjects),),
            ).fetchone()
        assert row is not None
        number, last = row
        return last if number == len(set(subjects)) else None

    def lock(self, subjects: Collection[str]) -> None:
        """Let these subjects be locked, and no others."""
        wanted = sorted(set(subjects))
        with self._connections.connection() as connection:
            rows = connection.execute(
                "UPDATE keys.subject SET locked = NOT locked"
                " WHERE (locked OR subject = ANY (%(wanted)s))"
                " AND locked <> (subject = ANY (%(wanted)s)) RETURNING subject",
                {"wanted": wanted},
            ).fetchall()
        self._forget([str(row[0]) for row in rows])

    def _forget(self, subjects: Collection[str]) -> None:
        with self._guard:
            for subject in subjects:
                self._known.pop(subject, None)

    def _key(self, subject: str, create_at: dt.datetime | None = None) -> bytes:
        with self._guard:
            known = self._known.get(subject)
            if known is not None and time.monotonic() - known[1] < CACHED_FOR.total_seconds():
                self._known.move_to_end(subject)
                return known[0]
        key = self._read(subject) or self._create(subject, create_at)
        with self._guard:
            self._known[subject] = (key, time.monotonic())
            while len(self._known) > _CACHED_KEYS:
                self._known.popitem(last=False)
        return key

    def _read(self, subject: str, *, though_locked: bool = False) -> bytes | None:
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT wrapped, locked FROM keys.subject WHERE subject = %s", (subject,)
            ).fetchone()
        if row is None:
            return None
        if row[0] is None:
            raise Erased(subject)
        if row[1] and not though_locked:
            raise Locked(subject)
        return open_sealed(self._master, f"{self._service}|{subject}", bytes(row[0]))

    def _create(self, subject: str, at: dt.datetime | None) -> bytes:
        if at is None:
            raise KeyMissing(f"no key for {subject}")
        wrapped = seal(self._master, f"{self._service}|{subject}", new_key())
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO keys.subject (subject, wrapped, created_at) VALUES (%s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                (subject, wrapped, at),
            )
        key = self._read(subject)
        if key is None:
            raise KeyMissing(f"the key of {subject} did not stay")
        return key

    def _own_key(self, use: str) -> bytes:
        with self._guard:
            if use in self._own:
                return self._own[use]
        context = f"{self._service}|own|{use}"
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO keys.service (use, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (use, seal(self._master, context, new_key())),
            )
            row = connection.execute(
                "SELECT wrapped FROM keys.service WHERE use = %s", (use,)
            ).fetchone()
        if row is None:
            raise KeyMissing(f"the service's own key for {use} did not stay")
        key = open_sealed(self._master, context, bytes(row[0]))
        with self._guard:
            self._own[use] = key
        return key
