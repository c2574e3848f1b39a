"""What waits for whom: a work list by role and division, the longest wait first."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import BUREAU
from shared.access.scope import prefix
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.paging import DEFAULT_LIMIT
from shared.service.query_bus import Asked, QueryRoute

_FORMAL = ("formal_check", frozenset({Role.OFFICER}))
_REVIEW = ("review", frozenset({Role.REVIEWER}))
_DELIBERATION = ("deliberation", frozenset({Role.LEADER}))
_NOTICE = ("notice", frozenset({Role.OFFICER, Role.LEADER}))
_OBJECTION = ("objection", frozenset({Role.OFFICER, Role.LEADER}))
_DESIGNATION = ("designation", frozenset({Role.LEADER}))

_SINGLE = {"submitted": _FORMAL, "under_review": _REVIEW}
"""Statuses in which each application is a task of its own."""
_TOGETHER = {"qualified": _DELIBERATION, "listed": _NOTICE}
"""Statuses in which a batch's applications are dealt with together."""


def list_tasks(asked: Asked) -> Any:
    """`{"items": [{kind, id, batch_id, since, number}]}`; `number` is how many it is about."""
    role = asked.actor.role
    tasks: list[Row] = []
    for status, (kind, roles) in _SINGLE.items():
        if role in roles:
            tasks += _applications(asked, status, kind)
    for status, (kind, roles) in _TOGETHER.items():
        if role in roles:
            tasks += _batches(asked, status, kind)
    if role in _OBJECTION[1]:
        tasks += _objections(asked)
    if role in _DESIGNATION[1]:
        tasks += _ended_notices(asked)
    tasks.sort(key=lambda task: (task["since"], task["id"]))
    return {"items": tasks[: _limit(asked)], "more": len(tasks) > _limit(asked)}


def _applications(asked: Asked, status: str, kind: str) -> list[Row]:
    return asked.rows(
        "SELECT %s AS kind, application_id AS id, batch_id, 1 AS number,"
        " (changed_at AT TIME ZONE 'Asia/Shanghai')::date AS since"
        " FROM readmodel.applications_applications"
        " WHERE status = %s AND starts_with(division, %s)"
        " ORDER BY changed_at, application_id LIMIT %s",
        kind,
        status,
        prefix(asked.actor.division),
        _limit(asked) + 1,
    )


def _batches(asked: Asked, status: str, kind: str) -> list[Row]:
    return asked.rows(
        "SELECT %s AS kind, a.batch_id AS id, a.batch_id, count(*) AS number,"
        " (min(a.changed_at) AT TIME ZONE 'Asia/Shanghai')::date AS since"
        " FROM readmodel.applications_applications a"
        " JOIN readmodel.batches_batches b USING (batch_id)"
        " WHERE a.status = %s AND starts_with(b.division, %s) GROUP BY a.batch_id",
        kind,
        status,
        prefix(asked.actor.division),
    )


def _objections(asked: Asked) -> list[Row]:
    return asked.rows(
        "SELECT 'objection' AS kind, o.objection_id AS id, n.batch_id, 1 AS number,"
        " o.raised_on AS since FROM readmodel.notices_objections o"
        " JOIN readmodel.notices_notices n USING (notice_id)"
        " JOIN readmodel.batches_batches b USING (batch_id)"
        " WHERE o.outcome IS NULL AND starts_with(b.division, %s)"
        " ORDER BY o.raised_on, o.objection_id LIMIT %s",
        prefix(asked.actor.division),
        _limit(asked) + 1,
    )


def _ended_notices(asked: Asked) -> list[Row]:
    """Notices whose days are over and some of whose units still stand there."""
    return asked.rows(
        "SELECT 'designation' AS kind, a.notice_id AS id, n.batch_id, count(*) AS number,"
        " n.last_day + 1 AS since FROM readmodel.applications_applications a"
        " JOIN readmodel.notices_notices n USING (notice_id)"
        " JOIN readmodel.batches_batches b ON b.batch_id = n.batch_id"
        " WHERE a.status = 'on_notice' AND n.last_day < %s AND starts_with(b.division, %s)"
        " GROUP BY a.notice_id, n.batch_id, n.last_day",
        asked.today,
        prefix(asked.actor.division),
    )


def _limit(asked: Asked) -> int:
    return int(asked.query.limit or DEFAULT_LIMIT)


QUERIES: dict[type, QueryRoute] = {
    queries.ListTasks: QueryRoute(BUREAU, ("applications", "notices", "batches"), list_tasks),
}
