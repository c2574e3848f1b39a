"""The order in which candidates fill a plan's gaps: right, explained, the same for everyone."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.batch_state import Plan
from services.registry.domain.ranking import Candidate, Ranked, rank
from tests.services.registry.telling import uid

DAY = dt.date(2026, 3, 2)
BATCH = uid(1)
PLAN = Plan({"430211": 2, "430203": 1}, {"manufacturing": 2, "retail": 1}, {"large": 1, "small": 2})


def candidate(number: int, division: str, group: str, size: str, filed: int = 0) -> Candidate:
    return Candidate(uid(number), division, group, size, DAY + dt.timedelta(days=filed))


def ranked(*candidates: Candidate, placed: tuple[Candidate, ...] = ()) -> list[Ranked]:
    return rank(BATCH, PLAN, placed, candidates)


def order(told: list[Ranked]) -> list[str]:
    return [its.application_id for its in told]


def test_whoever_fills_most_gaps_comes_first_and_it_is_said_which() -> None:
    fits, misses = (
        candidate(1, "430203", "retail", "small"),
        candidate(2, "430203", "services", "small"),
    )
    first, second = ranked(misses, fits)
    assert (first.application_id, first.decided_by, first.tied) == (uid(1), "gaps", 1)
    assert [(gap.side, gap.name, gap.open, gap.planned) for gap in first.fills] == [
        ("districts", "430203", 1, 1),
        ("groups", "retail", 1, 1),
        ("sizes", "small", 2, 2),
    ]
    assert [(gap.side, gap.open) for gap in second.fills] == [("sizes", 1)]


def test_of_equals_the_one_whose_gaps_are_widest_comes_first() -> None:
    placed = candidate(9, "430211", "manufacturing", "small")
    of_half, of_whole = (
        candidate(1, "430211", "manufacturing", "small"),
        candidate(2, "430203", "manufacturing", "small"),
    )
    first, _ = ranked(of_half, of_whole, placed=(placed,))
    assert (first.application_id, first.decided_by) == (uid(2), "width")


def test_of_equals_the_one_on_record_first_comes_first_and_then_a_lot_decides() -> None:
    late, early = (
        candidate(1, "430211", "manufacturing", "small", 3),
        candidate(2, "430211", "manufacturing", "small", 1),
    )
    first, _ = ranked(late, early)
    assert (first.application_id, first.decided_by) == (uid(2), "filed_on")

    same = [candidate(n, "430211", "manufacturing", "small") for n in range(1, 6)]
    told = ranked(*same)
    assert (told[0].decided_by, told[0].tied) == ("lot", 4)
    assert order(told) != sorted(order(told))


def test_without_a_plan_candidates_come_as_they_were_filed() -> None:
    told = rank(BATCH, Plan(), (), [candidate(n, "430211", "retail", "small", -n) for n in (1, 2)])
    assert order(told) == [uid(2), uid(1)]
    assert all(its.fills == () for its in told)


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.integers(1, 99),
        st.sampled_from(["430211", "430203", "430204"]),
        st.sampled_from(["manufacturing", "retail", "chamber"]),
        st.sampled_from(["large", "small"]),
        st.integers(0, 2),
    ),
    unique_by=lambda its: its.application_id,
    max_size=12,
)


@given(candidates=CANDIDATES, seed=st.integers())
def test_the_order_in_which_candidates_are_named_changes_nothing(
    candidates: list[Candidate], seed: int
) -> None:
    shuffled = list(candidates)
    random.Random(seed).shuffle(shuffled)
    told = ranked(*candidates)
    assert ranked(*shuffled) == told
    assert sorted(order(told)) == sorted(its.application_id for its in candidates)
    assert [its.rank for its in told] == list(range(1, len(candidates) + 1))


@given(candidates=CANDIDATES)
def test_nobody_fills_fewer_gaps_than_somebody_who_comes_later_would_have(
    candidates: list[Candidate],
) -> None:
    told = ranked(*candidates)
    by_id = {its.application_id: its for its in candidates}
    filled: Counter[tuple[str, str]] = Counter()

    def gaps(its: Candidate) -> int:
        sides: dict[str, Any] = {
            "districts": its.division,
            "groups": its.industry_group,
            "sizes": its.size,
        }
        return sum(
            filled[side, name] < getattr(PLAN, side).get(name, 0) for side, name in sides.items()
        )

    for place, its in enumerate(told):
        assert gaps(by_id[its.application_id]) == len(its.fills)
        assert len(its.fills) == max(gaps(by_id[each.application_id]) for each in told[place:])
        chosen = by_id[its.application_id]
        filled.update(
            [
                ("districts", chosen.division),
                ("groups", chosen.industry_group),
                ("sizes", chosen.size),
            ]
        )
