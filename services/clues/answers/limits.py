"""Limits in an answer: their days, and the colour they have on the day of the question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from services.clues.handlers.aggregates import CLUE, FOLLOW_UPS
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.query_bus import Asked


def limits_of(asked: Asked, clue_ids: Iterable[str]) -> dict[str, list[Row]]:
    """Of each clue its running limits and, but for a point, its follow-ups'; the next due first.

    `{name, about, due_on, yellow_on, raised, provisional, tone}`; `tone` is green, yellow or red.
    """
    of_point = asked.actor.role is Role.POINT
    shown = (CLUE,) if of_point else (CLUE, FOLLOW_UPS)
    streams = {its.stream(clue_id): clue_id for clue_id in clue_ids for its in shown}
    rows = asked.rows(
        "SELECT stream, name, nullif(about, '') AS about, due_on, yellow_on, raised, provisional"
        " FROM readmodel.clues_watched WHERE stream = ANY (%s) ORDER BY due_on, name, about",
        list(streams),
    )
    found: dict[str, list[Row]] = {clue_id: [] for clue_id in streams.values()}
    for row in rows:
        plain = {name: value for name, value in row.items() if name != "stream"}
        found[streams[row["stream"]]].append({**plain, "tone": tone(row, asked.today)})
    return found


def tone(row: Row, today: dt.date) -> str:
    """A provisional limit may yet move, so nobody is late by it (decision 012)."""
    if today > row["due_on"] and not row["provisional"]:
        return "red"
    return "yellow" if row["raised"] is not None or today > row["yellow_on"] else "green"
