"""Opinions, and totals of earlier years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.limits import toned, without_order
from services.clues.answers.reporter import hidden_of_opinion
from services.clues.answers.seeing import BUREAU, WATCHING, WITH_POINTS, may_see, refuse_kept_out
from services.clues.handlers.aggregates import OPINION
from services.clues.views.held import ORDER
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_LIST = """
SELECT * FROM readmodel.opinions_opinions
WHERE (%(point)s::text IS NULL OR point_id = %(point)s)
  AND starts_with(division, %(within)s)
  AND (%(status)s::text IS NULL OR status = %(status)s)
  AND NOT recused ? %(me)s
  AND (%(turn)s::int IS NULL
       OR (turn, next_due, newest, opinion_id) > (%(turn)s, %(due)s, %(newest)s, %(id)s))
ORDER BY turn, next_due, newest, opinion_id LIMIT %(most)s
"""


def list_opinions(asked: Asked) -> Any:
    """Items as the read model has them, with `limits` (see `toned`), the next due first.

    Without those that the asker stays out of; who does is not told to points.
    """
    key = after(asked.query.cursor, int, dt.date, int, str) or [None, None, None, None]
    turn, due, newest, identifier = key
    of_point, status = asked.actor.role is Role.POINT, asked.query.status
    rows = asked.rows(
        _LIST,
        point=(asked.actor.unit or "") if of_point else None,
        within="" if of_point else prefix(asked.actor.division),
        me=asked.actor.id,
        status=None if status is None else str(status),
        turn=turn,
        due=due,
        newest=newest,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, *ORDER, "opinion_id")
    return {**found, "items": [_shown(asked, row) for row in found["items"]]}


def _shown(asked: Asked, row: Row) -> Row:
    """due_on, provisional: of the limit that runs"""
    limits = toned(row["limits"], asked.today)
    first = limits[0] if limits else {"due_on": None, "provisional": False}
    shown = {name: its for name, its in without_order(row).items() if name != "next_due"}
    days = {"due_on": first["due_on"], "provisional": first["provisional"]}
    if asked.actor.role is Role.POINT:
        shown.pop("recused")
    return {**shown, **days, "limits": limits}


def open_opinion(asked: Asked) -> Any:
    """One opinion with its words; a name only for who handles it, and only if given openly."""
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
    hide = hidden_of_opinion(asked, row)
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
    queries.ListOpinionsFiled: QueryRoute(WITH_POINTS, ("opinions",), list_opinions),
    queries.OpenOpinionFiled: QueryRoute(
        BUREAU | {Role.POINT}, ("opinions", "clues"), open_opinion
    ),
    queries.ShowBaseline: QueryRoute(WATCHING, ("collecting",), show_baseline),
}
