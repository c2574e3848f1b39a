"""The order in which qualified candidates fill the gaps of a batch's plan, each rank explained.

One place after the other goes to whom it serves best: who fills most gaps (of district, industry
group and size); of those, whose gaps are the widest in proportion to what is planned; of those,
who was on record first; and at last by lot, which nobody can choose: the hash of batch and
application. The same facts give the same order to everyone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.registry.domain.batch_state import Plan
from shared.contracts.registry.vocabulary import RankCriterion


@dataclass(frozen=True)
class Candidate:
    """A qualified application, or one that holds a place already."""

    application_id: str
    division: str
    industry_group: str
    size: str
    filed_on: dt.date | None


@dataclass(frozen=True)
class Gap:
    """A side of the plan that the candidate fills: so many places of it were still open."""

    side: str
    name: str
    open: int
    planned: int


@dataclass(frozen=True)
class Ranked:
    """A candidate's rank, from 1 on.

    fills: gaps that it fills, as open as they were when its turn came
    decided_by: the criterion that set it before the others; those before it were ties
    tied: how many others were equal to it up to that criterion
    """

    rank: int
    application_id: str
    fills: tuple[Gap, ...]
    decided_by: RankCriterion
    tied: int


def rank(
    batch_id: str, plan: Plan, placed: Iterable[Candidate], candidates: Sequence[Candidate]
) -> list[Ranked]:
    """All candidates in order; `placed` hold places of the plan already."""
    filled = Counter(side for each in placed for side in _sides(each))
    remaining, order = list(candidates), list[Ranked]()
    while remaining:
        chosen = _next(batch_id, plan, filled, remaining, len(order) + 1)
        order.append(chosen)
        its = next(c for c in remaining if c.application_id == chosen.application_id)
        remaining.remove(its)
        filled.update(_sides(its))
    return order


def _next(
    batch_id: str,
    plan: Plan,
    filled: Counter[tuple[str, str]],
    remaining: Sequence[Candidate],
    number: int,
) -> Ranked:
    gaps = {each.application_id: _gaps(plan, filled, each) for each in remaining}
    merits: list[tuple[RankCriterion, Callable[[Candidate], Any]]] = [
        (RankCriterion.GAPS, lambda its: -len(gaps[its.application_id])),
        (RankCriterion.WIDTH, lambda its: -_width(gaps[its.application_id])),
        (RankCriterion.FILED_ON, lambda its: its.filed_on or dt.date.max),
        (RankCriterion.LOT, lambda its: _lot(batch_id, its.application_id)),
    ]
    best, decided_by, tied = list(remaining), RankCriterion.GAPS, 0
    for criterion, merit in merits:
        least = min(merit(its) for its in best)
        tied = len(best) - 1
        best = [its for its in best if merit(its) == least]
        decided_by = criterion
        if len(best) == 1:
            break
    chosen = best[0]
    return Ranked(number, chosen.application_id, gaps[chosen.application_id], decided_by, tied)


def _sides(candidate: Candidate) -> list[tuple[str, str]]:
    return [
        ("districts", candidate.division),
        ("groups", candidate.industry_group),
        ("sizes", candidate.size),
    ]


def _gaps(plan: Plan, filled: Counter[tuple[str, str]], candidate: Candidate) -> tuple[Gap, ...]:
    gaps = []
    for side, name in _sides(candidate):
        planned = getattr(plan, side).get(name, 0)
        still_open = planned - filled[side, name]
        if still_open > 0:
            gaps.append(Gap(side, name, still_open, planned))
    return tuple(gaps)


def _width(gaps: Iterable[Gap]) -> Fraction:
    """How much of what is planned is open, summed over the gaps."""
    return sum((Fraction(gap.open, gap.planned) for gap in gaps), Fraction(0))


def _lot(batch_id: str, application_id: str) -> bytes:
    return hashlib.sha256(f"{batch_id}|{application_id}".encode()).digest()
