"""What comes up again and again, and what was made of opinions: themes, inspections, proposals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.listing import SHANGHAI, listing
from services.clues.answers.seeing import BUREAU, WATCHING, WITH_POINTS, may_see
from services.clues.handlers.aggregates import INSPECTION, PROPOSAL, THEME
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded


def list_themes(asked: Asked) -> Any:
    """The latest first."""
    last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    status = None if asked.query.status is None else str(asked.query.status)
    rows = asked.rows(
        "SELECT * FROM readmodel.themes_themes WHERE starts_with(division, %s)"
        " AND (%s::text IS NULL OR status = %s)"
        " AND (%s::text IS NULL OR (last_on, theme_id) < (%s::date, %s))"
        " ORDER BY last_on DESC, theme_id DESC LIMIT %s",
        *(prefix(asked.actor.division), status, status),
        *(identifier, last, identifier, fetch(asked.query.limit)),
    )
    return page(rows, asked.query.limit, "last_on", "theme_id")


def show_theme(asked: Asked) -> Any:
    """The row, with its stream."""
    theme_id = asked.query.theme_id
    rows = asked.rows("SELECT * FROM readmodel.themes_themes WHERE theme_id = %s", theme_id)
    if not rows or not covers(asked.actor.division, rows[0]["division"]):
        raise NotFound(THEME.prefix, theme_id)
    return {**rows[0], "stream": THEME.stream(theme_id)}


def show_proposal(asked: Asked) -> Any:
    """The row, with its stream; of a point, one that came of what it told."""
    proposal_id = asked.query.proposal_id
    rows = asked.rows(
        "SELECT * FROM readmodel.opinions_proposals WHERE proposal_id = %s", proposal_id
    )
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound(PROPOSAL.prefix, proposal_id)
    return {**rows[0], "stream": PROPOSAL.stream(proposal_id)}


def list_frequent_inspections(asked: Asked) -> Any:
    """`{inspections_id, year, division, number, most, unit, bodies}`; unit is null once erased."""
    year, number, identifier = after(asked.query.cursor, int, int, str) or [None, None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.themes_inspections"
        " WHERE most IS NOT NULL AND starts_with(division, %s)"
        " AND (%s::int IS NULL OR (year, number, inspections_id) < (%s, %s, %s))"
        " ORDER BY year DESC, number DESC, inspections_id DESC LIMIT %s",
        *(prefix(asked.actor.division), year, year, number, identifier),
        fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "year", "number", "inspections_id")
    return {**found, "items": [_inspected(asked, row) for row in found["items"]]}


def _inspected(asked: Asked, row: Row) -> Row:
    """With what its inspections say; the newest name of the unit."""
    told = [_noted(asked, each) for each in row["inspection_ids"]]
    kept = ("inspections_id", "year", "division", "number", "most")
    return {
        **{name: row[name] for name in kept},
        "unit": told[-1]["unit"],
        "bodies": sorted({its["body"] for its in told}),
    }


def _noted(asked: Asked, inspection_id: str) -> Row:
    asked.note_opening(f"inspection:{inspection_id}", asked.query.purpose)
    stream = INSPECTION.stream(inspection_id)
    (record,) = recorded(asked, EVENTS, stream, ["InspectionNoted"], 1)
    values: Row = record["values"]
    return values


QUERIES: dict[type, QueryRoute] = {
    queries.ListThemes: QueryRoute(WATCHING, ("themes",), list_themes),
    queries.ShowTheme: QueryRoute(WATCHING, ("themes",), show_theme),
    queries.ListFrequentInspections: QueryRoute(BUREAU, ("themes",), list_frequent_inspections),
    queries.ListProposals: QueryRoute(
        WITH_POINTS,
        ("opinions",),
        listing("opinions_proposals", f"opened_at {SHANGHAI}", "proposal_id"),
    ),
    queries.ShowProposal: QueryRoute(WITH_POINTS, ("opinions",), show_proposal),
}
