"""How the registry answers queries from its read models: who may see which row, and how much."""

from __future__ import annotations

from typing import Any

from services.registry.handlers import APPLICATION, NOTICE
from services.registry.views import SOURCE
from shared.access.scope import covers
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute

_SEALED = ("unit_name", "credit_code", "address", "contact_name", "contact_phone")


def list_applications(asked: Asked) -> Any:
    """Within the asker's divisions; an applicant sees its own alone."""
    rows = asked.rows(
        "SELECT application_id, status, channel, recommender, unit_kind, division,"
        " industry_group, size, findings, rejected_at, grounds, notice_id, point_id,"
        " filed_by, version, changed_at FROM readmodel.applications_applications"
        " WHERE batch_id = %s ORDER BY application_id",
        asked.query.batch_id,
    )
    return [_without(row, "filed_by") for row in rows if _may_see(asked, row)]


def open_application(asked: Asked) -> Any:
    """One application with its sealed fields, sealed anew to the asker."""
    rows = asked.rows(
        "SELECT * FROM readmodel.applications_applications WHERE application_id = %s",
        asked.query.application_id,
    )
    if not rows or not _may_see(asked, rows[0]):
        raise NotFound("application", asked.query.application_id)
    row = rows[0]
    asked.note_opening(f"application:{asked.query.application_id}")
    stream = APPLICATION.stream(asked.query.application_id)
    personal = {
        name: asked.personal(SOURCE, stream, "ApplicationSubmitted", name, row["sealed"][name])
        for name in _SEALED
    }
    plain = {name: str(row[name]) for name in ("application_id", "batch_id")}
    told = ("status", "channel", "unit_kind", "division", "industry_group", "size", "version")
    return {**plain, **{name: row[name] for name in told}, **personal}


def list_notices(asked: Asked) -> Any:
    """The notices of a batch, open to everyone.

    The bureau also sees the objections against units of its divisions, and nothing of who
    objected.
    """
    notices = asked.rows(
        "SELECT notice_id, text, published_on, first_day, last_day, units, designated,"
        " version FROM readmodel.notices_notices WHERE batch_id = %s ORDER BY published_on",
        asked.query.batch_id,
    )
    for row in notices:
        if asked.actor.role in _BUREAU:
            row["objections"] = _objections(asked, row)
    return notices


def open_objection(asked: Asked) -> Any:
    """One objection with its facts and, unless anonymous, who to ask."""
    rows = asked.rows(
        "SELECT o.*, n.units FROM readmodel.notices_objections o"
        " JOIN readmodel.notices_notices n USING (notice_id) WHERE o.objection_id = %s",
        asked.query.objection_id,
    )
    if not rows or not covers(asked.actor.division, _divisions(rows[0])[rows[0]["application_id"]]):
        raise NotFound("objection", asked.query.objection_id)
    row = rows[0]
    asked.note_opening(f"objection:{asked.query.objection_id}")
    stream = NOTICE.stream(row["notice_id"])
    personal = {
        name: asked.personal(SOURCE, stream, "NoticeObjected", name, row["sealed"][name])
        for name in ("facts", "contact_name", "contact_phone")
    }
    told = ("objection_id", "notice_id", "application_id", "anonymous", "outcome")
    return {**{name: row[name] for name in told}, **personal}


def _objections(asked: Asked, notice: Row) -> list[Row]:
    rows = asked.rows(
        "SELECT objection_id, application_id, anonymous, outcome"
        " FROM readmodel.notices_objections WHERE notice_id = %s ORDER BY objection_id",
        notice["notice_id"],
    )
    divisions = _divisions(notice)
    return [row for row in rows if covers(asked.actor.division, divisions[row["application_id"]])]


def _divisions(notice: Row) -> dict[str, str]:
    return {unit["application_id"]: unit["division"] for unit in notice["units"]}


def list_points(asked: Asked) -> Any:
    return asked.rows(
        "SELECT point_id, application_id, batch_id, unit_name, unit_kind,"
        " division, industry_group, size, channel, designated_on, term_ends_on, retired_on,"
        " ground, version FROM readmodel.points_points"
        " WHERE %s::text IS NULL OR division = %s ORDER BY division, unit_name",
        asked.query.division,
        asked.query.division,
    )


def _may_see(asked: Asked, row: Row) -> bool:
    if asked.actor.role is Role.APPLICANT:
        return bool(row["filed_by"] == asked.actor.id)
    return covers(asked.actor.division, row["division"])


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


_BUREAU = {Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR}

QUERIES: dict[type, QueryRoute] = {
    queries.ListApplications: QueryRoute(
        _BUREAU | {Role.APPLICANT}, "applications", list_applications
    ),
    queries.OpenApplication: QueryRoute(
        {Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.APPLICANT},
        "applications",
        open_application,
    ),
    queries.OpenObjection: QueryRoute({Role.OFFICER, Role.LEADER}, "notices", open_objection),
    queries.ListNotices: QueryRoute(set(Role) - {Role.SYSTEM}, "notices", list_notices),
    queries.ListPoints: QueryRoute(set(Role) - {Role.SYSTEM}, "points", list_points),
}
