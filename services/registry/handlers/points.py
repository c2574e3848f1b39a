"""Contact points."""

from __future__ import annotations

from services.registry.handlers.aggregates import POINT
from services.registry.handlers.common import (
    POINT_OF_UNIT,
    known,
    of,
)
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def retire_point(work: Work, command: commands.RetirePoint) -> None:
    known(work, POINT, command.point_id)
    work.decide(POINT, command.point_id, command)
    work.release(POINT_OF_UNIT, POINT.stream(command.point_id))


ROUTES: dict[type, Route] = {
    commands.RetirePoint: Route({Role.LEADER}, of(POINT, "point_id"), retire_point),
}
