"""What the assessment service can be asked."""

from __future__ import annotations

from shared.contracts.fields import Whole
from shared.contracts.message import Vocabulary, define, public
from shared.contracts.registry.fields import division

QUERIES = Vocabulary("assessment", "query")


@define(QUERIES)
class ShowCoverage:
    """A bureau's active points by district beside the districts' share of market entities.

    `division` is the bureau's, `year` that of the figures.
    """

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
