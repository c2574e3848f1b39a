"""A read model's projector as the log role runs it: measured, logged, its standstill known."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
import structlog

from shared.contracts.stored import RecordedEvent
from shared.observability import metrics
from shared.observability.telling import describe
from shared.projections.projector import Overtaken, Projector

MOST_NAMED = 20
"""Events a batch may have for its log line to name each one's chain; a catch-up's would be long."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Stop:
    """The position that could not be applied, and why."""

    position: int
    told: str


class WatchedModel:
    """Follows sources as its projector does, and knows by which event it was stopped."""

    def __init__(self, projector: Projector) -> None:
        self.projector, self.name = projector, projector.model.name
        self.sources = projector.model.sources
        self._stopped: dict[str, Stop] = {}

    def checkpoint(self, source: str) -> int:
        """The last position of the source that is applied, by whomever."""
        reached = self.projector.checkpoint(source)
        stop = self._stopped.get(source)
        if stop is not None and reached >= stop.position:
            self._stopped.pop(source, None)
        return reached

    def stopped(self, source: str) -> str | None:
        """Why the event behind the checkpoint cannot be applied; None when nothing is wrong."""
        stop = self._stopped.get(source)
        return None if stop is None else stop.told

    def hand_over(self) -> None:
        """The lead is lost: from now on it is the next leader who knows what stops this model."""
        self._stopped.clear()

    def apply(self, source: str, batch: Sequence[RecordedEvent]) -> int:
        """As Projector.apply. When an event fails, all before it are applied first.

        So the model always stands right before the event that stops it, and its checkpoint
        tells the operator which one that is.
        """
        try:
            after = self._apply_at_once(source, batch)
        except Overtaken:
            raise
        except psycopg.OperationalError as error:
            self._stopped[source] = Stop(batch[0].position, describe(error))
            raise
        except Exception as error:
            if len(batch) > 1:
                return [self.apply(source, [recorded]) for recorded in batch][-1]
            self._stop(source, batch[0], error)
            raise
        self._stopped.pop(source, None)
        return after

    def _apply_at_once(self, source: str, batch: Sequence[RecordedEvent]) -> int:
        begun = time.perf_counter()
        after = self.projector.apply(source, batch)
        metrics.MODEL_BATCH_SECONDS.labels(self.name, source).observe(time.perf_counter() - begun)
        metrics.MODEL_EVENTS.labels(self.name, source).inc(len(batch))
        chains = dict.fromkeys(its.event.correlation_id for its in batch[:MOST_NAMED])
        _log.info(
            "model.applied",
            model=self.name,
            source=source,
            first=batch[0].position,
            last=after,
            **({"correlation_ids": list(chains)} if len(batch) <= MOST_NAMED else {}),
        )
        return after

    def _stop(self, source: str, recorded: RecordedEvent, error: Exception) -> None:
        told = describe(error)
        if self.stopped(source) != told:  # it is tried again and again: said once
            _log.error(
                "model.stopped",
                model=self.name,
                source=source,
                position=recorded.position,
                type=recorded.event.type,
                correlation_id=recorded.event.correlation_id,
                error=told,
            )
        self._stopped[source] = Stop(recorded.position, told)
