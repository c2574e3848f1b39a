"""Opinions, and totals of earlier years."""

from __future__ import annotations

from typing import Any

from services.clues.answers.listing import SHANGHAI, listing
from services.clues.answers.seeing import BUREAU, WATCHING, WITH_POINTS, may_see, refuse_kept_out
from services.clues.handlers.aggregates import OPINION
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_LISTED = "(%(status)s::text IS NULL OR status = %(status)s) AND NOT recused ? %(me)s"
_list = listing("opinions_opinions", f"filed_at {SHANGHAI}", "opinion_id", _LISTED)


def list_opinions(asked: Asked) -> Any:
    """Without those that the asker stays out of; who does is not told to points."""
    found = _list(asked)
    return {**found, "items": [_shown(asked, row) for row in found["items"]]}


def _shown(asked: Asked, row: Row) -> Row:
    hidden = {"recused"} if asked.actor.role is Role.POINT else set()
    return {name: value for name, value in row.items() if name not in hidden}


def open_opinion(asked: Asked) -> Any:
    """One opinion with its words; a name only for the bureau, and only if given openly."""
    rows = asked.rows(
        "SELECT * FROM readmodel.opinions_opinions WHERE opinion_id = %s", asked.query.entry_id
    )
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("opinion", asked.query.entry_id)
    row = rows[0]
    if asked.actor.id in row["recused"]:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this opinion")
    refuse_kept_out(asked, row["clue_id"])
    asked.note_opening(f"opinion:{row['opinion_id']}", asked.query.purpose)
    openly = row["reporting"] == "named" and asked.actor.role is not Role.POINT
    hide = () if openly else ("reporter_name", "reporter_phone")
    stream = OPINION.stream(row["opinion_id"])
    types = [its.name for its in EVENTS]
    records = recorded(asked, EVENTS, stream, types, row["version"], hide)
    if asked.actor.role is Role.POINT:
        records = [
            {**its, "values": _only(its["values"], *_FOR_POINTS)}
            for its in records
            if its["type"] not in ("AlarmRaised", "RecusedFromOpinion")
        ]
    return {**_shown(asked, row), "stream": stream, "records": records}


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
        list_opinions,
    ),
    queries.OpenOpinionFiled: QueryRoute(
        BUREAU | {Role.POINT}, ("opinions", "clues"), open_opinion
    ),
    queries.ShowBaseline: QueryRoute(WATCHING, ("collecting",), show_baseline),
}
