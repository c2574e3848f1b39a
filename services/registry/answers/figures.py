"""The districts' figures: open to everyone."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import ANYONE
from services.registry.handlers.aggregates import FIGURES
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute


def show_district_figures(asked: Asked) -> Any:
    row = figures_of(asked, asked.query.division, asked.query.year)
    if row is None:
        raise NotFound("district_figures", asked.query.division)
    return {**row, "stream": FIGURES.stream(f"{row['division']}-{row['year']}")}


def figures_of(asked: Asked, bureau: str, year: int | None) -> Row | None:
    """A bureau's figures of a year, or the latest on record."""
    rows = asked.rows(
        "SELECT division, year, figures, version FROM readmodel.figures_figures"
        " WHERE division = %s AND (%s::integer IS NULL OR year = %s) ORDER BY year DESC LIMIT 1",
        bureau,
        year,
        year,
    )
    return rows[0] if rows else None


QUERIES: dict[type, QueryRoute] = {
    queries.ShowDistrictFigures: QueryRoute(ANYONE, ("figures",), show_district_figures),
}
