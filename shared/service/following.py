"""The parts of the `log` role that keep the service's read models: its own log and others'."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any, Protocol

from shared.contracts.envelope import value_of
from shared.contracts.stored import RecordedEvent, from_internal_form
from shared.eventlog.store import LARGEST_PAGE
from shared.eventlog.tail import Tail
from shared.messaging.rpc_client import RpcClient
from shared.projections.projector import Overtaken


class RemoteLog:
    """Another service's log by its feed; each thread that uses it gets a connection of its own."""

    def __init__(self, source: str, amqp_url: str) -> None:
        self.source, self._amqp_url = source, amqp_url
        self._local = threading.local()

    def feed(self, after: int, limit: int = LARGEST_PAGE) -> list[dict[str, Any]]:
        """Internal forms behind `after`."""
        page: list[dict[str, Any]] = self._call("feed", after, limit)
        return page

    def head(self) -> int:
        return int(self._call("head"))

    def read(self, after: int) -> list[RecordedEvent]:
        return [from_internal_form(form) for form in self.feed(after)]

    def _call(self, method: str, *args: Any) -> Any:
        if not hasattr(self._local, "client"):
            self._local.client = RpcClient(self._amqp_url)
        return value_of(self._local.client.call(self.source, method, *args))


class Follower(Protocol):
    """Whatever takes a log in by position: a read model, the reactions of a service."""

    def checkpoint(self, source: str) -> int: ...

    def apply(self, source: str, batch: Sequence[RecordedEvent]) -> int: ...


def follow_own_log(follower: Follower, tail: Tail, stop: Event) -> None:
    """Keep a follower at the head of its own service's log, until `stop`.

    Raises when an event cannot be applied: the follower stands still there until it can be, and
    nothing is skipped.
    """
    source = tail.log.name
    while not stop.is_set():
        seen = tail.rounds
        try:
            for page in tail.pages(follower.checkpoint(source), seen):
                follower.apply(source, page)
                if stop.is_set():
                    return
        except Overtaken:
            continue
        tail.wait(seen, stop)


def applier(
    followers: Sequence[Follower], source: str
) -> tuple[Callable[[list[dict[str, Any]]], int], Callable[[], int]]:
    """(apply, checkpoint) of a subscription that feeds several followers from one source.

    The subscription stands where the one furthest behind stands; the others drop what they
    have already. One that fails keeps none of the others from the batch.
    """

    def checkpoint() -> int:
        return min(follower.checkpoint(source) for follower in followers)

    def apply(forms: list[dict[str, Any]]) -> int:
        batch = [from_internal_form(form) for form in forms]
        failures: list[Exception] = []
        for follower in followers:
            try:
                done = follower.checkpoint(source)
                new = [recorded for recorded in batch if recorded.position > done]
                if new:
                    follower.apply(source, new)
            except Exception as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return batch[-1].position

    return apply, checkpoint
