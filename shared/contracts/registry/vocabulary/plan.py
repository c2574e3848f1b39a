"""How the places of a batch may be spread, and who is ranked first to fill them."""

from __future__ import annotations

from enum import StrEnum


class Apportionment(StrEnum):
    """How shares become whole places (rules of selection: coverage)."""

    LARGEST_REMAINDER = "largest_remainder"
    SAINTE_LAGUE = "sainte_lague"


class Weighting(StrEnum):
    """What a district's share follows from. `mixed`: both, in the proportion of the settings."""

    MARKET_ENTITIES = "market_entities"
    OUTPUT = "output"
    MIXED = "mixed"


class RankCriterion(StrEnum):
    """What decided a candidate's rank, from the first to the last that is looked at."""

    GAPS = "gaps"
    WIDTH = "width"
    FILED_ON = "filed_on"
    LOT = "lot"
