"""What several handlers of the registry share."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from services.registry.domain import application, notice
from services.registry.domain.point_state import Point, PointStatus
from services.registry.handlers.aggregates import APPLICATION, BATCH, NOTICE, POINT
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.contracts.spelling import spelling
from shared.service.aggregate import Aggregate
from shared.service.work import Work

POINT_OF_UNIT = "point_of_unit"
Names = Sequence[tuple[str, ...]]
"""What a unit is told by, as `identities` gives it."""

BUREAU = {Role.OFFICER, Role.LEADER}


def known(work: Work, aggregate: Aggregate, identifier: str) -> None:
    """What the command is about, which must lie in the actor's divisions."""
    work.within_or_unknown(aggregate, identifier, work.require(aggregate, identifier).division)


def own_point(work: Work, point_id: str) -> None:
    """A point in the actor's divisions or, for who acts for a point, that one alone."""
    if work.actor.role is not Role.POINT:
        known(work, POINT, point_id)
    elif work.actor.unit == point_id:
        work.require(POINT, point_id)
    else:
        raise NotFound(POINT.prefix, point_id)


def notice_within(work: Work, notice_id: str) -> notice.Notice:
    """The notice, which must be of a bureau that the actor acts for."""
    found: notice.Notice = work.require(NOTICE, notice_id)
    division = work.require(BATCH, found.batch_id).division
    work.within_or_unknown(NOTICE, notice_id, division)
    return found


def noticed(work: Work, application_id: str) -> events.NoticedUnit:
    state: application.Application = work.state(APPLICATION, application_id)
    return events.NoticedUnit(
        application_id=application_id,
        unit_name=work.open(state.unit_name),
        unit_kind=state.unit_kind,
        division=state.division,
        industry_group=state.industry_group,
        size=state.size,
        channel=state.channel,
    )


def may_answer(actor: Actor, body_unit: str | None, division: str) -> bool:
    """Whether somebody acts for the body that was asked about an applicant of this division.

    A unit's name alone tells no body: every district's market regulator bears the same one.
    """
    asked = body_unit is not None and body_unit == actor.unit
    return asked and covers(actor.division, division)


def identities(
    kind: UnitKind, credit_code: str | None, division: str, unit_name: str
) -> list[tuple[str, ...]]:
    """What tells one unit from another.

    A business its credit code: two may bear one name. A village or chamber its name within its
    division, without what looks like nothing and in one spelling, and its code if it has one.
    """
    code = [("code", credit_code)] if credit_code else []
    if kind not in (UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER):
        return [*code]
    return [*code, ("name", division, spelling(unit_name))]


class about:  # noqa: N801 - reads as a phrase where it is used
    """Says which item of a list a refusal is about."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Refused):
            raise Refused(error.reason, str(error), [self._path]) from None


def last_point_of(work: Work, names: Names) -> Point:
    """The point that the unit was last, or is; one that never was when it has not been any."""
    for identity in names:
        holder = work.holder_of(POINT_OF_UNIT, identity)
        if holder is not None:
            point: Point = work.state(POINT, holder.removeprefix(f"{POINT.prefix}-"))
            return point
    return Point()


def hold_names(work: Work, names: Names, point_id: str, field: str) -> None:
    """Let the point hold what its unit is told by, instead of what it held before.

    A point that has retired keeps its unit's names until the unit is a point anew, so that its
    terms are found. If a point in office holds one of them, the command is refused.
    """
    stream = POINT.stream(point_id)
    work.release(POINT_OF_UNIT, stream)
    for identity in names:
        last = last_point_of(work, [identity])
        if last.status is PointStatus.RETIRED:
            work.release(POINT_OF_UNIT, POINT.stream(last.point_id))
        work.claim(POINT_OF_UNIT, identity, stream, Reason.UNIT_IS_POINT_ALREADY, field)


def of(aggregate: Aggregate, field: str) -> Any:
    return lambda command: aggregate.stream(getattr(command, field))


def point_of(application_id: str) -> str:
    """The id of the point an application becomes: always the same, so no retry makes two."""
    return str(uuid.uuid5(uuid.UUID(application_id), "point"))
