"""Opinions, and totals of earlier years."""

from __future__ import annotations

from typing import Any

from services.clues.answers.listing import SHANGHAI, listing
from services.clues.answers.reporter import hidden_of_opinion
from services.clues.answers.seeing import BUREAU, WATCHING, WITH_POINTS, may_see, refuse_kept_out
from services.clues.handlers.aggregates import OPINION
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_BY_STATUS = "%(status)s::text IS NULL OR status = %(status)s"


def open_opinion(asked: Asked) -> Any:
    """One opinion with its words; a name only for who handles it, and only if given openly."""
    rows = asked.rows(
        "SELECT * FROM readmodel.opinions_opinions WHERE opinion_id = %s", asked.query.entry_id
    )
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("opinion", asked.query.entry_id)
    row = rows[0]
    refuse_kept_out(asked, row["clue_id"])
    asked.note_opening(f"opinion:{row['opinion_id']}", asked.query.purpose)
    hide = hidden_of_opinion(asked, row)
    stream = OPINION.stream(row["opinion_id"])
    types = [its.name for its in EVENTS]
    records = recorded(asked, EVENTS, stream, types, row["version"], hide)
    if asked.actor.role is Role.POINT:
        records = [
            {**its, "values": _only(its["values"], *_FOR_POINTS)}
            for its in records
            if its["type"] != "AlarmRaised"
        ]
    return {**row, "stream": stream, "records": records}


_FOR_POINTS = ("text", "topics", "body", "answer", "resolution", "relayed_on", "means")


def show_baseline(asked: Asked) -> Any:
    return {
        "items": asked.rows(
            "SELECT * FROM readmodel.collecting_baselines WHERE starts_with(division, %s)"
            " ORDER BY year DESC, division",
            prefix(asked.actor.division),
        )
    }


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


QUERIES: dict[type, QueryRoute] = {
    queries.ListOpinionsFiled: QueryRoute(
        WITH_POINTS,
        ("opinions",),
        listing("opinions_opinions", f"filed_at {SHANGHAI}", "opinion_id", _BY_STATUS),
    ),
    queries.OpenOpinionFiled: QueryRoute(
        BUREAU | {Role.POINT}, ("opinions", "clues"), open_opinion
    ),
    queries.ShowBaseline: QueryRoute(WATCHING, ("collecting",), show_baseline),
}
