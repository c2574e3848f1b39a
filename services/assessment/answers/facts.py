"""Duty records as facts: what the assessment is computed from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from services.assessment.domain.duty_fact import DutyFact
from shared.contracts.assessment.vocabulary.duties import DutyKind
from shared.service.query_bus import Asked

FINDINGS = frozenset({DutyKind.CLUE_SUBSTANTIATED, DutyKind.CLUE_UNSUBSTANTIATED})

_OF_STREAMS = """
SELECT %(source)s AS source, stream, (fact->>'version')::integer AS version, point_id,
    fact->>'kind' AS kind, (fact->>'happened_on')::date AS happened_on,
    (fact->>'in_time')::boolean AS in_time, fact->>'outcome' AS outcome
FROM readmodel.duties_{table} CROSS JOIN LATERAL jsonb_array_elements(facts) AS its (fact)
WHERE point_id = ANY (%(points)s)
  AND (fact->>'happened_on')::date BETWEEN %(first)s AND %(last)s
"""
_OF_EACH = """
SELECT %(source)s AS source, stream, version, point_id, kind, happened_on,
    NULL::boolean AS in_time, NULL::text AS outcome
FROM readmodel.duties_{table}
WHERE point_id = ANY (%(points)s) AND happened_on BETWEEN %(first)s AND %(last)s
"""
_QUERIES = (
    ("clues", _OF_STREAMS.replace("{table}", "of_clues")),
    ("assessment", _OF_STREAMS.replace("{table}", "of_points")),
    ("assessment", _OF_EACH.replace("{table}", "of_gatherings")),
    ("registry", _OF_EACH.replace("{table}", "of_registry")),
)
"""Each with the service whose log its rows are of."""


def facts_of(
    asked: Asked, point_ids: Iterable[str], first_day: dt.date, last_day: dt.date
) -> list[DutyFact]:
    """The points' facts of the days from `first_day` to `last_day`, both counted.

    In the order of day, source, stream and version, so that the same rows tell the same story. Of
    several findings on one clue, which was handled anew in these days, the last one alone.
    """
    points = list(point_ids)
    rows = [
        row
        for source, query in _QUERIES
        for row in asked.rows(query, source=source, points=points, first=first_day, last=last_day)
    ]
    facts = [DutyFact(**{**row, "kind": DutyKind(row["kind"])}) for row in rows]
    return last_findings(sorted(facts, key=in_order))


def in_order(fact: DutyFact) -> tuple[dt.date, str, str, int, str]:
    """What facts are ordered by: two of one day stand as their events do."""
    return fact.happened_on, fact.source, fact.stream, fact.version, fact.point_id


def last_findings(facts: list[DutyFact]) -> list[DutyFact]:
    """The facts without findings that a later one on the same clue has taken the place of."""
    newest = {fact.stream: fact.version for fact in facts if fact.kind in FINDINGS}
    return [
        fact for fact in facts if fact.kind not in FINDINGS or fact.version == newest[fact.stream]
    ]
