"""What waits for whom: a work list by role and division, the longest wait first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.answers.seeing import BUREAU
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import TaskKind
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

KINDS: dict[TaskKind, frozenset[Role]] = {
    TaskKind.FORMAL_CHECK: frozenset({Role.OFFICER}),
    TaskKind.REVIEW: frozenset({Role.REVIEWER}),
    TaskKind.DELIBERATION: frozenset({Role.LEADER}),
    TaskKind.NOTICE: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.OBJECTION: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.DESIGNATION: frozenset({Role.OFFICER, Role.LEADER}),
    TaskKind.MEETING_TASK: frozenset({Role.OFFICER, Role.LEADER}),
}
"""Kinds of task, and the roles they wait for. A task's id is that of the application, batch,
objection, notice or meeting it is about. The officer prepares a designation that the leader
decides.
"""

# An application is its own district's to check; deliberation and what follows from it are done
# by the bureau that runs the batch.
_WAITING = """
SELECT kind, id, waiting.batch_id, number, since, batch.title AS batch_title,
       unit_kind, application.division, industry_group, size, findings,
       CASE kind WHEN 'formal_check' THEN check_due WHEN 'objection' THEN objection.due_on
            WHEN 'meeting_task' THEN meeting.due_on END AS due_on,
       CASE kind WHEN 'formal_check' THEN check_provisional
            WHEN 'objection' THEN coalesce(objection.provisional, false)
            ELSE false END AS provisional
FROM (
    SELECT CASE status WHEN 'submitted' THEN 'formal_check' ELSE 'review' END AS kind,
           application_id AS id, batch_id, 1 AS number,
           (status_since AT TIME ZONE 'Asia/Shanghai')::date AS since
    FROM readmodel.applications_applications
    WHERE status IN ('submitted', 'under_review') AND starts_with(division, %(within)s)
  UNION ALL
    SELECT CASE a.status WHEN 'qualified' THEN 'deliberation' ELSE 'notice' END,
           a.batch_id, a.batch_id, count(*),
           (min(a.status_since) AT TIME ZONE 'Asia/Shanghai')::date
    FROM readmodel.applications_applications a JOIN readmodel.batches_batches b USING (batch_id)
    WHERE a.status IN ('qualified', 'listed') AND starts_with(b.division, %(within)s)
    GROUP BY a.batch_id, a.status
  UNION ALL
    SELECT 'objection', o.objection_id, n.batch_id, 1, o.raised_on
    FROM readmodel.notices_objections o
    JOIN readmodel.notices_notices n USING (notice_id)
    JOIN readmodel.batches_batches b USING (batch_id)
    WHERE o.outcome IS NULL AND starts_with(b.division, %(within)s)
  UNION ALL
    SELECT 'designation', a.notice_id, n.batch_id, count(*),
           min(coalesce((n.corrected->>a.application_id)::date, n.last_day)) + 1
    FROM readmodel.applications_applications a
    JOIN readmodel.notices_notices n USING (notice_id)
    JOIN readmodel.batches_batches b ON b.batch_id = n.batch_id
    WHERE a.status = 'on_notice'
      AND coalesce((n.corrected->>a.application_id)::date, n.last_day) < %(today)s
      AND starts_with(b.division, %(within)s)
    GROUP BY a.notice_id, n.batch_id
  UNION ALL
    SELECT 'meeting_task', meeting_id, NULL, count(*), m.held_on
    FROM readmodel.organisation_tasks t JOIN readmodel.organisation_meetings m USING (meeting_id)
    WHERE t.standing <> 'completed' AND starts_with(m.division, %(within)s)
    GROUP BY meeting_id, m.held_on
) waiting
LEFT JOIN readmodel.batches_batches batch USING (batch_id)
LEFT JOIN readmodel.notices_objections objection
  ON kind = 'objection' AND objection.objection_id = id
LEFT JOIN (
    SELECT meeting_id, min(due_on) AS due_on FROM readmodel.organisation_tasks
    WHERE standing <> 'completed' GROUP BY meeting_id
) meeting ON kind = 'meeting_task' AND meeting.meeting_id = id
LEFT JOIN readmodel.applications_applications application
  ON kind IN ('formal_check', 'review') AND application.application_id = id
WHERE kind = ANY (%(kinds)s)
  AND (%(id)s::text IS NULL OR (since, kind, id) > (%(since)s, %(kind)s, %(id)s))
ORDER BY since, kind, id LIMIT %(most)s
"""


def list_tasks(asked: Asked) -> Any:
    """Items `{kind, id, batch_id, batch_title, number, since, due_on, provisional, ...}`.

    `number` is how many units or tasks it is about, `since` the day from which it has waited,
    `due_on` the last day for it where it has one, of several tasks the first. What one
    application waits for tells its unit apart: kind, division, industry, size, findings so far.
    """
    since, kind, identifier = after(asked.query.cursor, dt.date, str, str) or [None, None, None]
    rows = asked.rows(
        _WAITING,
        kinds=[str(name) for name, roles in KINDS.items() if asked.actor.role in roles],
        within=prefix(asked.actor.division),
        today=asked.today,
        since=since,
        kind=kind,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, "since", "kind", "id")


QUERIES: dict[type, QueryRoute] = {
    queries.ListTasks: QueryRoute(
        BUREAU, ("applications", "notices", "batches", "organisation"), list_tasks
    ),
}
