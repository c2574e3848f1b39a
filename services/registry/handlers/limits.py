"""Counting limits anew, once the working days of a year are known; the timekeeper's alone."""

from __future__ import annotations

from services.registry.handlers import aggregates
from shared.contracts.errors import NotFound
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.work import Work

BY_PREFIX: dict[str, Aggregate] = {
    its.prefix: its for its in vars(aggregates).values() if isinstance(its, Aggregate)
}
"""Every aggregate of the registry, by what its streams' names begin with."""


def aggregate_of(stream: str) -> tuple[Aggregate, str]:
    """What a stream is of, and the id. Raises NotFound."""
    prefix, _, identifier = stream.partition("-")
    if prefix not in BY_PREFIX:
        raise NotFound(prefix, identifier)
    return BY_PREFIX[prefix], identifier


def recompute_limit(work: Work, command: commands.RecomputeLimit) -> None:
    aggregate, identifier = aggregate_of(command.stream)
    work.decide(aggregate, identifier, command)


ROUTES: dict[type, Route] = {
    commands.RecomputeLimit: Route(
        {Role.SYSTEM}, lambda command: str(command.stream), recompute_limit
    ),
}
