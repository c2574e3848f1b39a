"""Answers queries from the read models; personal data goes out sealed to whoever asked."""

from __future__ import annotations

import base64
import datetime as dt
import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg
import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from shared.access.actor import Actor, Verifier, digest, transit_binding
from shared.clock import Clock
from shared.contracts.days import business_date
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Invalid, Refused
from shared.contracts.message import MessageType, SealedValue, Vocabulary
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.stored import sealing_context, timestamp
from shared.observability.context import bind_message, bind_role
from shared.privacy.keyring import Erased, Keyring, Locked
from shared.privacy.transit import open_payload, seal_value
from shared.service.openings import record

_log = structlog.get_logger(__name__)

WAIT_SECONDS = 2.0
"""How long a query waits for its model to show what the asker has just written."""
_POLL_SECONDS = 0.02

Rows = Callable[..., list[dict[str, Any]]]

MayFollow: TypeAlias = Callable[[Actor, Rows, str, int], bool]
"""Whether an actor may know that a stream has reached a version."""


ReadsLocked: TypeAlias = Callable[[Actor, Rows, str, dt.datetime], bool | None]
"""Whether an actor may now read what lies locked under a subject's key; None: it is not locked."""


def nothing_is_locked(_: Actor, __: Rows, ___: str, ____: dt.datetime) -> None:
    """Of a service that locks nothing away."""
    return


def only_what_they_wrote(_: Actor, __: Rows, ___: str, ____: int) -> bool:
    """Nothing more than every asker may follow: what they have written themselves."""
    return False


@dataclass(frozen=True)
class Asked:
    """A query under way: what was asked, by whom, and the means to answer."""

    query: Any
    actor: Actor
    envelope: Envelope
    keyring: Keyring
    rows: Rows
    now: dt.datetime
    """Business time, by which what is open or over is judged as it is asked."""
    reads_locked: ReadsLocked = nothing_is_locked

    @property
    def today(self) -> dt.date:
        return business_date(self.now)

    def is_locked(self, subject: str) -> bool:
        """Whether it is locked, and the asker is none of the two who may read it now."""
        return self.reads_locked(self.actor, self.rows, subject, self.now) is False

    def note_opening(self, subject: str, purpose: str | None = None) -> None:
        """Record that sealed data is opened: whose, by whom and what for.

        Neither who asked nor why stands in a log line; the query's id leads to the record.
        Raises Refused with SUBJECT_LOCKED for what the law has kept and nobody but two leaders
        reads (PIPL article 47).
        """
        if self.is_locked(subject):
            raise Refused(Reason.SUBJECT_LOCKED, "it is kept under lock")
        record(self.rows, self.actor, subject, purpose, self.envelope.id, self.now)
        _log.info("personal.opened", subject=subject, role=str(self.actor.role))

    def clear(self, log: str, stream: str, type_name: str, field: str, kept: Any) -> Any:
        """A sealed field in clear, to be compared here and never told; null once erased or
        locked.
        """
        if kept is None:
            return None
        handle = SealedValue(
            kept["subject"],
            sealing_context(log, stream, type_name, field),
            base64.b64decode(kept["ciphertext"]),
        )
        try:
            return json.loads(self.keyring.open(handle))
        except Erased:
            return None
        except Locked:
            if not self.reads_locked(self.actor, self.rows, handle.subject, self.now):
                return None
            return json.loads(self.keyring.open(handle, though_locked=True))

    def personal(self, log: str, stream: str, type_name: str, field: str, kept: Any) -> Any:
        """A sealed field for the asker: sealed to its reply key, or null once erased or locked.

        `kept` is `{"subject", "ciphertext"}` as a read model holds it.
        """
        if kept is None:
            return None
        if self.envelope.reply_key is None:
            raise Invalid.one("reply_key", "missing", "give a key to seal personal data to")
        receiver = X25519PublicKey.from_public_bytes(base64.b64decode(self.envelope.reply_key))
        value = self.clear(log, stream, type_name, field, kept)
        if value is None:
            return None
        try:
            return seal_value(value, receiver, reply_context(self.envelope.id))
        except ValueError:
            # A low-order point agrees on the same secret with everybody.
            raise Invalid.one("reply_key", "bad_key", "is not a key to seal to") from None


@dataclass(frozen=True)
class QueryRoute:
    """Who may ask, which models answer, and how."""

    roles: Collection[Role]
    models: tuple[str, ...]
    answer: Callable[[Asked], Any]


class QueryBus:
    """Answers the queries of one service."""

    def __init__(
        self,
        log: str,
        keyring: Keyring,
        connections: ConnectionPool[psycopg.Connection[Any]],
        queries: Vocabulary,
        routes: Mapping[type, QueryRoute],
        verifier: Verifier,
        clock: Clock,
        may_follow: MayFollow = only_what_they_wrote,
        reads_locked: ReadsLocked = nothing_is_locked,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._log, self._keyring, self._connections = log, keyring, connections
        self._clock, self._wait_seconds = clock, wait_seconds
        self._queries, self._routes, self._verifier = queries, routes, verifier
        self._may_follow, self._reads_locked = may_follow, reads_locked

    def ask(self, wire: Any) -> dict[str, Any]:
        """`{"result": ..., "stale": bool}`; stale when the model is not yet where `after` says.

        `after` is looked at only where the asker may know of it: otherwise it would tell whether
        something has happened. Raises Invalid, Refused or NotFound.
        """
        envelope = Envelope.load(wire)
        bind_message("query", envelope.id, envelope.correlation_id, envelope.causation_id)
        actor = self._verifier.verify(envelope.actor, digest(wire))
        bind_role(str(actor.role))
        message_type = self._queries.find(envelope.type)
        route = self._routes[message_type.cls]
        if actor.role not in route.roles:
            raise Refused(
                Reason.WRONG_ROLE, f"{envelope.type} is not for the role {actor.role}", ["actor"]
            )
        query = message_type.load(self._newest(message_type, envelope, actor))
        stale = not self._wait(actor, route.models, envelope.after)
        now = self._clock.now()
        asked = Asked(query, actor, envelope, self._keyring, self._rows, now, self._reads_locked)
        return {"result": _plain(route.answer(asked)), "stale": stale}

    def _newest(self, message_type: MessageType, envelope: Envelope, actor: Actor) -> Any:
        """The payload, opened, as this code's version of the query has it."""
        binding = transit_binding(envelope.id, actor)
        receiver = self._keyring.receiving_key()
        payload = open_payload(message_type, envelope.payload, receiver, binding)
        if not isinstance(payload, dict):
            return payload
        return self._queries.upcast(message_type.name, envelope.schema_version, payload)

    def _wait(self, actor: Actor, models: tuple[str, ...], after: Mapping[str, Any] | None) -> bool:
        """Whether the models show it by the deadline, as far as the actor is concerned."""
        if after is None:
            return True
        written = self._rows(
            "SELECT body->'withheld'->'actor_id'->>'value' AS by FROM eventlog.event"
            " WHERE stream = %s AND version = %s",
            after["stream"],
            after["version"],
        )
        its_own = actor.role is not Role.PUBLIC and [row["by"] for row in written] == [actor.id]
        if not its_own and not self._may_follow(
            actor, self._rows, after["stream"], after["version"]
        ):
            return True
        if not written:
            return False
        deadline = time.monotonic() + self._wait_seconds
        while not all(self._shows(model, after) for model in models):
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def _shows(self, model: str, after: Mapping[str, Any]) -> bool:
        found = self._rows(
            "SELECT 1 AS yes FROM eventlog.event e"
            " JOIN eventlog.ledger l ON l.event_id = e.id"
            " JOIN readmodel.model m ON m.name = %s"
            " JOIN readmodel.checkpoint c ON c.model = m.name AND c.generation = m.generation"
            "  AND c.source = %s AND c.position >= l.position"
            " WHERE e.stream = %s AND e.version = %s",
            model,
            self._log,
            after["stream"],
            after["version"],
        )
        return bool(found)

    def _rows(self, query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
        """Rows by name; parameters are either by place (`%s`) or by name (`%(name)s`)."""
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            # Not prepared: a prepared `SELECT *` fails for good once a rebuild changes the shape.
            return cursor.execute(query.encode(), named or parameters, prepare=False).fetchall()


def reply_context(query_id: str) -> str:
    """What personal data in an answer is bound to."""
    return f"reply|{query_id}"


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(its) for name, its in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case None | bool() | int() | str():
            return value
    return timestamp(value) if hasattr(value, "hour") else value.isoformat()
