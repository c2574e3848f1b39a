"""The load under which the order of the log is tested, and the checks on what came of it.

Writers keep a transaction open for a random moment after the append, roll some back and send
some again: what separates the order of ids from the order of commits.
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import psycopg

from shared.eventlog.store import Append
from tests.eventlog.making import an_append

LONGEST_SLEEP = 0.01
ROLLED_BACK = 0.1
REPEATED = 0.2
STREAMS = 12


@dataclass(frozen=True)
class Committed:
    """A command that the database acknowledged; times by one monotonic clock."""

    command_id: str
    began: float
    committed: float
    events: int


@dataclass
class Load:
    """Eight writers, each with a connection of its own, until `stop` is set."""

    url: str
    seed: int
    writers: int = 8
    stop: Event = field(default_factory=Event)
    committed: list[Committed] = field(default_factory=list)
    _guard: Lock = field(default_factory=Lock)

    def start(self) -> list[Thread]:
        threads = [Thread(target=self._write, args=(number,)) for number in range(self.writers)]
        for thread in threads:
            thread.start()
        return threads

    def _write(self, number: int) -> None:
        chance = random.Random(self.seed * 1_000 + number)
        with psycopg.connect(self.url) as connection:
            while not self.stop.is_set():
                command = self._command(connection, chance)
                self._attempt(connection, chance, command)
                if chance.random() < REPEATED:
                    self._attempt(connection, chance, command)

    def _command(self, connection: psycopg.Connection, chance: random.Random) -> Append:
        stream = f"s-{chance.randrange(STREAMS)}"
        row = connection.execute(
            "SELECT coalesce(max(version), 0) FROM eventlog.event WHERE stream = %s", (stream,)
        ).fetchone()
        connection.rollback()
        assert row is not None
        return an_append({stream: row[0]}, each=chance.randint(1, 3))

    def _attempt(
        self, connection: psycopg.Connection, chance: random.Random, command: Append
    ) -> None:
        began = time.monotonic()
        try:
            row = connection.execute(
                "SELECT eventlog.append(%s::jsonb)", (command.parameter().decode(),)
            ).fetchone()
            time.sleep(chance.uniform(0, LONGEST_SLEEP))
            if chance.random() < ROLLED_BACK:
                connection.rollback()
                return
            connection.commit()
        except (psycopg.errors.UniqueViolation, psycopg.DatabaseError) as error:
            connection.rollback()
            if error.sqlstate not in ("23505", "JD001"):
                raise
            return
        assert row is not None
        if row[0]["outcome"] == "appended":
            done = Committed(command.command_id, began, time.monotonic(), len(command.events))
            with self._guard:
                self.committed.append(done)


@dataclass(frozen=True)
class Entry:
    """A ledger row with what it points at."""

    position: int
    command_id: str
    stream: str
    version: int


def ledger(url: str) -> list[Entry]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT l.position, e.command_id::text, e.stream, e.version FROM eventlog.ledger l"
            " JOIN eventlog.event e ON e.id = l.event_id ORDER BY l.position"
        ).fetchall()
    return [Entry(*row) for row in rows]


def flaws(entries: list[Entry], committed: list[Committed]) -> list[str]:
    """What is wrong with a ledger; empty when invariant 4 holds."""
    found = []
    if [entry.position for entry in entries] != list(range(1, len(entries) + 1)):
        found.append("positions have gaps or doubles")
    counted = Counter(entry.command_id for entry in entries)
    expected = {command.command_id: command.events for command in committed}
    if counted != expected:
        found.append(f"{len(counted)} commands numbered, {len(expected)} committed")
    found += _stream_flaws(entries) + _contiguity_flaws(entries) + order_flaws(entries, committed)
    return found


def _stream_flaws(entries: list[Entry]) -> list[str]:
    versions: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        versions[entry.stream].append(entry.version)
    return [
        f"{stream} out of order"
        for stream, its in versions.items()
        if its != list(range(1, len(its) + 1))
    ]


def _contiguity_flaws(entries: list[Entry]) -> list[str]:
    runs = [
        entry.command_id
        for before, entry in zip([None, *entries], entries, strict=False)
        if before is None or before.command_id != entry.command_id
    ]
    return ["a command's events do not lie together"] if len(runs) > len(set(runs)) else []


def order_flaws(entries: list[Entry], committed: list[Committed]) -> list[str]:
    """Pairs with "a committed before b began" where b nevertheless lies before a.

    One sweep covers every pair: a command has such a partner exactly when the latest beginning
    among those in front of it is later than its own commit.
    """
    times = {command.command_id: command for command in committed}
    found = []
    latest_beginning = float("-inf")
    for entry in entries:
        command = times.get(entry.command_id)
        if command is None:
            continue
        if latest_beginning > command.committed:
            found.append(f"position {entry.position} lies behind one that began after its commit")
        latest_beginning = max(latest_beginning, command.began)
    return found


class NaiveReader:
    """Reads `id > last` from the event table, as many do; it must lose events here."""

    def __init__(self, url: str) -> None:
        self.seen: set[int] = set()
        self._url, self._last = url, 0

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            self.read()

    def read(self) -> None:
        """What is new by id, all of it."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            for (identifier,) in connection.execute(
                "SELECT id FROM eventlog.event WHERE id > %s ORDER BY id", (self._last,)
            ):
                self.seen.add(identifier)
                self._last = identifier
