"""What stands against the designation of units on notice, before anybody decides it."""

from __future__ import annotations

from services.registry.answers.panels import unit_of
from services.registry.answers.settings import settings_in_force
from services.registry.domain.settings import Settings
from services.registry.domain.term import terms_behind
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
    if terms_before(asked, application, settings) >= settings.most_terms:
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


def terms_before(asked: Asked, application: Row, settings: Settings) -> int:
    """How many terms in a row the unit has behind it, as its names tell."""
    unit = unit_of(asked, application)
    kind = UnitKind(application["unit_kind"])
    rows = [
        row
        for identity in identities(kind, unit.credit_code, unit.division, unit.name)
        for row in asked.rows(
            "SELECT term_number, retired_on FROM readmodel.points_points p JOIN eventlog.claim c"
            " ON c.holder = %s || p.point_id WHERE c.scope = %s AND c.key = %s"
            " AND retired_on IS NOT NULL",
            POINT.stream(""),
            POINT_OF_UNIT,
            asked.keyring.keyed_hash(POINT_OF_UNIT, *identity),
        )
    ]
    behind = [
        terms_behind(row["term_number"], row["retired_on"], asked.today, settings) for row in rows
    ]
    return max(behind, default=0)
