"""What a stream is of, and whose: for commands that may be about any."""

from __future__ import annotations

from services.registry.handlers import aggregates
from services.registry.handlers.aggregates import (
    BATCH,
    NOTICE,
    POINT,
    RENEWAL,
    RETIREMENT,
    REVIEW_GROUP,
)
from shared.contracts.errors import NotFound
from shared.service.aggregate import Aggregate
from shared.service.work import Work

_BY_PREFIX = {its.prefix: its for its in vars(aggregates).values() if isinstance(its, Aggregate)}
"""Every aggregate of the registry, by what its streams' names begin with."""


def aggregate_of(stream: str) -> tuple[Aggregate, str]:
    """What a stream is of, and the id. Raises NotFound."""
    prefix, _, identifier = stream.partition("-")
    if prefix not in _BY_PREFIX:
        raise NotFound(prefix, identifier)
    return _BY_PREFIX[prefix], identifier


def division_of(work: Work, aggregate: Aggregate, identifier: str) -> str:
    """Whose it is: a notice and a group are their batch's bureau's, a procedure its point's.

    Raises NotFound for what is not there, and for what is nobody's of one division.
    """
    state = work.require(aggregate, identifier)
    if aggregate in (NOTICE, REVIEW_GROUP):
        state = work.require(BATCH, state.batch_id)
    elif aggregate in (RENEWAL, RETIREMENT):
        state = work.require(POINT, state.point_id)
    division: str | None = getattr(state, "division", None)
    if division is None:
        raise NotFound(aggregate.prefix, identifier)
    return division
