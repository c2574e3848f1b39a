"""What points wait for, as a part of the work list: see `tasks`."""

from __future__ import annotations

from services.registry.domain.retirement import PATHS
from shared.contracts.registry.vocabulary import TaskKind
from shared.contracts.roles import Role

_OFFICER, _LEADER = frozenset({Role.OFFICER}), frozenset({Role.LEADER})

KINDS: dict[TaskKind, frozenset[Role]] = {
    TaskKind.TERM_ENDING: _OFFICER,
    TaskKind.RENEWAL_GRADE: _OFFICER,
    TaskKind.RENEWAL_DECISION: _LEADER,
    TaskKind.RENEWAL_COMPLETION: _LEADER,
    TaskKind.RETIREMENT_FACTS: _OFFICER,
    TaskKind.RETIREMENT_DECISION: _LEADER,
    TaskKind.RETIREMENT_ANNOUNCEMENT: _LEADER,
    TaskKind.PLAQUE: _OFFICER,
}
"""Each with the roles it waits for; its id is the point's."""

UNDEFENDED = [str(ground) for ground, path in PATHS.items() if not path.defence]
"""Grounds on which it is decided without the facts being told before."""

# A renewal is worked on until the term is over, and not beside a retirement. A retirement waits
# for the point while it may state its case, and for the meeting from the day after it has, or
# could have.
WAITING = """
    SELECT 'term_ending', point_id, NULL, batch_id, 1, reminded_on, term_ends_on, false,
           unit_name, false
    FROM readmodel.points_points
    WHERE reminded_on IS NOT NULL AND retired_on IS NULL AND next_term IS NULL
      AND renewal_id IS NULL AND retirement_id IS NULL AND term_ends_on >= %(today)s
      AND starts_with(division, %(within)s)
  UNION ALL
    SELECT CASE WHEN r.status = 'agreed' THEN 'renewal_completion'
                WHEN r.grade IS NULL THEN 'renewal_grade' ELSE 'renewal_decision' END,
           point_id, NULL, p.batch_id, 1, (r.changed_at AT TIME ZONE 'Asia/Shanghai')::date,
           p.term_ends_on, false, p.unit_name, false
    FROM readmodel.points_renewals r JOIN readmodel.points_points p USING (point_id)
    WHERE r.status IN ('proposed', 'agreed') AND p.retirement_id IS NULL
      AND p.term_ends_on >= %(today)s
      AND starts_with(p.division, %(within)s)
  UNION ALL
    SELECT step.kind, point_id, NULL, p.batch_id, 1, step.since, NULL, false, p.unit_name, false
    FROM readmodel.points_retirements r JOIN readmodel.points_points p USING (point_id)
    CROSS JOIN LATERAL (SELECT
        CASE WHEN (r.statement_limit->>'provisional')::boolean THEN NULL
             ELSE (r.statement_limit->>'due_on')::date END AS due_on,
        greatest(r.stated_on, r.waived_on) AS heard_on) hearing
    CROSS JOIN LATERAL (SELECT
        CASE WHEN r.status = 'to_retire' THEN 'retirement_announcement'
             WHEN r.status = 'opened' AND r.ground <> ALL (%(undefended)s) THEN 'retirement_facts'
             ELSE 'retirement_decision' END AS kind,
        CASE r.status WHEN 'to_retire' THEN r.held_on WHEN 'opened' THEN r.opened_on
             ELSE least(hearing.due_on, hearing.heard_on) + 1 END AS since) step
    WHERE r.status IN ('opened', 'facts_told', 'heard', 'to_retire') AND step.since <= %(today)s
      AND starts_with(p.division, %(within)s)
  UNION ALL
    SELECT 'plaque', point_id, NULL, batch_id, 1, retired_on, (plaque_limit->>'due_on')::date,
           (plaque_limit->>'provisional')::boolean, unit_name, false
    FROM readmodel.points_points
    WHERE plaque_limit IS NOT NULL AND starts_with(division, %(within)s)
"""
