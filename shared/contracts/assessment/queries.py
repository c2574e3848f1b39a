"""What the assessment service can be asked."""

from __future__ import annotations

from shared.contracts.fields import Whole
from shared.contracts.message import Vocabulary, define, public

QUERIES = Vocabulary("assessment", "query")


@define(QUERIES)
class ShowCoverage:
    """Share of active points by district beside its share of market entities of that year."""

    year: int = public(Whole(1949, 9999))
