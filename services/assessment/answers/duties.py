"""A point's duty records, as its timeline."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from services.assessment.answers.facts import facts_of
from services.assessment.answers.seeing import WITH_POINTS, point_row
from shared.contracts.assessment import queries
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid
from shared.service.query_bus import Asked, QueryRoute

LONGEST_SPAN = 1_100
"""Days of the longest timeline: a point's whole term of three years."""


def show_duty_records(asked: Asked) -> Any:
    """`{point_id, unit_name, division, first_day, last_day, counts, items}`, the newest first.

    counts: kind -> how often · items: as `DutyFact` has them
    """
    its = asked.query
    point = point_row(asked, its.point_id)
    first, last = _span(asked)
    facts = facts_of(asked, [its.point_id], first, last)
    return {
        **{name: point[name] for name in ("point_id", "unit_name", "division")},
        "first_day": first,
        "last_day": last,
        "counts": dict(sorted(Counter(str(fact.kind) for fact in facts).items())),
        "items": [vars(fact) | {"kind": str(fact.kind)} for fact in reversed(facts)],
    }


def _span(asked: Asked) -> tuple[dt.date, dt.date]:
    """Raises Invalid for a span that ends before it begins, or is too long."""
    last = asked.query.last_day or asked.today
    first = asked.query.first_day or dt.date(last.year, 1, 1)
    if not first <= last <= first + LONGEST_SPAN * ONE_DAY:
        told = f"must be from {first} to {LONGEST_SPAN} days later"
        raise Invalid.one("last_day", "out_of_range", told)
    return first, last


QUERIES: dict[type, QueryRoute] = {
    queries.ShowDutyRecords: QueryRoute(WITH_POINTS, ("duties", "duty_things"), show_duty_records),
}
