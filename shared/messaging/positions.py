"""In which order the events of one source are applied, whatever the broker does to them; no I/O.

Positions in a log count up from 1 without gaps. The next one is applied, a lower one is dropped, a
higher one shows a gap that is read from the source's feed (architecture: consumers apply by
position). What arrives too early is kept, so it need not be read twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

Event = dict[str, Any]
"""A decoded event; holds at least position (int), type, stream and source (str)."""


class MalformedEvent(ValueError):
    """Not an event of this source: a missing or wrong envelope field."""


class Arrival(Enum):
    """What an arrived event is, seen from the checkpoint."""

    NEXT = "next"
    DUPLICATE = "duplicate"
    EARLY = "early"


def check_envelope(event: object, source: str) -> int:
    """Return the event's position. Raises MalformedEvent when it cannot belong to `source`."""
    if not isinstance(event, dict):
        raise MalformedEvent("not a JSON object")
    position = event.get("position")
    # bool is an int to Python, and True would pass for position 1.
    if not isinstance(position, int) or isinstance(position, bool) or position < 1:
        raise MalformedEvent("position is not a whole number from 1 on")
    for name in ("type", "stream", "source"):
        if not isinstance(event.get(name), str) or not event[name]:
            raise MalformedEvent(f"{name} is not a text")
    if event["source"] != source:
        raise MalformedEvent(f"source is not {source}")
    return position


class PositionBuffer:
    """Events that have arrived and are not applied yet, and what is missing before them."""

    def __init__(self, checkpoint: int) -> None:
        self._checkpoint = checkpoint
        self._waiting: dict[int, Event] = {}
        self._contiguous_end = checkpoint
        self._known_end = checkpoint

    @property
    def checkpoint(self) -> int:
        """The position applied last."""
        return self._checkpoint

    @property
    def contiguous_end(self) -> int:
        """Up to here everything is applied or ready to be."""
        return self._contiguous_end

    def offer(self, position: int, event: Event) -> Arrival:
        """Take an event in. The first of two with one position wins; they are the same event."""
        if position <= self._checkpoint or position in self._waiting:
            return Arrival.DUPLICATE
        self._waiting[position] = event
        self._known_end = max(self._known_end, position)
        is_next = position == self._contiguous_end + 1
        self._extend()
        return Arrival.NEXT if is_next else Arrival.EARLY

    def note_head(self, head: int) -> None:
        """The source says how far its log goes; so a lost last event shows as missing."""
        self._known_end = max(self._known_end, head)

    def forget_beyond(self, head: int) -> list[int]:
        """Drop what claims a position that the source does not have; return those positions."""
        beyond = sorted(position for position in self._waiting if position > head)
        for position in beyond:
            del self._waiting[position]
        self._known_end = min(self._known_end, max(head, self._checkpoint))
        self._contiguous_end = min(self._contiguous_end, self._known_end)
        return beyond

    def missing(self) -> tuple[int, int] | None:
        """First and last position of the first gap, or None."""
        if self._contiguous_end >= self._known_end:
            return None
        first = self._contiguous_end + 1
        later = [position for position in self._waiting if position > first]
        return first, (min(later) - 1 if later else self._known_end)

    def ready(self, limit: int) -> list[Event]:
        """Up to `limit` events without a gap from checkpoint + 1 on; they stay until `advance`."""
        end = min(self._contiguous_end, self._checkpoint + limit)
        return [self._waiting[position] for position in range(self._checkpoint + 1, end + 1)]

    def advance(self, checkpoint: int) -> None:
        """The checkpoint is now here: forward after an apply, back after a rebuild."""
        done: Iterable[int] = [position for position in self._waiting if position <= checkpoint]
        for position in done:
            del self._waiting[position]
        self._checkpoint = checkpoint
        self._contiguous_end = checkpoint
        self._known_end = max(self._known_end, checkpoint)
        self._extend()

    def _extend(self) -> None:
        while self._contiguous_end + 1 in self._waiting:
            self._contiguous_end += 1


class DeliveryBook:
    """Which deliveries of one channel are not settled yet, and the position each one carries."""

    def __init__(self) -> None:
        self._open: dict[int, int] = {}  # delivery tag -> position; tags only count up

    def __len__(self) -> int:
        return len(self._open)

    def note(self, tag: int, position: int) -> None:
        """A delivery has arrived and waits for its position to be applied."""
        self._open[tag] = position

    def settle(self, checkpoint: int) -> tuple[int | None, list[int]]:
        """What may be acknowledged at this checkpoint, and is no longer open afterwards.

        Returns the tag up to which all may be acknowledged at once (or None), and single tags
        beyond it.
        """
        done = [tag for tag, position in self._open.items() if position <= checkpoint]
        if not done:
            return None, []
        held = [tag for tag, position in self._open.items() if position > checkpoint]
        first_held = min(held, default=None)
        for tag in done:
            del self._open[tag]
        together = [tag for tag in done if first_held is None or tag < first_held]
        single = [tag for tag in done if first_held is not None and tag > first_held]
        return (max(together) if together else None), single

    def take(self, positions: Iterable[int]) -> list[int]:
        """Tags of the deliveries that carry these positions; they are no longer open."""
        wanted = set(positions)
        tags = [tag for tag, position in self._open.items() if position in wanted]
        for tag in tags:
            del self._open[tag]
        return tags
