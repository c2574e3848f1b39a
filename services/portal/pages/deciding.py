"""What a meeting makes of its candidates, as a form says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.portal.pages.forms import Form
from services.portal.pages.submitting import whole

LISTED, RESERVE, LEFT_OUT, LATER = "listed", "reserve", "left_out", "later"
PLACES = (
    (LISTED, "列入名单"),
    (RESERVE, "列为候补"),
    (LEFT_OUT, "不列入名单"),
    (LATER, "下次再研究"),
)
"""What a meeting makes of a candidate. Once it leaves one out, the round is closed for all."""

_ITEM = re.compile(r"(listed|reserves|left_out)\[([0-9]+)\](\.reasons)?.*")


@dataclass(frozen=True)
class Candidate:
    """rank: place in the order that the rules propose; told: what tells the unit from others"""

    application_id: str
    unit_name: str
    told: str
    rank: int | None = None
    within: bool = False


@dataclass(frozen=True)
class Decision:
    """What a form makes of its candidates; the reserves in their order."""

    listed: list[str] = field(default_factory=list)
    reserves: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, typed: Form) -> Decision:
        by_place: dict[str, list[str]] = {LISTED: [], RESERVE: [], LEFT_OUT: [], LATER: []}
        for each in typed.chosen("candidates"):
            by_place.get(typed.value(f"place-{each}"), by_place[LATER]).append(each)
        reserves = sorted(by_place[RESERVE], key=lambda each: _rank_key(typed, each))
        return cls(by_place[LISTED], reserves, by_place[LEFT_OUT], by_place[LATER])

    def field_of(self, path: str) -> str:
        """The field of the form that a path in the command's payload is about."""
        found = _ITEM.fullmatch(path)
        if found is None:
            return LISTED if path in ("reserves", "left_out") else path.partition("[")[0]
        of_side = getattr(self, found[1])[int(found[2])]
        return f"{'reasons' if found[3] else 'place'}-{of_side}"


def _rank_key(typed: Form, application_id: str) -> int:
    rank = whole(typed, f"rank-{application_id}")
    return rank if isinstance(rank, int) else 0
