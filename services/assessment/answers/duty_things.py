"""Publicity, trainings, quarterly reports, questions and funds: a point's own, the bureau's all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.assessment.answers.seeing import BUREAU, WITH_POINTS, may_see, whose
from services.assessment.handlers.aggregates import PUBLICITY, QUARTERLY_REPORT, QUESTION
from shared.contracts.assessment import queries
from shared.contracts.assessment.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.aggregate import Aggregate
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_NAMED = """
SELECT its.*, points.unit_name FROM readmodel.duty_things_{table} its
LEFT JOIN readmodel.duty_things_points points USING (point_id)
"""
_WHOSE = """
WHERE (%(point)s::text IS NULL OR its.point_id = %(point)s)
  AND starts_with(its.division, %(within)s)
  AND (%(status)s::text IS NULL OR its.status = %(status)s)
"""


def _of(table: str) -> str:
    return _NAMED.replace("{table}", table)


_PUBLICITY = (
    _of("publicity")
    + _WHOSE
    + """
  AND (%(day)s::date IS NULL OR (held_on, publicity_id) < (%(day)s::date, %(id)s))
ORDER BY held_on DESC, publicity_id DESC LIMIT %(most)s
"""
)
_REPORTS = (
    _of("reports")
    + _WHOSE
    + """
  AND (%(year)s::integer IS NULL
       OR (year, quarter, report_id) < (%(year)s, %(quarter)s, %(id)s))
ORDER BY year DESC, quarter DESC, report_id DESC LIMIT %(most)s
"""
)
_QUESTIONS = (
    _of("questions")
    + _WHOSE
    + """
  AND (%(answered)s::boolean IS NULL
       OR (answered_on IS NOT NULL, due_on, question_id)
          > (%(answered)s::boolean, %(day)s::date, %(id)s))
ORDER BY answered_on IS NOT NULL, due_on, question_id LIMIT %(most)s
"""
)
_TRAININGS = """
SELECT its.* FROM readmodel.duty_things_trainings its
WHERE (%(status)s::text IS NULL OR status = %(status)s)
  AND CASE WHEN %(point)s::text IS NULL
      THEN starts_with(its.division, %(within)s) OR starts_with(%(within)s, left(its.division, 4))
          AND right(its.division, 2) = '00'
      ELSE attended ? %(point)s OR absent ? %(point)s OR status = 'planned' AND EXISTS (
          SELECT 1 FROM readmodel.duty_things_points points
          WHERE points.point_id = %(point)s AND (points.division = its.division
              OR right(its.division, 2) = '00'
              AND starts_with(points.division, left(its.division, 4))))
      END
  AND (%(day)s::date IS NULL OR (planned_on, training_id) < (%(day)s::date, %(id)s))
ORDER BY planned_on DESC, training_id DESC LIMIT %(most)s
"""
_FUNDING = (
    _of("funding")
    + """
WHERE (%(point)s::text IS NULL OR its.point_id = %(point)s)
  AND starts_with(its.division, %(within)s) AND year = %(year)s
ORDER BY its.division, points.unit_name, funding_id
"""
)


def _listed(asked: Asked) -> dict[str, Any]:
    status = asked.query.status
    return {
        **whose(asked),
        "status": None if status is None else str(status),
        "most": fetch(asked.query.limit),
    }


def list_publicity(asked: Asked) -> Any:
    day, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(_PUBLICITY, **_listed(asked), day=day, id=identifier)
    return page(rows, asked.query.limit, "held_on", "publicity_id")


def list_trainings(asked: Asked) -> Any:
    """A point sees those to come, and of those that were held its own; not who else came."""
    day, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(_TRAININGS, **_listed(asked), day=day, id=identifier)
    found = page(rows, asked.query.limit, "planned_on", "training_id")
    return {**found, "items": [_training(asked, row) for row in found["items"]]}


def _training(asked: Asked, row: Row) -> Row:
    if asked.actor.role is not Role.POINT:
        return row
    own = {asked.actor.unit}
    return {**row, **{name: sorted(own & set(row[name])) for name in ("attended", "absent")}}


def list_quarterly_reports(asked: Asked) -> Any:
    key = after(asked.query.cursor, int, int, str) or [None, None, None]
    rows = asked.rows(
        _REPORTS, **_listed(asked), **dict(zip(("year", "quarter", "id"), key, strict=True))
    )
    return page(rows, asked.query.limit, "year", "quarter", "report_id")


def list_point_questions(asked: Asked) -> Any:
    """What is not answered first, the next due before; `tone` as of a limit's colour."""
    key = after(asked.query.cursor, int, dt.date, str)
    answered, day, identifier = key or [None, None, None]
    rows = asked.rows(
        _QUESTIONS,
        **_listed(asked),
        answered=None if answered is None else bool(answered),
        day=day,
        id=identifier,
    )
    items = [{**row, "is_answered": int(row["answered_on"] is not None)} for row in rows]
    found = page(items, asked.query.limit, "is_answered", "due_on", "question_id")
    return {**found, "items": [_question(asked, row) for row in found["items"]]}


def _question(asked: Asked, row: Row) -> Row:
    shown = {name: its for name, its in row.items() if name not in ("is_answered", "answering")}
    provisional = row["answering"]["provisional"]
    late = row["answered_on"] is None and asked.today > row["due_on"] and not provisional
    return {**shown, "provisional": provisional, "tone": "red" if late else "green"}


def show_funding(asked: Asked) -> Any:
    """`{year, allocated, spent, items}`, all amounts in fen."""
    year = asked.query.year or asked.today.year
    rows = asked.rows(_FUNDING, **whose(asked), year=year)
    totals = {name: sum(row[name] for row in rows) for name in ("allocated", "spent")}
    return {"year": year, **totals, "items": rows}


def _opens(aggregate: Aggregate, table: str, key: str) -> Any:
    """The row with its events and their words, for who handles it and whose it is."""
    query = f"{_of(table)} WHERE its.{key} = %s"

    def answer(asked: Asked) -> Any:
        identifier = getattr(asked.query, key)
        rows = asked.rows(query, identifier)
        if not rows or not may_see(asked.actor, rows[0]):
            raise NotFound(aggregate.prefix, identifier)
        stream = aggregate.stream(identifier)
        asked.note_opening(f"{key.removesuffix('_id')}:{identifier}")
        types = [its.name for its in EVENTS]
        row = _question(asked, rows[0]) if aggregate is QUESTION else rows[0]
        records = recorded(asked, EVENTS, stream, types, row["version"])
        return {**row, "stream": stream, "records": records}

    return answer


_WITH_WORDS = BUREAU | {Role.POINT}
_THINGS = ("duty_things",)

QUERIES: dict[type, QueryRoute] = {
    queries.ListPublicity: QueryRoute(WITH_POINTS, _THINGS, list_publicity),
    queries.OpenPublicity: QueryRoute(
        _WITH_WORDS, _THINGS, _opens(PUBLICITY, "publicity", "publicity_id")
    ),
    queries.ListTrainings: QueryRoute(WITH_POINTS, _THINGS, list_trainings),
    queries.ListQuarterlyReports: QueryRoute(WITH_POINTS, _THINGS, list_quarterly_reports),
    queries.OpenQuarterlyReport: QueryRoute(
        _WITH_WORDS, _THINGS, _opens(QUARTERLY_REPORT, "reports", "report_id")
    ),
    queries.ListPointQuestions: QueryRoute(WITH_POINTS, _THINGS, list_point_questions),
    queries.OpenPointQuestion: QueryRoute(
        _WITH_WORDS, _THINGS, _opens(QUESTION, "questions", "question_id")
    ),
    queries.ShowFunding: QueryRoute(WITH_POINTS, _THINGS, show_funding),
}
