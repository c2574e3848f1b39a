"""Sees whether anything was left behind in the registry's databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.system.installation import Installation, Rows, one, settle

State = tuple[int, ...]


class LogWatch:
    """Counts what a command could leave: in the log, waiting for the relay, as name, as key."""

    def __init__(self, log: Rows, keys: Rows) -> None:
        self._log, self._keys = log, keys

    def state(self) -> State:
        """Head and numbers of events, commands, unsequenced, claims and subject keys.

        Taken once the relay has numbered everything, so that it stands still.
        """
        settle(self._log)
        counts = one(
            self._log,
            "SELECT (SELECT coalesce(max(position), 0) FROM eventlog.ledger),"
            " (SELECT count(*) FROM eventlog.event), (SELECT count(*) FROM eventlog.command),"
            " (SELECT count(*) FROM eventlog.unsequenced),"
            " (SELECT count(*) FROM eventlog.claim)",
        )
        return (*counts, *one(self._keys, "SELECT count(*) FROM keys.subject"))

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Fails when the block leaves anything behind."""
        before = self.state()
        yield
        assert self.state() == before


@contextmanager
def watching(system: Installation) -> Iterator[LogWatch]:
    with system.superuser() as log, system.superuser(keys=True) as keys:
        yield LogWatch(log, keys)
