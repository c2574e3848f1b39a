"""What stands against the designation of units on notice, before anybody decides it."""

from __future__ import annotations

from dataclasses import replace

from services.registry.answers.panels import unit_of
from services.registry.answers.settings import settings_in_force
from services.registry.domain.context import Context
from services.registry.domain.point_state import Point, PointStatus
from services.registry.domain.settings import Schedule, Settings
from services.registry.domain.term import terms_in_a_row
from services.registry.handlers.aggregates import POINT
from services.registry.handlers.common import POINT_OF_UNIT, identities
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ApplicationStatus, UnitKind
from shared.projections.model import Row
from shared.service.query_bus import Asked


def held_back(asked: Asked, notice: Row) -> dict[str, str]:
    """Units that cannot be designated, whatever day it is and nobody objecting, and why."""
    rows = asked.rows(
        "SELECT * FROM readmodel.applications_applications"
        " WHERE notice_id = %s AND status = %s ORDER BY application_id",
        notice["notice_id"],
        str(ApplicationStatus.ON_NOTICE),
    )
    settings = settings_in_force(asked, asked.today)
    found = {row["application_id"]: _why(asked, row, notice["units"], settings) for row in rows}
    return {unit: str(reason) for unit, reason in found.items() if reason is not None}


def _why(asked: Asked, application: Row, units: list[Row], settings: Settings) -> Reason | None:
    """In the order in which DesignatePoints asks."""
    if differs(asked, application, units):
        return Reason.NOTICE_DIFFERS
    if _terms_before(asked, application, settings) >= settings.most_terms:
        return Reason.TERMS_USED_UP
    return None


def differs(asked: Asked, application: Row, units: list[Row]) -> bool:
    """Whether a notice shows the unit other than its data are on record."""
    name = unit_of(asked, application).name
    on_record = {
        **{part: application[part] for part in ("division", "industry_group", "size")},
        "unit_name": name,
    }
    return any(
        {part: unit[part] for part in on_record} != on_record
        for unit in units
        if unit["application_id"] == application["application_id"]
    )


def _terms_before(asked: Asked, application: Row, settings: Settings) -> int:
    """How many terms in a row the unit has had as points that have retired."""
    unit = unit_of(asked, application)
    kind = UnitKind(application["unit_kind"])
    context = Context(asked.now, asked.today, asked.actor.id, Schedule(base=settings))
    for identity in identities(kind, unit.credit_code, unit.division, unit.name):
        for last in _points_called(asked, identity):
            return terms_in_a_row(last, context)
    return 0


def _points_called(asked: Asked, identity: tuple[str, ...]) -> list[Point]:
    """The point that a unit of this name was last, if it has retired: it keeps the name."""
    rows = asked.rows(
        "SELECT term_number, retired_on FROM eventlog.claim"
        " JOIN readmodel.points_points ON holder = %s || point_id"
        " WHERE scope = %s AND key = %s AND retired_on IS NOT NULL",
        POINT.stream(""),
        POINT_OF_UNIT,
        asked.keyring.keyed_hash(POINT_OF_UNIT, *identity),
    )
    return [replace(Point(), status=PointStatus.RETIRED, **row) for row in rows]
