"""The append-only event log of one service: append whole commands, read streams and the ledger.

Invariants that the schema beside this file holds: nothing is changed or removed, versions of a
stream have no gaps, a command is carried out once, its events lie together in the ledger.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool, PoolTimeout

from shared.contracts.errors import Conflict, Refused
from shared.contracts.reasons import Reason
from shared.contracts.stored import RecordedEvent, StoredEvent, leaf, timestamp
from shared.observability import metrics

MIGRATIONS = Path(__file__).parent / "migrations"
LARGEST_PAGE = 1_000
"""Events a page; keyset pages of 1,000 were the fastest (larger ones slower)."""

Connections = ConnectionPool[psycopg.Connection[TupleRow]]


@dataclass(frozen=True)
class Claim:
    """A name within a scope that at most one stream may hold, as a keyed hash (no clear data)."""

    scope: str
    key: bytes
    holder: str

    def plain(self) -> dict[str, str]:
        return {"scope": self.scope, "key": self.key.hex(), "holder": self.holder}


@dataclass(frozen=True)
class Release:
    """Gives back the name that the stream `holder` holds within the scope."""

    scope: str
    holder: str

    def plain(self) -> dict[str, str]:
        return {"scope": self.scope, "holder": self.holder}


@dataclass(frozen=True)
class Append:
    """A command's outcome, ready for the log.

    expected: stream -> version that it must be at (0: must not exist)
    """

    command_id: str
    fingerprint: bytes
    result: Mapping[str, Any]
    expected: Mapping[str, int]
    events: Sequence[StoredEvent]
    claims: Sequence[Claim] = field(default=())
    releases: Sequence[Release] = field(default=())

    def parameter(self) -> bytes:
        """The one jsonb parameter of eventlog.append."""
        return orjson.dumps(
            {
                "command_id": self.command_id,
                "fingerprint": self.fingerprint.hex(),
                "result": self.result,
                "writes": [{"stream": s, "expected": v} for s, v in self.expected.items()],
                "events": [
                    {
                        "stream": event.stream,
                        "version": event.version,
                        "type": event.type,
                        "schema_version": event.schema_version,
                        "occurred_at": timestamp(event.occurred_at),
                        "body": event.body(),
                        "leaf": leaf(event).hex(),
                    }
                    for event in self.events
                ],
                "claims": [claim.plain() for claim in self.claims],
                "releases": [release.plain() for release in self.releases],
            }
        )


@dataclass(frozen=True)
class Waiting:
    """Commands without positions: how many, and the first and last place in their order."""

    commands: int
    first: int
    last: int


class NameTaken(Exception):
    """A claim of the append is held; `scope` says in which set.

    by_others: whether another stream holds it. Else the stream has it itself, as when another
    command of the same stream came between, or it has been given back since.
    """

    def __init__(self, scope: str, key: bytes, *, by_others: bool = True) -> None:
        super().__init__(f"a name in {scope} is taken")
        self.scope, self.key, self.by_others = scope, key, by_others


class OutcomeLost(psycopg.OperationalError):
    """The connection broke while a command was appended: it may be in the log, or not."""


class EventLog:
    """The log of the service `name`, over a pool of autocommit connections."""

    def __init__(self, name: str, connections: Connections) -> None:
        self.name = name
        self._connections = connections

    def append(self, given: Append) -> Mapping[str, Any]:
        """Carry the command into the log, or return what it gave the first time.

        Raises Conflict when a stream is at another version, NameTaken when a claim is held,
        Refused when the command id was used for something else.
        """
        if not given.events:
            raise ValueError("a command without events leaves nothing to append")
        begun, outcome = time.perf_counter(), "failed"
        try:
            answer = self._append(given)
            outcome = str(answer["outcome"])
        except (Conflict, NameTaken) as refused:
            outcome = "conflict" if isinstance(refused, Conflict) else "name_taken"
            raise
        finally:
            metrics.APPEND_SECONDS.labels(outcome).observe(time.perf_counter() - begun)
        return _first_result(answer)

    def _append(self, given: Append) -> Mapping[str, Any]:
        try:
            with self._connections.connection() as connection:
                row = connection.execute(
                    "SELECT eventlog.append(%b::text::jsonb)", (given.parameter().decode(),)
                ).fetchone()
        except psycopg.errors.UniqueViolation:
            raise self._conflict(given) from None
        except PoolTimeout:
            raise
        except psycopg.Error as error:
            if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
                raise OutcomeLost("the connection broke while appending") from error
            if error.sqlstate == "JD001":
                detail = json.loads(error.diag.message_detail or "{}")
                raise Conflict(detail["stream"], detail["expected"], detail["actual"]) from None
            if error.sqlstate == "JD002":
                raise self._taken(given, error.diag.message_detail or "") from None
            raise
        assert row is not None
        answer: Mapping[str, Any] = row[0]
        return answer

    def result_of(self, command_id: str, fingerprint: bytes) -> Mapping[str, Any] | None:
        """What this command gave when it was carried out, or None if it never was.

        Raises Refused when the id was used for another actor or payload.
        """
        row = self._row(
            "SELECT fingerprint, result FROM eventlog.command WHERE id = %s", (command_id,)
        )
        if row is None:
            return None
        outcome = "repeated" if row[0] == fingerprint else "reused"
        return _first_result({"outcome": outcome, "result": row[1]})

    def stream(self, stream: str, after: int = 0) -> list[StoredEvent]:
        """The events of a stream behind version `after`, in order; empty when there is none."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT stream, version, type, schema_version, occurred_at, command_id::text, body"
                " FROM eventlog.event WHERE stream = %s AND version > %s ORDER BY version",
                (stream, after),
            ).fetchall()
        return [self._event(row) for row in rows]

    def read(self, after: int, limit: int = LARGEST_PAGE) -> list[RecordedEvent]:
        """The next events of the ledger behind position `after`, in order, a page at the most."""
        return [recorded for recorded, _ in self.read_with_leaves(after, limit)]

    def read_with_leaves(
        self, after: int, limit: int = LARGEST_PAGE
    ) -> list[tuple[RecordedEvent, bytes]]:
        """As `read`, each event with the leaf hash that the log keeps for it."""
        with self._connections.connection() as connection, connection.cursor() as cursor:
            set_json_loads(orjson.loads, cursor)
            rows = cursor.execute(
                "SELECT e.stream, e.version, e.type, e.schema_version, e.occurred_at,"
                "       e.command_id::text, e.body, l.position, l.sequenced_at, e.leaf"
                " FROM eventlog.ledger l JOIN eventlog.event e ON e.id = l.event_id"
                " WHERE l.position > %s ORDER BY l.position LIMIT %s",
                (after, min(limit, LARGEST_PAGE)),
                binary=True,
            ).fetchall()
        return [(RecordedEvent(row[7], row[8], self._event(row)), bytes(row[9])) for row in rows]

    def pages(self, after: int = 0) -> Iterator[list[tuple[RecordedEvent, bytes]]]:
        """All of the ledger behind `after`, page by page, each in a transaction of its own.

        While the caller is at work on a full page, the next one is read.
        """
        with ThreadPoolExecutor(1, "pages") as ahead:  # starts no thread before it is needed
            page = self.read_with_leaves(after)
            while len(page) == LARGEST_PAGE:
                following = ahead.submit(self.read_with_leaves, page[-1][0].position)
                yield page
                page = following.result()
            if page:
                yield page

    def event_pages(self, after: int = 0) -> Iterator[list[RecordedEvent]]:
        """As `pages`, without the leaves."""
        for page in self.pages(after):
            yield [recorded for recorded, _ in page]

    def leaves(self, size: int, after: int = 0) -> Iterator[bytes]:
        """The leaf hashes behind position `after` up to position `size`, in order."""
        while after < size:
            with self._connections.connection() as connection:
                rows = connection.execute(
                    "SELECT e.leaf FROM eventlog.ledger l JOIN eventlog.event e"
                    " ON e.id = l.event_id WHERE l.position > %s AND l.position <= %s"
                    " ORDER BY l.position LIMIT 10000",
                    (after, size),
                    binary=True,
                ).fetchall()
            if not rows:
                raise ValueError(f"the ledger ends at {after}, before {size}")
            for row in rows:
                yield bytes(row[0])
            after += len(rows)

    def head(self) -> int:
        """The last position; 0 when the ledger is empty."""
        row = self._row("SELECT coalesce(max(position), 0) FROM eventlog.ledger", ())
        return int(row[0]) if row else 0

    def unnumbered(self) -> int:
        """How many commands wait for the relay."""
        row = self._row("SELECT count(*) FROM eventlog.unsequenced", ())
        return int(row[0]) if row else 0

    def waiting(self) -> Waiting:
        """What the relay has not numbered yet."""
        row = self._row(
            "SELECT count(*), coalesce(min(id), 1), coalesce(max(id), 0) FROM eventlog.unsequenced",
            (),
        )
        assert row is not None
        return Waiting(*row)

    def position_of(self, stream: str, version: int) -> int | None:
        """Where an event lies in the ledger; None while the relay has not numbered it."""
        row = self._row(
            "SELECT l.position FROM eventlog.event e"
            " JOIN eventlog.ledger l ON l.event_id = e.id WHERE e.stream = %s AND e.version = %s",
            (stream, version),
        )
        return int(row[0]) if row else None

    def published(self) -> int:
        """Up to which position the broker has confirmed both forms."""
        row = self._row("SELECT published FROM eventlog.publication", ())
        return int(row[0]) if row else 0

    def mark_published(self, before: int, now: int) -> None:
        """Move the mark of `published` on, unless another relay has moved it meanwhile."""
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE eventlog.publication SET published = %s WHERE published = %s",
                (now, before),
            )

    def add_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed tree head; one of the same size that is there already stays."""
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO eventlog.checkpoint (size, note) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                (size, note),
            )

    def latest_checkpoint(self) -> tuple[int, str] | None:
        """(size, note) of the newest signed tree head, if there is one."""
        row = self._row("SELECT size, note FROM eventlog.checkpoint ORDER BY size DESC LIMIT 1", ())
        return (int(row[0]), str(row[1])) if row else None

    def tile(self, level: int, index: int) -> bytes | None:
        """A full tile's 256 hashes, joined, when it is kept."""
        row = self._row(
            "SELECT hashes FROM eventlog.tile WHERE level = %s AND index = %s", (level, index)
        )
        return bytes(row[0]) if row else None

    def add_tile(self, level: int, index: int, hashes: bytes) -> None:
        """Keep a full tile; the same one again changes nothing."""
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO eventlog.tile VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (level, index, hashes),
            )

    def tiles(self, level: int) -> int:
        """How many full tiles of the level are kept."""
        row = self._row(
            "SELECT coalesce(max(index) + 1, 0) FROM eventlog.tile WHERE level = %s", (level,)
        )
        return int(row[0]) if row else 0

    def checkpoints(self) -> list[tuple[int, str]]:
        """(size, note) of every signed tree head, by size."""
        with self._connections.connection() as connection:
            return connection.execute(
                "SELECT size, note FROM eventlog.checkpoint ORDER BY size"
            ).fetchall()

    def holder_of(self, scope: str, key: bytes) -> str | None:
        """The stream that holds a name, if one does."""
        row = self._row(
            "SELECT holder FROM eventlog.claim WHERE scope = %s AND key = %s", (scope, key)
        )
        return str(row[0]) if row else None

    def holds(self, holder: str, scope: str) -> bool:
        """Whether a stream holds any name of a set."""
        query = "SELECT 1 FROM eventlog.claim WHERE holder = %s AND scope = %s LIMIT 1"
        return self._row(query, (holder, scope)) is not None

    def holders_of(self, scope: str, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The streams that hold these names, as far as any does."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT key, holder FROM eventlog.claim WHERE scope = %s AND key = ANY (%s)",
                (scope, list(keys)),
            ).fetchall()
        return {bytes(key): str(holder) for key, holder in rows}

    def _row(self, query: str, parameters: Iterable[Any]) -> TupleRow | None:
        with self._connections.connection() as connection:
            return connection.execute(query.encode(), tuple(parameters)).fetchone()

    def _taken(self, given: Append, scope: str) -> NameTaken:
        """Which of the append's names in the scope is held by another stream, or claimed twice."""
        claims = [claim for claim in given.claims if claim.scope == scope]
        names = Counter(its.key for its in claims)
        for its in claims:
            holder = self.holder_of(scope, its.key)
            if holder not in (None, its.holder) or names[its.key] > 1:
                return NameTaken(scope, its.key)
        return NameTaken(scope, claims[0].key, by_others=False)

    def _conflict(self, given: Append) -> Conflict:
        stream, expected = next(iter(given.expected.items()))
        return Conflict(stream, expected)

    def _event(self, row: TupleRow) -> StoredEvent:
        body = row[6]
        # Past the frozen __init__, which sets each field by a call: a tenth of all reading.
        event = StoredEvent.__new__(StoredEvent)
        vars(event).update(
            log=self.name,
            stream=row[0],
            version=row[1],
            type=row[2],
            schema_version=row[3],
            occurred_at=row[4],
            command_id=row[5],
            role=body["role"],
            withheld=body["withheld"],
            public=body["public"],
            internal=body["internal"],
            sealed=body["sealed"],
        )
        return event


def _first_result(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    if answer["outcome"] == "reused":
        raise Refused(
            Reason.COMMAND_ID_REUSED,
            "this command id was used before for another actor or payload: take a new one",
            ["command_id"],
        )
    result: Mapping[str, Any] = answer["result"]
    return result
