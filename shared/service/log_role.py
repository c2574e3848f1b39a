"""The `log` role: relay, read models and checkpoints. One process leads, others stand by.

Whoever holds the relay's lock leads; the rest of the work is started with the lead and ended
with it. Safety rests on none of this: the ledger's key and the models' checkpoints refuse a
second writer.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from threading import Event
from typing import Any

import structlog

from shared.contracts.catalogue import CATALOGUE
from shared.eventlog.checkpointer import Checkpointer
from shared.eventlog.relay import Relay
from shared.messaging.subscription import LogSubscription
from shared.projections.projector import Feed, Projector
from shared.reactions.reactor import Reactor
from shared.service import health
from shared.service.both_forms import BothForms
from shared.service.following import Follower, RemoteLog, applier, follow_own_log
from shared.service.wiring import Wiring
from shared.service.worker import Worker

_log = structlog.get_logger(__name__)
_WATCH_SECONDS = 0.1


class LogRole:
    """Runs until its `stop` is set."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring, self.stop = wiring, Event()
        self._own = wiring.log
        self._relay = Relay(
            wiring.config.database_url,
            self._own,
            wiring.clock,
            BothForms(self._own.name, wiring.config.amqp_url),
        )
        self._projectors = [
            Projector(model, wiring.connections) for model in wiring.definition.models
        ]
        self._reactor = Reactor(
            wiring.definition.reactions,
            {name: language.events for name, language in CATALOGUE.items()},
            wiring.connections,
            wiring.commands.act,
            wiring.clock,
        )
        sources = {source for its in self._projectors for source in its.model.sources}
        self._remote = {
            source: RemoteLog(source, wiring.config.amqp_url)
            for source in sources.union(self._reactor.sources) - {self._own.name}
        }
        self._workers: list[Worker] = []

    def run(self) -> None:
        """Stand by, lead, and give up what belongs to the lead when it is lost."""
        relay = [
            Worker("numbering", self._relay.run_numbering, self.stop),
            Worker("publishing", self._relay.run_publishing, self.stop),
        ]
        for worker in relay:
            worker.start()
        while not self.stop.is_set():
            if self._relay.leading:
                self._lead(relay)
            self.stop.wait(_WATCH_SECONDS)
        for worker in relay:
            worker.join()

    def state(self) -> dict[str, Any]:
        """What /readyz tells: a process that stands by is as ready as the one that leads."""
        trouble = {
            worker.name: failure
            for worker in self._workers
            if (failure := worker.trouble()) is not None
        }
        return {"ok": not trouble, "leading": self._relay.leading, "trouble": trouble}

    def _lead(self, relay: Sequence[Worker]) -> None:
        """Everything that one process alone should do, for as long as it leads."""
        ended = Event()
        duties = [
            *(
                self._following(projector, ended)
                for projector in self._projectors
                if self._own.name in projector.model.sources
            ),
            *(self._subscribing(source, ended) for source in self._remote),
            *self._reacting(ended),
            self._checkpointing(ended),
        ]
        self._workers = [*relay, *duties]
        for worker in duties:
            worker.start()
        while self._relay.leading and not self.stop.is_set():
            self.stop.wait(_WATCH_SECONDS)
        ended.set()
        for worker in duties:
            worker.join()

    def _following(self, projector: Projector, ended: Event) -> Worker:
        def work(stop: Event) -> None:
            projector.install(self._feeds(projector))
            follow_own_log(projector, self._own, self._relay.growth, stop)

        return Worker(f"model {projector.model.name}", work, ended)

    def _reacting(self, ended: Event) -> Sequence[Worker]:
        if not self._reactor.sources:
            return []
        own = Worker(
            "reactions",
            lambda stop: follow_own_log(self._reactor, self._own, self._relay.growth, stop),
            ended,
        )
        retrying = Worker("retries of reactions", self._reactor.retry_due, ended)
        return [own, retrying] if self._own.name in self._reactor.sources else [retrying]

    def _subscribing(self, source: str, ended: Event) -> Worker:
        fed = [projector for projector in self._projectors if source in projector.model.sources]
        followers: list[Follower] = [*fed]
        if source in self._reactor.sources:
            followers.append(self._reactor)
        apply, checkpoint = applier(followers, source)
        remote = self._remote[source]

        def work(stop: Event) -> None:
            for projector in fed:
                projector.install(self._feeds(projector))
            LogSubscription(
                consumer=self._own.name,
                source=source,
                amqp_url=self._wiring.config.amqp_url,
                feed=remote.feed,
                head=remote.head,
                apply=apply,
                checkpoint=checkpoint,
            ).run(stop)

        return Worker(f"log of {source}", work, ended)

    def _checkpointing(self, ended: Event) -> Worker:
        checkpointer = Checkpointer(self._own, self._wiring.keyring.checkpoint_key())
        seconds = self._wiring.config.checkpoint_seconds
        return Worker("checkpoints", lambda stop: checkpointer.run(stop, seconds), ended)

    def _feeds(self, projector: Projector) -> dict[str, Feed]:
        return {
            source: self._own.read if source == self._own.name else self._remote[source].read
            for source in projector.model.sources
        }


def run(wiring: Wiring) -> None:
    """Work until SIGTERM or SIGINT, then finish the round and return."""
    role = LogRole(wiring)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: role.stop.set())
    server = health.serve(wiring.config.health_host, wiring.config.health_port, role.state)
    _log.info("log.started", service=wiring.definition.name)
    try:
        role.run()
    finally:
        server.shutdown()
        wiring.close()
