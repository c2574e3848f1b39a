"""Limits in an answer: their days, and the colour they have on the day of the question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from shared.contracts.clues.vocabulary import ClueLimit
from shared.projections.model import Row


def toned(limits: Iterable[Row], today: dt.date) -> list[Row]:
    """The limits of a row of the read model, the next due first.

    `{name, about, due_on, yellow_on, raised, raised_on, provisional, tone}`; `tone` is green,
    yellow or red.
    """
    return [{**its, "tone": _tone(its, today)} for its in limits]


def running(limits: Iterable[Row], name: ClueLimit, about: str | None = None) -> Row | None:
    """The limit of that name that runs, if one does."""
    return next((its for its in limits if (its["name"], its["about"]) == (name, about)), None)


def without_order(row: Row) -> Row:
    """A row as an answer has it: not by what lists are ordered."""
    return {name: value for name, value in row.items() if name not in ("turn", "newest")}


def _tone(its: Row, today: dt.date) -> str:
    """A provisional limit may yet move, so nobody is late by it (decision 012)."""
    if today > _day(its["due_on"]) and not its["provisional"]:
        return "red"
    is_near = its["raised"] is not None or today > _day(its["yellow_on"])
    return "yellow" if is_near else "green"


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(value)
