"""Limits in the row of the clue or opinion that they run for, and the order of lists by them.

So a list is one walk along an index, however many rows there are, and needs no other table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import IntEnum
from typing import Any

from services.clues.views.limits import SHOWN_RULES
from shared.projections.model import Fold, Key, ReadEvent, Row, Rule
from shared.service.limit_rows import WHOLE

NO_LIMIT = "9999-12-31"
"""The day that is due next where no limit runs."""


class Turn(IntEnum):
    """What comes before what in a list; the next due of one turn first, then the latest filed."""

    URGENT = 0
    RUNNING = 1
    WAITING = 2
    ENDED = 3


COLUMNS = {
    "limits": "jsonb NOT NULL",
    "turn": "integer NOT NULL",
    "next_due": "date NOT NULL",
    "newest": "bigint NOT NULL",
}
"""Of a table whose rows hold their limits: `limits` as `_shown_row` has each, the next due first.

turn: a Turn · newest: microseconds before 1970 at which it was filed, the latest the least, so
that one direction of an index serves
"""
ORDER = ("turn", "next_due", "newest")

_ENDED = frozenset({"told", "joined", "taken"})
"""Statuses of clues and opinions in which nobody has anything to do any more, save for a limit."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def filed_in_turn(fold: Fold) -> Fold:
    """The fold of a new row, which is given what COLUMNS name."""

    def filed(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
        new = fold(row, event, key)
        newest = -((event.occurred_at - _EPOCH) // _MICROSECOND)
        return new and in_turn({**new, "limits": [], "newest": newest})

    return filed


def held(table: str, kinds: Collection[str], rules: Iterable[Rule]) -> list[Rule]:
    """The rules of a table whose rows hold their limits: its own, and what events do to the limits.

    kinds: the words that the streams begin with whose limits the row holds. Of an event's rules
    those of the limits come last, since a new row is there by then.
    """
    own = [replace(rule, fold=_then_in_turn(rule.fold)) for rule in rules]
    return [*own, *(_of_a_limit(rule, table, kinds) for rule in SHOWN_RULES)]


def in_turn(row: Row) -> Row:
    """The row with the turn that its status, urgency and limits give it."""
    if row["limits"]:
        turn = Turn.URGENT if row.get("urgent") else Turn.RUNNING
    else:
        turn = Turn.ENDED if row["status"] in _ENDED else Turn.WAITING
    next_due = row["limits"][0]["due_on"] if row["limits"] else NO_LIMIT
    return {**row, "turn": int(turn), "next_due": next_due}


def _then_in_turn(fold: Fold) -> Fold:
    def folded(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
        changed = fold(row, event, key)
        return None if changed is None else in_turn(changed)

    return folded


def _of_a_limit(rule: Rule, table: str, kinds: Collection[str]) -> Rule:
    def keys(event: ReadEvent) -> list[Key]:
        of, _, identifier = event.stream.partition("-")
        return [(identifier,)] if of in kinds and list(rule.keys(event)) else []

    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        if row is None:
            return None
        limits = {(its["name"], its["about"] or WHOLE): its for its in row["limits"]}
        for key in rule.keys(event):
            name, about = key[1:]
            now = rule.fold(limits.pop((name, about), None), event, key)
            if now is not None:
                limits[name, about] = now
        return in_turn({**row, "limits": sorted(limits.values(), key=_by_day)})

    return Rule(rule.event, table, keys, fold)


def _by_day(its: Row) -> tuple[Any, ...]:
    return its["due_on"], its["name"], its["about"] or WHOLE
