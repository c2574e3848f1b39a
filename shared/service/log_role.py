"""The `log` role: relay, read models and checkpoints. One process leads, others stand by.

Whoever holds the relay's lock leads; the rest of the work is started with the lead and ended
with it. Safety rests on none of this: the ledger's key and the models' checkpoints refuse a
second writer.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any

import structlog

from shared.eventlog.audit import Checkpointer
from shared.eventlog.relay import Relay
from shared.messaging.subscription import LogSubscription
from shared.projections.projector import Projector
from shared.service import health
from shared.service.both_forms import BothForms
from shared.service.following import RemoteLog, applier, follow_own_log
from shared.service.wiring import Wiring

_log = structlog.get_logger(__name__)
_WATCH_SECONDS = 0.1


class LogRole:
    """Runs until its `stop` is set."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self.stop = Event()
        config = wiring.config
        self._relay = Relay(
            config.database_url,
            wiring.log,
            wiring.clock,
            BothForms(wiring.definition.name, config.amqp_url),
        )
        self._projectors = [
            Projector(model, wiring.connections) for model in wiring.definition.models
        ]
        self._remote = {
            source: RemoteLog(source, config.amqp_url)
            for projector in self._projectors
            for source in projector.model.sources
            if source != wiring.log.name
        }

    def run(self) -> None:
        """Stand by, lead, and give up what belongs to the lead when it is lost."""
        relay = [
            Thread(target=self._relay.run_numbering, args=(self.stop,), name="numbering"),
            Thread(target=self._relay.run_publishing, args=(self.stop,), name="publishing"),
        ]
        for thread in relay:
            thread.start()
        while not self.stop.is_set():
            if self._relay.leading:
                self._lead()
            self.stop.wait(_WATCH_SECONDS)
        for thread in relay:
            thread.join()

    def state(self) -> dict[str, Any]:
        """What /readyz tells: a process that stands by is as ready as the one that leads."""
        return {
            "ok": all(thread.is_alive() for thread in threading.enumerate()),
            "leading": self._relay.leading,
        }

    def _lead(self) -> None:
        """Everything that one process alone should do, for as long as it leads."""
        ended = Event()
        self._install()
        threads = [Thread(target=work, args=(ended,), name=name) for name, work in self._works()]
        for thread in threads:
            thread.start()
        while self._relay.leading and not self.stop.is_set():
            self.stop.wait(_WATCH_SECONDS)
        ended.set()
        for thread in threads:
            thread.join()

    def _install(self) -> None:
        for projector in self._projectors:
            feeds = {
                source: self._wiring.log.read
                if source == self._wiring.log.name
                else self._remote[source].read
                for source in projector.model.sources
            }
            projector.install(dict(feeds))

    def _works(self) -> Sequence[tuple[str, Callable[[Event], None]]]:
        own = self._wiring.log
        works: list[tuple[str, Callable[[Event], None]]] = [
            (f"model {projector.model.name}", self._own_follower(projector))
            for projector in self._projectors
            if own.name in projector.model.sources
        ]
        works += [(f"log of {source}", self._subscription(source)) for source in self._remote]
        checkpointer = Checkpointer(own, self._wiring.keyring.checkpoint_key())
        seconds = self._wiring.config.checkpoint_seconds
        works.append(("checkpoints", lambda ended: checkpointer.run(ended, seconds)))
        return works

    def _own_follower(self, projector: Projector) -> Callable[[Event], None]:
        return lambda ended: follow_own_log(projector, self._wiring.log, ended)

    def _subscription(self, source: str) -> Callable[[Event], None]:
        fed = [projector for projector in self._projectors if source in projector.model.sources]
        apply, checkpoint = applier(fed, source)
        remote = self._remote[source]
        subscription = LogSubscription(
            consumer=self._wiring.definition.name,
            source=source,
            amqp_url=self._wiring.config.amqp_url,
            feed=remote.feed,
            head=remote.head,
            apply=apply,
            checkpoint=checkpoint,
        )
        return subscription.run


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
