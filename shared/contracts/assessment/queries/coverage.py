"""How points cover a bureau's districts."""

from __future__ import annotations

import datetime as dt

from shared.contracts.assessment.queries.vocabulary import QUERIES
from shared.contracts.fields import Day, Whole
from shared.contracts.message import define, public
from shared.contracts.registry.fields import division


@define(QUERIES)
class ShowCoverage:
    """A bureau's active points by district beside the districts' share of market entities.

    division: the bureau's; year: that of the figures, without one the latest on record up to `day`
    day: on which the points counted where they did, without one today
    """

    division: str = public(division())
    year: int | None = public(Whole(1949, 9999, allow_none=True))
    day: dt.date | None = public(Day(allow_none=True))
