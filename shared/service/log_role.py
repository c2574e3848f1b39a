"""The `log` role: relay, read models and checkpoints. One process leads, others stand by.

Whoever holds the relay's lock leads; the rest of the work is started with the lead and ended
with it. Safety rests on none of this: the ledger's key and the models' checkpoints refuse a
second writer.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from threading import Event
from typing import Any

import structlog

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.stored import from_internal_form
from shared.eventlog.checkpointer import Checkpointer
from shared.eventlog.collecting import collect_seldom
from shared.eventlog.relay import Relay
from shared.eventlog.tail import Tail
from shared.messaging.subscription import LogSubscription
from shared.observability import metrics
from shared.projections.projector import Feed, Projector
from shared.reactions.reactor import Reactor
from shared.service import health
from shared.service.alarms import TIMEKEEPER
from shared.service.both_forms import BothForms
from shared.service.following import Follower, RemoteLog, applier, follow_own_log
from shared.service.key_backups import Pruning
from shared.service.loose_evidence import LooseEvidence
from shared.service.loose_files import LooseFiles
from shared.service.proposing import Proposing
from shared.service.queue_watch import QueueWatch, queues_of
from shared.service.reporting import Reporter, worker_of
from shared.service.timekeeper import Timekeeper
from shared.service.watched_model import WatchedModel
from shared.service.wiring import Wiring
from shared.service.worker import Worker

_log = structlog.get_logger(__name__)
_WATCH_SECONDS = 0.1

STUCK_SECONDS = 60.0
"""A main loop that has not turned for so long never will; giving up the lead may take a while."""


class LogRole:
    """Runs until its `stop` is set."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring, self.stop = wiring, Event()
        self._own = wiring.log
        self._relay = Relay(
            wiring.config.database_url,
            self._own,
            wiring.clock,
            BothForms(self._own.name, wiring.definition.events, wiring.config.amqp_url),
        )
        self._tail = Tail(self._own, self._relay.growth)
        self._models = [
            WatchedModel(Projector(model, wiring.connections)) for model in wiring.definition.models
        ]
        self._reactor = Reactor(
            wiring.definition.reactions,
            {name: language.events for name, language in CATALOGUE.items()},
            wiring.connections,
            wiring.commands.act,
            wiring.clock,
        )
        self._timekeeper = self._make_timekeeper()
        sources = {source for model in self._models for source in model.sources}
        self._remote = {
            source: RemoteLog(source, wiring.config.amqp_url)
            for source in sources.union(self._reactor.sources) - {self._own.name}
        }
        self._subscriptions: dict[str, LogSubscription] = {}
        self._workers: list[Worker] = []
        self._reporter: Reporter | None = None
        self._turned = time.monotonic()

    def run(self) -> None:
        """Stand by, lead, and give up what belongs to the lead when it is lost."""
        relay = [
            Worker("numbering", self._relay.run_numbering, self.stop),
            Worker("publishing", self._relay.run_publishing, self.stop),
        ]
        for worker in relay:
            worker.start()
        self._workers = relay
        while not self.stop.is_set():
            if self._relay.leading:
                self._lead(relay)
            self._turn()
        self._relay.growth.wake()
        for worker in relay:
            worker.join()

    def state(self) -> dict[str, Any]:
        """What /readyz tells: a process that stands by is as ready as the one that leads.

        A leader is ready once it has told so where `jiandu status` looks.
        """
        trouble, reporter = self._troubles(), self._reporter
        if self._relay.leading:
            stands, at_work = "leads", reporter is not None and reporter.has_told
        elif self._relay.standing_by:
            stands, at_work = "stands by", True
        else:
            stands, at_work = "starts, or cannot ask the database", False
        return {"ok": at_work and not trouble, "stands": stands, "trouble": trouble}

    def lives(self) -> dict[str, Any]:
        """What /healthz tells: the main loop still turns."""
        still = time.monotonic() - self._turned
        return {"ok": still < STUCK_SECONDS, "seconds_since_last_turn": round(still, 1)}

    def _make_timekeeper(self) -> Timekeeper | None:
        its = self._wiring
        if its.definition.timekeeping is None:
            return None
        return Timekeeper(
            its.definition.timekeeping,
            its.connections,
            its.commands.standing,
            its.commands.act,
            its.clock,
        )

    def _turn(self) -> None:
        self._turned = time.monotonic()
        self.stop.wait(_WATCH_SECONDS)

    def _troubles(self) -> dict[str, str]:
        found = {worker.name: worker.trouble() for worker in self._workers}
        for model in self._models:
            for source in model.sources:
                name = worker_of(model.name, source, self._own.name)
                found[name] = model.stopped(source) or found.get(name)
        return {name: trouble for name, trouble in found.items() if trouble is not None}

    def _lead(self, relay: Sequence[Worker]) -> None:
        """Everything that one process alone should do, for as long as it leads."""
        ended = Event()
        duties = [
            *(
                self._following(model, ended)
                for model in self._models
                if self._own.name in model.sources
            ),
            *(self._subscribing(source, ended) for source in self._remote),
            *self._reacting(ended),
            *self._sweeping(ended),
            *self._erasing(ended),
            self._checkpointing(ended),
            *self._keeping_time(ended),
            *self._observing(ended),
        ]
        self._workers = [*relay, *duties]
        for worker in duties:
            worker.start()
        while self._relay.leading and not self.stop.is_set():
            self._turn()
        ended.set()
        self._relay.growth.wake()
        for worker in duties:
            worker.join()
        for model in self._models:
            model.hand_over()
        self._workers, self._reporter = list(relay), None
        self._subscriptions.clear()
        metrics.forget_leadership()

    def _following(self, model: WatchedModel, ended: Event) -> Worker:
        def work(stop: Event) -> None:
            model.projector.install(self._feeds(model))
            follow_own_log(model, self._tail, stop)

        return Worker(worker_of(model.name, self._own.name, self._own.name), work, ended)

    def _observing(self, ended: Event) -> Sequence[Worker]:
        config, connections = self._wiring.config, self._wiring.connections
        self._reporter = Reporter(
            self._own,
            connections,
            self._models,
            self._subscriptions,
            lambda: self._workers,
            self._timekeeper,
        )
        reporting = Worker("reporting", self._reporter.run, ended)
        if config.management_url is None:
            return [reporting]
        queues = queues_of(self._own.name, self._remote)
        watch = QueueWatch(config.management_url, config.amqp_url, queues)
        return [reporting, Worker("queue depths", watch.run, ended)]

    def _reacting(self, ended: Event) -> Sequence[Worker]:
        if not self._reactor.sources:
            return []
        own = Worker(
            "reactions",
            lambda stop: follow_own_log(self._reactor, self._tail, stop),
            ended,
        )
        retrying = Worker("retries of reactions", self._reactor.retry_due, ended)
        return [own, retrying] if self._own.name in self._reactor.sources else [retrying]

    def _keeping_time(self, ended: Event) -> Sequence[Worker]:
        timekeeper = self._timekeeper
        if timekeeper is None:
            return []
        limits = next(model for model in self._models if model.name == timekeeper.model)

        def work(stop: Event) -> None:
            limits.projector.install(self._feeds(limits))
            timekeeper.run(stop)

        return [Worker(TIMEKEEPER, work, ended)]

    def _sweeping(self, ended: Event) -> Sequence[Worker]:
        its, duties = self._wiring, []
        if its.definition.uploads is not None:
            files = LooseFiles(its.connections, its.definition.uploads)
            duties.append(Worker("loose files", files.run, ended))
        if its.definition.evidence is not None and its.evidence is not None:
            evidence = LooseEvidence(its.evidence, its.log, its.keyring, its.definition.evidence)
            duties.append(Worker("loose evidence", evidence.run, ended))
        return duties

    def _erasing(self, ended: Event) -> Sequence[Worker]:
        its = self._wiring
        duties = [
            Worker("erasures", lambda stop: its.destroying.run(self._tail, stop), ended),
        ]
        if its.config.key_backups is not None:
            pruning = Pruning(its.config.key_backups, its.clock)
            duties.append(Worker("key backups", pruning.run, ended))
        if its.definition.proposes:
            proposing = Proposing(
                its.definition.proposes,
                its.connections,
                its.commands.standing,
                its.commands.act,
                its.clock,
            )
            duties.append(Worker("proposals", proposing.run, ended))
        return duties

    def _subscribing(self, source: str, ended: Event) -> Worker:
        fed = [model for model in self._models if source in model.sources]
        followers: list[Follower] = [*fed]
        if source in self._reactor.sources:
            followers.append(self._reactor)
        apply, checkpoint = applier(followers, source)
        remote = self._remote[source]

        def work(stop: Event) -> None:
            for model in fed:
                model.projector.install(self._feeds(model))
            subscription = LogSubscription(
                consumer=self._own.name,
                source=source,
                amqp_url=self._wiring.config.amqp_url,
                feed=remote.feed,
                head=remote.head,
                apply=apply,
                checkpoint=checkpoint,
                check=from_internal_form,
            )
            self._subscriptions[source] = subscription
            subscription.run(stop)

        return Worker(f"log of {source}", work, ended)

    def _checkpointing(self, ended: Event) -> Worker:
        checkpointer = Checkpointer(self._own, self._wiring.keyring.checkpoint_key())
        seconds = self._wiring.config.checkpoint_seconds
        return Worker("checkpoints", lambda stop: checkpointer.run(stop, seconds), ended)

    def _feeds(self, model: WatchedModel) -> dict[str, Feed]:
        return {
            source: self._own.read if source == self._own.name else self._remote[source].read
            for source in model.sources
        }


def run(wiring: Wiring) -> None:
    """Work until SIGTERM or SIGINT, then finish the round and return."""
    role = LogRole(wiring)
    collect_seldom()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: role.stop.set())
    server = health.serve(
        wiring.config.health_host, wiring.config.health_port, role.state, role.lives
    )
    _log.info("log.started", service=wiring.definition.name)
    try:
        role.run()
    finally:
        server.shutdown()
        wiring.close()
