"""What those who work on a point see of it: what is open, its history, and the next steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.seeing import BUREAU, may_see_work
from services.registry.answers.settings import schedule_of
from services.registry.answers.steps import for_asker
from services.registry.domain.point_state import PointStatus
from services.registry.domain.point_steps import (
    OpenRenewal,
    OpenRetirement,
    PointFacts,
    point_steps,
)
from services.registry.handlers.aggregates import APPLICATION, POINT
from services.registry.views import SOURCE
from services.registry.views.applications import sealed_in
from shared.contracts.errors import NotFound
from shared.contracts.limits import TimeLimit
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import (
    Grade,
    RenewalStatus,
    RetirementGround,
    RetirementStatus,
)
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.history import stream_history
from shared.service.query_bus import Asked, QueryRoute

_FROM_APPLICATION = ("address", "contact_name", "contact_phone")
_LIAISON = ("liaison_name", "liaison_phone")
_RENEWAL = (
    "renewal_id, point_id, status, proposed_on, graded_on, grade_year, grade, held_on, version"
)
_RETIREMENT = (
    "retirement_id, point_id, ground, status, opened_on, told_on, means, statement_limit,"
    " stated_on, waived_on, held_on, version"
)


def work_on(asked: Asked, point: Row) -> Row:
    """What ShowPoint tells besides what everybody may know."""
    history = stream_history(
        asked.rows, POINT.stream(point["point_id"]), point["version"], {"point_id"}
    )
    if asked.actor.role is Role.POINT:
        history = [{**event, "changed": {}} for event in history]
    renewal, retirement = _renewal(asked, point), _retirement(asked, point)
    facts = _facts(asked, point, renewal, retirement)
    return {
        "plaque_limit": point["plaque_limit"],
        "bureau_liaisons": point["bureau_liaisons"],
        "renewal": renewal,
        "retirement": retirement,
        "history": history,
        "steps": [for_asker(asked, step, point["division"]) for step in point_steps(facts)],
    }


def _renewal(asked: Asked, point: Row) -> Row | None:
    """The renewal that is open."""
    rows = asked.rows(
        f"SELECT {_RENEWAL} FROM readmodel.points_renewals"  # noqa: S608 - our own columns
        " WHERE renewal_id = %s",
        point["renewal_id"],
    )
    return rows[0] if rows else None


def _retirement(asked: Asked, point: Row) -> Row | None:
    """The retirement that is open."""
    rows = asked.rows(
        f"SELECT {_RETIREMENT} FROM readmodel.points_retirements"  # noqa: S608 - our own columns
        " WHERE retirement_id = %s",
        point["retirement_id"],
    )
    return rows[0] if rows else None


def _facts(asked: Asked, point: Row, renewal: Row | None, retirement: Row | None) -> PointFacts:
    return PointFacts(
        status=_status(point),
        today=asked.today,
        schedule=schedule_of(asked),
        term_number=point["term_number"],
        term_ends_on=point["term_ends_on"],
        renewed=point["next_term"] is not None,
        has_plaque=point["plaque_number"] is not None and point["plaque_returned_on"] is None,
        renewal=None
        if renewal is None
        else OpenRenewal(
            RenewalStatus(renewal["status"]),
            None if renewal["grade"] is None else Grade(renewal["grade"]),
            max(filter(None, (renewal["proposed_on"], renewal["graded_on"]))),
        ),
        retirement=None
        if retirement is None
        else OpenRetirement(
            RetirementStatus(retirement["status"]),
            RetirementGround(retirement["ground"]),
            None if (its := retirement["statement_limit"]) is None else _limit(its),
            max(filter(None, (retirement["stated_on"], retirement["waived_on"])), default=None),
        ),
    )


def _status(point: Row) -> PointStatus:
    if point["retired_on"] is not None:
        return PointStatus.RETIRED
    return PointStatus.ACTIVE if point["suspended_on"] is None else PointStatus.SUSPENDED


def _limit(row: Row) -> TimeLimit:
    """A limit as a read model holds it."""
    days = {name: dt.date.fromisoformat(row[name]) for name in ("counted_from", "due_on")}
    return TimeLimit(**{**row, **days})


def open_point(asked: Asked) -> Any:
    """The contact data as they are now: what the application said, until it was changed."""
    rows = asked.rows(
        "SELECT p.*, a.sealed FROM readmodel.points_points p"
        " LEFT JOIN readmodel.applications_applications a USING (application_id)"
        " WHERE p.point_id = %s",
        asked.query.point_id,
    )
    if not rows or not may_see_work(asked.actor, rows[0]):
        raise NotFound("point", asked.query.point_id)
    (row,) = rows
    asked.note_opening(f"point:{row['point_id']}", asked.query.purpose)
    applied = {
        name: _applied(asked, row, name)
        for name in _FROM_APPLICATION
        if name not in row["contacts"]
    }
    return {
        "point_id": row["point_id"],
        "unit_name": row["unit_name"],
        **dict.fromkeys(_LIAISON),
        **applied,
        **{name: _changed(asked, row, name) for name in row["contacts"]},
        "stream": POINT.stream(row["point_id"]),
        "version": row["version"],
    }


def _applied(asked: Asked, point: Row, name: str) -> Any:
    kept = (point["sealed"] or {}).get(name)
    stream = APPLICATION.stream(point["application_id"])
    return asked.personal(SOURCE, stream, sealed_in(kept), name, kept)


def _changed(asked: Asked, point: Row, name: str) -> Any:
    kept = point["contacts"][name]
    stream = POINT.stream(point["point_id"])
    return asked.personal(SOURCE, stream, kept["type"], name, kept)


QUERIES: dict[type, QueryRoute] = {
    queries.OpenPoint: QueryRoute(BUREAU | {Role.POINT}, ("points", "applications"), open_point),
}
