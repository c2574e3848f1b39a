"""Counting limits anew, once the working days of a year are known; the timekeeper's alone."""

from __future__ import annotations

from services.registry.handlers.streams import aggregate_of
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def recompute_limit(work: Work, command: commands.RecomputeLimit) -> None:
    aggregate, identifier = aggregate_of(command.stream)
    work.decide(aggregate, identifier, command)


ROUTES: dict[type, Route] = {
    commands.RecomputeLimit: Route(
        {Role.SYSTEM}, lambda command: str(command.stream), recompute_limit
    ),
}
