"""What waits for whom: a work list by role and division, what is due first at the top."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers import point_tasks
from services.registry.answers.panels import panel_of
from services.registry.answers.seeing import BUREAU
from services.registry.domain.leaving import WITHDRAWABLE
from services.registry.domain.review import TRADERS, checks_for
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import TaskKind, UnitKind
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

KINDS: dict[TaskKind, frozenset[Role]] = {
    TaskKind.FORMAL_CHECK: frozenset({Role.OFFICER}),
    TaskKind.REVIEW: frozenset({Role.REVIEWER}),
    TaskKind.VOTE: frozenset({Role.REVIEWER}),
    TaskKind.OPINION: frozenset({Role.OFFICER}),
    TaskKind.DELIBERATION: frozenset({Role.LEADER}),
    TaskKind.PROMOTION: frozenset({Role.LEADER}),
    TaskKind.NOTICE: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.OBJECTION: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.OVERDUE_OBJECTION: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.DESIGNATION: frozenset({Role.LEADER}),
    TaskKind.MEETING_TASK: frozenset({Role.OFFICER, Role.LEADER}),
    **point_tasks.KINDS,
}
"""Kinds of task, and the roles they wait for. A task's id is that of the application, batch,
opinion, objection, notice, meeting or point it is about.
"""
_EACH_MEMBERS = frozenset({TaskKind.REVIEW, TaskKind.VOTE})
"""Kinds that wait for each member of a review group by itself: nobody else can say for whom."""
_NOT_DUE = dt.date.max
"""Where a task without a last day stands among the others: behind them."""

# An application is its own district's to check; deliberation and what follows from it are done
# by the bureau that runs the batch. A review waits for the batch's group, if it has one, but for
# whoever stays out. A body with an account answers an opinion by itself; once that is overdue,
# and always where the answer comes by letter, it is the officer's to see to, until the application
# has ended.
_WAITING = f"""
SELECT kind, id, waiting.batch_id, number, since, due_on,
       coalesce(provisional, false) AS provisional,
       named AS name, may_be_tied, application_id, batch.title AS batch_title,
       unit_kind, application.division, industry_group, size, findings,
       coalesce(due_on, %(not_due)s) AS by FROM (
    SELECT 'formal_check' AS kind, application_id AS id, application_id AS about, batch_id,
           1 AS number, (status_since AT TIME ZONE 'Asia/Shanghai')::date AS since,
           check_due AS due_on, check_provisional AS provisional,
           NULL AS named, false AS may_be_tied
    FROM readmodel.applications_applications
    WHERE status = 'submitted' AND starts_with(division, %(within)s)
  UNION ALL
    SELECT task.kind, a.application_id, a.application_id, a.batch_id, 1,
           (a.status_since AT TIME ZONE 'Asia/Shanghai')::date, NULL, false,
           NULL, coalesce(g.statements ? %(me)s, false)
    FROM readmodel.applications_applications a
    LEFT JOIN readmodel.reviews_groups g USING (batch_id)
    LEFT JOIN readmodel.reviews_examinations e USING (application_id)
    CROSS JOIN (VALUES ('review'), ('vote')) task (kind)
    WHERE a.status = 'under_review' AND starts_with(a.division, %(within)s)
      AND (g.batch_id IS NULL OR g.members ? %(me)s)
      AND NOT coalesce(e.recused ? %(me)s, false)
      AND (task.kind = 'review' OR (g.batch_id IS NOT NULL
        AND (jsonb_path_exists(a.findings, '$.* ? (@ == "failed")')
          OR a.findings ?& CASE WHEN a.unit_kind = ANY (%(traders)s)
                                THEN %(of_traders)s::text[] ELSE %(of_others)s::text[] END)
        AND NOT coalesce(e.votes ? %(me)s, false)))
  UNION ALL
    SELECT 'opinion', o.opinion_id, o.application_id, a.batch_id, 1, o.asked_on,
           o.due_on, o.provisional, o.body, false
    FROM readmodel.reviews_opinions o
    JOIN readmodel.applications_applications a USING (application_id)
    WHERE o.answered_on IS NULL AND o.taken_back_on IS NULL AND (o.body_unit IS NULL OR o.overdue)
      AND a.status = ANY (%(under_way)s) AND starts_with(a.division, %(within)s)
  UNION ALL
    SELECT CASE a.status WHEN 'qualified' THEN 'deliberation' ELSE 'notice' END,
           a.batch_id, NULL, a.batch_id, count(*),
           (min(a.status_since) AT TIME ZONE 'Asia/Shanghai')::date, NULL, false, NULL, false
    FROM readmodel.applications_applications a JOIN readmodel.batches_batches b USING (batch_id)
    WHERE a.status IN ('qualified', 'listed') AND starts_with(b.division, %(within)s)
    GROUP BY a.batch_id, a.status
  UNION ALL
    SELECT 'promotion', batch_id, NULL, batch_id,
           least(places - jsonb_array_length(listed), jsonb_array_length(reserves)), freed_on,
           NULL, false, NULL, false
    FROM readmodel.batches_batches
    WHERE freed_on IS NOT NULL AND places > jsonb_array_length(listed)
      AND jsonb_array_length(reserves) > 0 AND starts_with(division, %(within)s)
  UNION ALL
    SELECT CASE WHEN o.overdue THEN 'overdue_objection' ELSE 'objection' END,
           o.objection_id, NULL, n.batch_id, 1, o.raised_on, o.due_on, o.provisional, NULL, false
    FROM readmodel.notices_objections o
    JOIN readmodel.notices_notices n USING (notice_id)
    JOIN readmodel.batches_batches b USING (batch_id)
    WHERE o.outcome IS NULL AND starts_with(b.division, %(within)s)
  UNION ALL
    SELECT 'designation', a.notice_id, NULL, n.batch_id, count(*),
           min(coalesce((n.corrected->>a.application_id)::date, n.last_day)) + 1,
           NULL, false, NULL, false
    FROM readmodel.applications_applications a
    JOIN readmodel.notices_notices n USING (notice_id)
    JOIN readmodel.batches_batches b ON b.batch_id = n.batch_id
    WHERE a.status = 'on_notice'
      AND coalesce((n.corrected->>a.application_id)::date, n.last_day) < %(today)s
      AND starts_with(b.division, %(within)s)
    GROUP BY a.notice_id, n.batch_id
  UNION ALL
    SELECT 'meeting_task', meeting_id, NULL, NULL, count(*), m.held_on,
           min(t.due_on), false, NULL, false
    FROM readmodel.organisation_tasks t JOIN readmodel.organisation_meetings m USING (meeting_id)
    WHERE t.standing <> 'completed' AND starts_with(m.division, %(within)s)
    GROUP BY meeting_id, m.held_on
  UNION ALL
    {point_tasks.WAITING}
) waiting
LEFT JOIN readmodel.batches_batches batch USING (batch_id)
LEFT JOIN readmodel.applications_applications application ON application_id = about
WHERE kind = ANY (%(kinds)s)
  AND (%(id)s::text IS NULL
       OR (coalesce(due_on, %(not_due)s), since, kind, id) > (%(by)s, %(since)s, %(kind)s, %(id)s))
ORDER BY by, since, kind, id LIMIT %(most)s
"""  # noqa: S608 - our own text


def list_tasks(asked: Asked) -> Any:
    """Items `{kind, id, batch_id, batch_title, number, since, due_on, provisional, roles, ...}`.

    By the last day, what has none behind it; of one day the longest wait first.

    `number` is how many units or tasks it is about, `since` the day from which it has waited,
    `due_on` the last day for it where it has one, of several tasks the first; `name` is that of
    the body asked or of the point. What one application waits for tells its unit apart: kind,
    division, industry, size, findings so far. `roles` are those that it waits for.
    """
    cursor = after(asked.query.cursor, dt.date, dt.date, str, str) or [None] * 4
    by, since, kind, identifier = cursor
    rows = asked.rows(
        _WAITING,
        kinds=[str(its) for its in _kinds(asked)],
        within=prefix(asked.actor.division),
        me=asked.actor.id,
        traders=[str(its) for its in TRADERS],
        of_traders=[str(its) for its in checks_for(UnitKind.ENTERPRISE)],
        of_others=[str(its) for its in checks_for(UnitKind.CHAMBER)],
        today=asked.today,
        under_way=[str(its) for its in WITHDRAWABLE],
        undefended=point_tasks.UNDEFENDED,
        not_due=_NOT_DUE,
        by=by,
        since=since,
        kind=kind,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "by", "since", "kind", "id")
    return {**found, "items": _without_ties(asked, found["items"])}


def _kinds(asked: Asked) -> list[TaskKind]:
    """Those that wait for the asker's role; of the others those that wait for somebody else."""
    role = asked.actor.role
    if asked.query.others:
        return [
            kind for kind, roles in KINDS.items() if role not in roles and kind not in _EACH_MEMBERS
        ]
    return [kind for kind, roles in KINDS.items() if role in roles]


def _without_ties(asked: Asked, items: list[Row]) -> list[Row]:
    """Not the reviews that the asker's own declared interests keep them out of.

    What members have declared is sealed, so that only here it can be looked at.
    """
    doubtful = {its["application_id"] for its in items if its["may_be_tied"]}
    applications = asked.rows(
        "SELECT * FROM readmodel.applications_applications WHERE application_id = ANY (%s)",
        list(doubtful),
    )
    tied = {
        row["application_id"]
        for row in applications
        for panel in [panel_of(asked, row)]
        if panel is not None and asked.actor.id in panel.ties
    }
    return [
        _told(its) for its in items if not (its["may_be_tied"] and its["application_id"] in tied)
    ]


def _told(task: Row) -> Row:
    roles = sorted(str(role) for role in KINDS[TaskKind(task["kind"])])
    return {**{name: its for name, its in task.items() if name not in _NOT_TOLD}, "roles": roles}


_NOT_TOLD = frozenset({"may_be_tied", "application_id", "by"})

_MODELS = ("applications", "notices", "batches", "organisation", "reviews", "points")

QUERIES: dict[type, QueryRoute] = {
    queries.ListTasks: QueryRoute(BUREAU, _MODELS, list_tasks),
}
