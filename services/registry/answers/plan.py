"""What a bureau decides by: how its places could be spread, and who fills its plan best."""

from __future__ import annotations

import dataclasses
from typing import Any

from services.registry.answers.figures import figures_of
from services.registry.answers.seeing import WATCHING
from services.registry.answers.settings import settings_in_force
from services.registry.domain import ranking, spread
from services.registry.domain.batch_state import Plan
from services.registry.domain.settings import Settings
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries
from shared.contracts.registry.events import DistrictFigure
from shared.contracts.registry.vocabulary import Apportionment, Weighting
from shared.contracts.scope import covers
from shared.projections.model import Row
from shared.reference.divisions import Divisions
from shared.service.query_bus import Asked, QueryRoute


def propose_spread(asked: Asked) -> Any:
    """Every method and weighting beside the districts' figures, points in office and plan.

    A weighting is left out for which a figure is missing. Raises Refused when no figures are on
    record at all.
    """
    batch = _batch(asked)
    recorded = figures_of(asked, batch["division"], asked.query.year)
    if recorded is None:
        raise Refused(Reason.FIGURES_MISSING, "no figures of districts are on record", ["year"])
    figures = [DistrictFigure(**{"output_wan": None, **its}) for its in recorded["figures"]]
    present = _present(asked, batch["division"])
    counted = present if asked.query.counting_present else {}
    ground = spread.Ground(recorded["year"], figures, counted)
    settings = settings_in_force(asked, asked.today)
    return {
        "batch_id": batch["batch_id"],
        "division": batch["division"],
        "places": batch["places"],
        "year": recorded["year"],
        "counting_present": bool(asked.query.counting_present),
        "output_percent": settings.output_percent,
        "districts": _districts(batch, figures, present),
        "proposals": _proposals(batch["places"], ground, settings),
    }


def rank_candidates(asked: Asked) -> Any:
    """`{"places_left", "items"}`, each item a candidate with its rank and what decided it."""
    batch = _batch(asked)
    rows = asked.rows(
        "SELECT application_id, status, division, industry_group, size, filed_on"
        " FROM readmodel.applications_applications"
        " WHERE batch_id = %s AND (status = 'qualified' OR application_id = ANY (%s))",
        batch["batch_id"],
        batch["listed"],
    )
    candidates = {
        row["application_id"]: _candidate(row) for row in rows if row["status"] == "qualified"
    }
    placed = [_candidate(row) for row in rows if row["application_id"] in set(batch["listed"])]
    order = ranking.rank(
        batch["batch_id"], _plan(batch), placed, sorted(candidates.values(), key=_by_id)
    )
    left = batch["places"] - len(batch["listed"])
    return {
        "batch_id": batch["batch_id"],
        "places_left": left,
        "planned": batch["plan"] is not None,
        "items": [
            {**_told(its, left), **_profile(candidates[its.application_id])} for its in order
        ],
    }


def _batch(asked: Asked) -> Row:
    """The batch, which must be of a bureau that the asker acts for."""
    rows = asked.rows(
        "SELECT batch_id, division, places, listed, plan FROM readmodel.batches_batches"
        " WHERE batch_id = %s",
        asked.query.batch_id,
    )
    if not rows or not covers(asked.actor.division, rows[0]["division"]):
        raise NotFound("batch", asked.query.batch_id)
    return rows[0]


def _present(asked: Asked, bureau: str) -> dict[str, int]:
    """Points in office by district of the bureau."""
    divisions = Divisions.for_year(asked.today.year)
    rows = asked.rows(
        "SELECT division, count(*) AS number FROM readmodel.points_points"
        " WHERE retired_on IS NULL GROUP BY division"
    )
    return {
        row["division"]: row["number"] for row in rows if divisions.within(row["division"], bureau)
    }


def _districts(batch: Row, figures: list[DistrictFigure], present: dict[str, int]) -> list[Row]:
    by_division = {its.division: its for its in figures}
    planned = _plan(batch).districts
    return [
        {
            "division": name,
            "market_entities": its.market_entities if its else None,
            "output_wan": its.output_wan if its else None,
            "present": present.get(name, 0),
            "planned": planned.get(name),
        }
        for name in sorted({*by_division, *present, *planned})
        for its in [by_division.get(name)]
    ]


def _proposals(places: int, ground: spread.Ground, settings: Settings) -> list[Row]:
    made = []
    for weighting in Weighting:
        for method in Apportionment:
            try:
                its = spread.propose(places, ground, method, weighting, settings)
            except Refused:
                continue
            made.append(
                {
                    "method": str(method),
                    "weighting": str(weighting),
                    "least": its.least,
                    "places": {share.division: share.places for share in its.districts},
                }
            )
    return made


def _plan(batch: Row) -> Plan:
    plan = batch["plan"]
    if plan is None:
        return Plan()
    return Plan(
        {its["division"]: its["places"] for its in plan["districts"]},
        {its["industry_group"]: its["places"] for its in plan["groups"]},
        {its["size"]: its["places"] for its in plan["sizes"]},
    )


def _candidate(row: Row) -> ranking.Candidate:
    named = ("application_id", "division", "industry_group", "size", "filed_on")
    return ranking.Candidate(**{name: row[name] for name in named})


def _by_id(candidate: ranking.Candidate) -> str:
    return candidate.application_id


def _profile(candidate: ranking.Candidate) -> Row:
    return {
        "division": candidate.division,
        "industry_group": candidate.industry_group,
        "size": candidate.size,
        "filed_on": candidate.filed_on,
    }


def _told(its: ranking.Ranked, left: int) -> Row:
    return {
        "rank": its.rank,
        "application_id": its.application_id,
        "within_places": its.rank <= left,
        "fills": [dataclasses.asdict(gap) for gap in its.fills],
        "decided_by": str(its.decided_by),
        "tied": its.tied,
    }


QUERIES: dict[type, QueryRoute] = {
    queries.ProposeSpread: QueryRoute(
        WATCHING, ("batches", "figures", "points", "settings"), propose_spread
    ),
    queries.RankCandidates: QueryRoute(WATCHING, ("batches", "applications"), rank_candidates),
}
