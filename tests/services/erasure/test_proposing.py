"""What a service proposes to itself: a page at a time, and nothing refused stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

from services.clues.retention import PROPOSES
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.service.proposing import Proposed, Proposing

NOW = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
LOCKS_OVER = PROPOSES[-1]


class MovedClock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> dt.datetime:
        return self.time


class Sent:
    """What was carried out; of what is refused, how often it was tried."""

    def __init__(self, refused: set[str]) -> None:
        self.done: list[str] = []
        self.refused, self.tried = refused, 0

    def act(self, _: Any, command_id: str, __: str, ___: str | None) -> None:
        if command_id in self.refused:
            self.tried += 1
            raise Refused(Reason.MATTER_OPEN, "it is not over yet")
        self.done.append(command_id)


def proposing(ids: list[str], sent: Sent, clock: MovedClock) -> Proposing:
    def propose(*_: Any) -> Iterator[Proposed]:
        return (Proposed(None, its) for its in ids if its not in sent.done)

    nothing = cast("Any", None)
    return Proposing([propose], nothing, nothing, sent.act, clock)


def test_what_is_refused_hides_nothing_behind_it_and_is_tried_again_the_next_day() -> None:
    ids = [f"{number:03}" for number in range(250)]
    sent, clock = Sent(set(ids[:120])), MovedClock()
    its = proposing(ids, sent, clock)
    its.look()
    assert sent.done == ids[120:220]
    its.look()
    assert (sent.done, sent.tried) == (ids[120:], 120)
    clock.time += dt.timedelta(days=1)
    its.look()
    assert sent.tried == 240


def test_locks_that_are_over_are_looked_up_page_by_page() -> None:
    due = [{"id": f"{number:04}", "since": dt.date(2026, 3, 1)} for number in range(230)]
    asked = list[Any]()

    def rows(_: str, *, id: str | None, most: int, **rest: Any) -> list[dict[str, Any]]:
        asked.append((id, rest["since"]))
        return [its for its in due if id is None or str(its["id"]) > id][:most]

    found = list(LOCKS_OVER(cast("Any", rows), cast("Any", None), NOW.date()))
    assert [its.command.erasure_id for its in found] == [its["id"] for its in due]
    assert asked[:2] == [(None, None), ("0099", dt.date(2026, 3, 1))]
