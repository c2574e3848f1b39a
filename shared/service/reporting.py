"""The leader tells how its work stands: as metrics, and in the database for who cannot ask it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event

import psycopg

from shared.eventlog.store import EventLog
from shared.messaging.subscription import LogSubscription, SubscriptionStatus
from shared.observability import metrics
from shared.observability.lag import LagWatch
from shared.projections.projector import positions
from shared.reactions.parking import ParkingLot
from shared.service.alarms import CHECKPOINTS, NUMBERING, PUBLISHING
from shared.service.timekeeper import Timekeeper
from shared.service.watched_model import WatchedModel
from shared.service.worker import Worker
from shared.service.worker_states import Connections, WorkerState, WorkerStates

TELL_SECONDS = 1.0
FEED_FAILURES = 3
"""So many in a row are no hiccup any more."""


class Reporter:
    """Tells once a second while this process leads. `workers()` are the threads at work now."""

    def __init__(
        self,
        log: EventLog,
        connections: Connections,
        models: Sequence[WatchedModel],
        subscriptions: Mapping[str, LogSubscription],
        workers: Callable[[], Sequence[Worker]],
        timekeeper: Timekeeper | None = None,
    ) -> None:
        self._log, self._connections = log, connections
        self._models = {model.name: model for model in models}
        self._subscriptions, self._workers = subscriptions, workers
        self._states, self._parking = WorkerStates(connections), ParkingLot(connections)
        self._timekeeper = timekeeper
        self._watches: dict[str, LagWatch] = {}
        self._signed: tuple[int, float] | None = None  # newest size, and when it was first seen
        self.has_told = False

    def run(self, stop: Event) -> None:
        """Tell until `stop`. Raises psycopg.Error when the database does not take it."""
        while not stop.is_set():
            self.tell()
            stop.wait(TELL_SECONDS)

    def tell(self) -> None:
        """How everything stands now."""
        states = self._with_troubles(
            [*self._duties(), *self._model_states(), *self._links(), *self._limits()]
        )
        self._states.tell(states)
        self.has_told = True
        metrics.PARKED.labels(self._log.name).set(self._parking.count())
        troubled = sum(state.trouble is not None for state in states)
        metrics.TROUBLED.labels(self._log.name).set(troubled)

    def _duties(self) -> list[WorkerState]:
        head, published = self._log.head(), self._log.published()
        waiting = self._log.waiting()
        newest = self._log.latest_checkpoint()
        signed = newest[0] if newest else 0
        self._show_log(head, waiting.commands, published, signed)
        return [
            self._duty(NUMBERING, head, waiting.commands, waiting.last, waiting.first - 1),
            self._duty(PUBLISHING, published, head - published, head, published),
            self._duty(CHECKPOINTS, signed, head - signed, head, signed),
        ]

    def _duty(self, name: str, position: int, lag: int, end: int, done: int) -> WorkerState:
        seconds = self._waited(name, end, done)
        metrics.LAG_EVENTS.labels(self._log.name, name).set(lag)
        metrics.LAG_SECONDS.labels(self._log.name, name).set(seconds)
        return WorkerState(name, position=position, lag=lag, lag_seconds=seconds)

    def _show_log(self, head: int, waiting: int, published: int, signed: int) -> None:
        log, now = self._log.name, time.monotonic()
        if self._signed is None or self._signed[0] != signed:
            self._signed = (signed, now)
        metrics.HEAD.labels(log).set(head)
        metrics.COMMANDS_WAITING.labels(log).set(waiting)
        metrics.PUBLISHED.labels(log).set(published)
        metrics.SIGNED.labels(log).set(signed)
        metrics.CHECKPOINT_AGE.labels(log).set(now - self._signed[1])

    def _model_states(self) -> list[WorkerState]:
        own_head = self._log.head()
        states = []
        for row in positions(self._connections):
            name, source, position = (
                str(row["model"]),
                str(row["source"]),
                int(str(row["position"])),
            )
            model = self._models.get(name)
            if model is not None:
                head = own_head if source == self._log.name else self._head_of(source)
                states.append(self._model_state(model, source, position, head))
        return states

    def _model_state(
        self, model: WatchedModel, source: str, position: int, head: int | None
    ) -> WorkerState:
        name = worker_of(model.name, source, self._log.name)
        lag = None if head is None else max(head - position, 0)
        seconds = None if head is None else self._waited(name, head, position)
        stopped = model.stopped(source)
        labels = (model.name, source)
        metrics.MODEL_POSITION.labels(*labels).set(position)
        metrics.MODEL_STOPPED.labels(*labels).set(stopped is not None)
        if lag is not None and seconds is not None:
            metrics.MODEL_LAG_EVENTS.labels(*labels).set(lag)
            metrics.MODEL_LAG_SECONDS.labels(*labels).set(seconds)
        return WorkerState(name, model.name, source, position, lag, seconds, stopped)

    def _links(self) -> list[WorkerState]:
        states = []
        for source, subscription in list(self._subscriptions.items()):
            status = subscription.status()
            metrics.SUBSCRIPTION_CONNECTED.labels(source).set(status.connected)
            lag = None
            if status.head is not None and status.checkpoint is not None:
                lag = max(status.head - status.checkpoint, 0)
                metrics.SUBSCRIPTION_LAG.labels(source).set(lag)
            states.append(
                WorkerState(
                    f"log of {source}",
                    source=source,
                    position=status.checkpoint,
                    lag=lag,
                    trouble=_feed_trouble(status),
                )
            )
        return states

    def _limits(self) -> list[WorkerState]:
        if self._timekeeper is None:
            return []
        try:
            states = self._timekeeper.states()
        except psycopg.errors.UndefinedTable:
            return []  # the model is being made
        for state in states:
            metrics.LIMITS.labels(self._log.name, state.name).set(state.lag or 0)
        return states

    def _head_of(self, source: str) -> int | None:
        subscription = self._subscriptions.get(source)
        return None if subscription is None else subscription.status().head

    def _with_troubles(self, states: Sequence[WorkerState]) -> list[WorkerState]:
        told = {state.name: state for state in states}
        for worker in self._workers():
            state = told.get(worker.name, WorkerState(worker.name))
            told[worker.name] = replace(state, trouble=state.trouble or worker.trouble())
        return list(told.values())

    def _waited(self, name: str, end: int, done: int) -> float:
        return self._watches.setdefault(name, LagWatch()).seconds(end, done, time.monotonic())


def _feed_trouble(status: SubscriptionStatus) -> str | None:
    if status.feed_failures < FEED_FAILURES:
        return None
    return f"the source's feed failed {status.feed_failures} times in a row"


def worker_of(model: str, source: str, own: str) -> str:
    """The name under which a model's work on one source is told."""
    return f"model {model}" if source == own else f"model {model} of {source}"
