"""Coverage: how active points spread over districts, industries and sizes, and how that compares
with the districts' share of market entities.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from services.assessment.domain.picture import share
from services.assessment.views.coverage import COVERAGE
from shared.contracts.assessment import queries
from shared.contracts.roles import EVERYBODY
from shared.contracts.scope import covers
from shared.projections.model import Row
from shared.reference.divisions import Divisions, NoDivisionTable, UnknownDivision
from shared.service.query_bus import Asked, QueryRoute

_ACTIVE = """
SELECT place.division, profile.industry_group, profile.size, channel
FROM readmodel.coverage_points
CROSS JOIN LATERAL (
    SELECT its.value->>'division' AS division
    FROM jsonb_array_elements(places) WITH ORDINALITY AS its (value, number)
    WHERE (its.value->>'since')::date <= %(day)s
    ORDER BY its.number DESC LIMIT 1
) place
CROSS JOIN LATERAL (
    SELECT its.value->>'industry_group' AS industry_group, its.value->>'size' AS size
    FROM jsonb_array_elements(profiles) WITH ORDINALITY AS its (value, number)
    WHERE (its.value->>'since')::date <= %(day)s
    ORDER BY its.number DESC LIMIT 1
) profile
WHERE designated_on <= %(day)s AND (retired_on IS NULL OR retired_on > %(day)s)
"""


def show_coverage(asked: Asked) -> Any:
    """Counts and shares of a day; a share is in hundredths of a percent, null of nothing.

    Every district of the bureau stands in it; what is not on record of one is null.

    A point counts from its designation on until the day before it retires, each day in the
    district of that day. Without a year, it stands beside the newest figures that are not of a
    later year than that day.
    """
    bureau, day = asked.query.division, asked.query.day or asked.today
    active = asked.rows(_ACTIVE, day=day)
    points = [row for row in active if covers(bureau, row["division"])]
    recorded = asked.rows(
        "SELECT year, figures FROM readmodel.coverage_figures"
        " WHERE bureau = %(bureau)s AND year BETWEEN %(first)s AND %(last)s"
        " ORDER BY year DESC LIMIT 1",
        bureau=bureau,
        first=asked.query.year or 0,
        last=asked.query.year or day.year,
    )
    figures = recorded[0]["figures"] if recorded else []
    return {
        "division": bureau,
        "year": recorded[0]["year"] if recorded else asked.query.year,
        "day": day,
        "points": len(points),
        "districts": _beside(
            Counter(row["division"] for row in points), figures, _districts(bureau, day)
        ),
        **{
            f"by_{name}": dict(Counter(row[name] for row in points))
            for name in ("industry_group", "size", "channel")
        },
    }


def _districts(bureau: str, day: dt.date) -> tuple[str, ...]:
    """The bureau's districts on the day, none where no table of its time knows of them."""
    try:
        return Divisions.for_year(day.year).leaves(bureau)
    except (NoDivisionTable, UnknownDivision):
        return ()


def _beside(points: Counter[str], figures: list[Row], districts: Iterable[str]) -> list[Row]:
    """One row a district, also for those that have neither points nor figures."""
    entities = {row["division"]: row["market_entities"] for row in figures}
    output = {row["division"]: row.get("output_wan") for row in figures}
    return [
        {
            "division": division,
            "points": points[division],
            "points_share": share(points[division], points.total()),
            "market_entities": entities.get(division),
            "entities_share": share(entities[division], sum(entities.values()))
            if division in entities
            else None,
            "output_wan": output.get(division),
        }
        for division in sorted({*districts, *points, *entities})
    ]


QUERIES: dict[type, QueryRoute] = {
    queries.ShowCoverage: QueryRoute(EVERYBODY, (COVERAGE.name,), show_coverage),
}
