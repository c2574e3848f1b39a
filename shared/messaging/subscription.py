"""Following another service's log: each event once, in order, whatever the broker loses.

The source's feed is the truth and the broker a courier. Events are applied by position: the next
one is applied, a lower one is dropped, a higher one makes us read the gap from the feed; and every
few seconds the checkpoint is compared with the source's head, so that a lost last message shows.
Plain blocking, without eventlet: it belongs to the log role.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from shared.messaging.backoff import LONGEST_WAIT_FOR_BROKER, Backoff
from shared.messaging.connection import DEFAULT_HEARTBEAT, TRANSPORT_ERRORS
from shared.messaging.link import Delivery, SubscriptionLink
from shared.messaging.positions import (
    Arrival,
    DeliveryBook,
    Event,
    MalformedEvent,
    PositionBuffer,
    check_envelope,
)
from shared.observability import metrics

_log = structlog.get_logger(__name__)

FEED_PAGE = 1000
"""Events a feed hands out at most per page (architecture: feeds are paged)."""

_TURN = 0.2
"""Seconds a turn waits for a message at most; how soon `stop` is seen."""

_IO_TIMEOUT = 2.0
_ON_THE_WAY = 0.5
"""Seconds in which an event that the source has may still come by the broker."""

_HEAD_INTERVAL_WITHOUT_BROKER = 1.0


@dataclass(frozen=True)
class SubscriptionStatus:
    """What health checks and metrics show of a subscription.

    `head` is the source's last position as last heard, None before the first answer;
    the failures are in a row and 0 when all is well.
    """

    checkpoint: int | None
    head: int | None
    connected: bool
    apply_failures: int
    feed_failures: int


class LogSubscription:
    """Applies the events of `source` in batches, following queue and feed.

    `feed(after, limit)` returns the source's events after a position, at most `limit` of them in
    order; `head()` returns its last position; `checkpoint()` the position applied last;
    `apply(batch)` gets events without a gap from checkpoint + 1 on and returns the new checkpoint.
    Messages are acknowledged only after that. When any of the four raises, it is tried again with
    a growing pause; no event is ever skipped. `head_interval` is in seconds. `check` raises
    LookupError, TypeError or ValueError for what is not a whole event; the message is then put
    aside and its position read from the feed.
    """

    def __init__(
        self,
        consumer: str,
        source: str,
        amqp_url: str,
        feed: Callable[[int, int], list[dict[str, Any]]],
        head: Callable[[], int],
        apply: Callable[[list[dict[str, Any]]], int],
        checkpoint: Callable[[], int],
        batch_size: int = 500,
        head_interval: float = 5.0,
        heartbeat: float = DEFAULT_HEARTBEAT,
        check: Callable[[dict[str, Any]], object] = lambda _: None,
    ) -> None:
        self._check = check
        self._consumer, self._source, self._amqp_url = consumer, source, amqp_url
        self._feed, self._head = feed, head
        self._apply, self._read_checkpoint = apply, checkpoint
        self._batch_size, self._head_interval = batch_size, head_interval
        self._heartbeat = heartbeat
        self._log = _log.bind(consumer=consumer, source=source)

        self._buffer: PositionBuffer | None = None
        self._link: SubscriptionLink | None = None
        self._book = DeliveryBook()
        self._source_head: int | None = None
        self._head_due = 0.0
        self._head_to_count: tuple[int, float] | None = None  # the head, and from when it counts
        self._link_backoff = Backoff(0.2, LONGEST_WAIT_FOR_BROKER)
        self._feed_backoff = Backoff(0.2, 10.0)
        self._apply_backoff = Backoff(0.2, 30.0)

    def run(self, stop: threading.Event) -> None:
        """Follow until `stop` is set; returns within about two seconds of that.

        Raises TopologyMismatch when the queue exists with other arguments; nothing else.
        """
        try:
            while not stop.is_set():
                self._turn(stop)
        finally:
            link, self._link = self._link, None
            if link is not None:
                link.close()

    def status(self) -> SubscriptionStatus:
        """A snapshot; may be called from any thread."""
        buffer = self._buffer
        return SubscriptionStatus(
            checkpoint=None if buffer is None else buffer.checkpoint,
            head=self._source_head,
            connected=self._link is not None,
            apply_failures=self._apply_backoff.failures,
            feed_failures=self._feed_backoff.failures,
        )

    def _turn(self, stop: threading.Event) -> None:
        buffer = self._buffer or self._start_at_checkpoint()
        if buffer is None:
            stop.wait(_TURN)
            return
        self._keep_link()
        self._receive(buffer, stop)
        self._compare_with_head(buffer)
        self._count_head(buffer)
        self._repair_gap(buffer)
        self._apply_ready(buffer)

    def _start_at_checkpoint(self) -> PositionBuffer | None:
        if not self._apply_backoff.may_try():
            return None
        try:
            self._buffer = PositionBuffer(self._read_checkpoint())
        except Exception:
            self._log.exception("checkpoint_unreadable", retry_in=self._apply_backoff.failed())
            return None
        self._apply_backoff.succeeded()
        return self._buffer

    # The broker ---------------------------------------------------------------------------------

    def _keep_link(self) -> None:
        if self._link is not None or not self._link_backoff.may_try():
            return
        try:
            self._link = SubscriptionLink.open(
                self._amqp_url,
                self._consumer,
                self._source,
                prefetch=2 * self._batch_size,
                io_timeout=_IO_TIMEOUT,
                heartbeat=self._heartbeat,
            )
        except TRANSPORT_ERRORS as error:
            self._log.warning(
                "broker_unreachable", error=repr(error), retry_in=self._link_backoff.failed()
            )

    def _drop_link(self, error: Exception) -> None:
        link, self._link = self._link, None
        self._book = DeliveryBook()  # delivery tags end with their channel
        self._head_due = 0.0  # from now on only the feed tells what is new
        self._log.warning(
            "broker_link_lost", error=repr(error), retry_in=self._link_backoff.failed()
        )
        if link is not None:
            link.discard()

    def _receive(self, buffer: PositionBuffer, stop: threading.Event) -> None:
        wait = 0.0 if self._has_work(buffer) else _TURN
        if self._link is None:
            stop.wait(wait)
            return
        try:
            for delivery in self._link.receive(wait, self._batch_size):
                self._take_in(buffer, self._link, delivery)
            self._settle(buffer)
        except TRANSPORT_ERRORS as error:
            self._drop_link(error)
        else:
            self._link_backoff.succeeded()

    def _has_work(self, buffer: PositionBuffer) -> bool:
        can_apply = bool(buffer.ready(1)) and self._apply_backoff.may_try()
        can_repair = self._wants_repair(buffer) and self._feed_backoff.may_try()
        return can_apply or can_repair

    def _take_in(self, buffer: PositionBuffer, link: SubscriptionLink, delivery: Delivery) -> None:
        try:
            event = orjson.loads(delivery.body)
            position = check_envelope(event, self._source)
            self._check(event)
        except (
            orjson.JSONDecodeError,
            MalformedEvent,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            # Its position, if it has one, comes from the feed; the message stays to be looked at.
            self._log.error(
                "message_unreadable", error=str(error), bytes=len(delivery.body), tag=delivery.tag
            )
            metrics.MALFORMED.labels(self._source).inc()
            link.dead_letter(delivery.tag)
            return
        self._book.note(delivery.tag, position)
        arrival = buffer.offer(position, event)
        if arrival is Arrival.DUPLICATE:
            metrics.DUPLICATES.labels(self._source).inc()
        elif arrival is Arrival.EARLY:
            self._log.info("gap_seen", position=position, contiguous_end=buffer.contiguous_end)

    def _settle(self, buffer: PositionBuffer) -> None:
        """Acknowledge what is applied. Raises TRANSPORT_ERRORS."""
        if self._link is None or not self._book:
            return
        together, single = self._book.settle(buffer.checkpoint)
        if together is not None:
            self._link.ack_up_to(together)
        for tag in single:
            self._link.ack(tag)

    # The source ---------------------------------------------------------------------------------

    def _compare_with_head(self, buffer: PositionBuffer) -> None:
        now = time.monotonic()
        if now < self._head_due:
            return
        without_broker = min(self._head_interval, _HEAD_INTERVAL_WITHOUT_BROKER)
        self._head_due = now + (self._head_interval if self._link else without_broker)
        try:
            head = self._head()
        except Exception:
            self._log.exception("head_unreadable")
            return
        # What is on its way at this moment need not be read from the feed as well.
        grace = 0.0 if self._source_head is None or self._link is None else _ON_THE_WAY
        if grace == 0.0 or self._head_to_count is None:
            self._head_to_count = (head, now + grace)
        self._source_head = head
        if head < buffer.checkpoint:
            self._log.error("ahead_of_source", checkpoint=buffer.checkpoint, head=head)
        self._refuse_beyond(buffer, head)

    def _count_head(self, buffer: PositionBuffer) -> None:
        if self._head_to_count is None:
            return
        head, due = self._head_to_count
        if time.monotonic() >= due:
            self._head_to_count = None
            buffer.note_head(head)

    def _refuse_beyond(self, buffer: PositionBuffer, head: int) -> None:
        """Dead-letter positions the source never gave: it numbers an event before it publishes."""
        beyond = buffer.forget_beyond(head)
        if not beyond:
            return
        self._log.error("beyond_head", head=head, positions=beyond[:10], count=len(beyond))
        try:
            for tag in self._book.take(beyond):
                if self._link is not None:
                    self._link.dead_letter(tag)
        except TRANSPORT_ERRORS as error:
            self._drop_link(error)

    def _wants_repair(self, buffer: PositionBuffer) -> bool:
        # A long catch-up is read no faster than it is applied, or it would fill the memory.
        backlog = buffer.contiguous_end - buffer.checkpoint
        return backlog < self._batch_size and buffer.missing() is not None

    def _repair_gap(self, buffer: PositionBuffer) -> None:
        gap = buffer.missing()
        if gap is None or not self._wants_repair(buffer) or not self._feed_backoff.may_try():
            return
        first, last = gap
        before, new = buffer.contiguous_end, 0
        try:
            for event in self._feed(first - 1, min(FEED_PAGE, last - first + 1)):
                arrival = buffer.offer(check_envelope(event, self._source), event)
                new += arrival is not Arrival.DUPLICATE
        except Exception:
            self._log.exception(
                "feed_failed", after=first - 1, retry_in=self._feed_backoff.failed()
            )
            return
        if buffer.contiguous_end == before:
            # Ask the source again how far it is: the gap may be one that only a message claims.
            self._head_due = 0.0
            wait = self._feed_backoff.failed()
            self._log.error("feed_has_no_next", after=first - 1, last=last, retry_in=wait)
            return
        self._feed_backoff.succeeded()
        metrics.GAPS_REPAIRED.labels(self._source).inc()
        metrics.EVENTS_FROM_FEED.labels(self._source).inc(new)
        self._log.info("gap_read", first=first, last=buffer.contiguous_end)

    # The application ----------------------------------------------------------------------------

    def _apply_ready(self, buffer: PositionBuffer) -> None:
        if not self._apply_backoff.may_try():
            return
        batch: list[Event] = buffer.ready(self._batch_size)
        if not batch:
            return
        try:
            checkpoint = self._apply(batch)
            if checkpoint <= buffer.checkpoint:
                raise RuntimeError(f"apply left the checkpoint at {checkpoint}")
        except Exception:
            wait = self._apply_backoff.failed()
            first, last = batch[0]["position"], batch[-1]["position"]
            self._log.exception("apply_failed", first=first, last=last, retry_in=wait)
            # Somebody else may have moved it (a rebuild, a second holder): look again.
            self._buffer_follows_checkpoint(buffer)
            return
        self._apply_backoff.succeeded()
        buffer.advance(checkpoint)
        self._acknowledge(buffer)

    def _buffer_follows_checkpoint(self, buffer: PositionBuffer) -> None:
        try:
            checkpoint = self._read_checkpoint()
        except Exception:
            self._log.exception("checkpoint_unreadable")
            return
        if checkpoint != buffer.checkpoint:
            buffer.advance(checkpoint)
            self._acknowledge(buffer)

    def _acknowledge(self, buffer: PositionBuffer) -> None:
        try:
            self._settle(buffer)
        except TRANSPORT_ERRORS as error:
            self._drop_link(error)
