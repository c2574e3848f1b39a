"""Size classes at and beside every limit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.registry.vocabulary import Size, Trade
from shared.reference.enterprise_size import (
    MEASURES,
    SIZES,
    BadLimitTable,
    MeasureMissing,
    UnknownTrade,
    classify,
    trades_judged_by,
)

# rules.md section 1, unit data: lower limits of large, medium, small
LIMITS = {
    "industry": {"staff": (1000, 300, 20), "revenue_wan": (40000, 2000, 300)},
    "retail": {"staff": (300, 50, 10), "revenue_wan": (20000, 500, 100)},
    "hotel_catering": {"staff": (300, 100, 10), "revenue_wan": (10000, 2000, 100)},
    "storage": {"staff": (200, 100, 20), "revenue_wan": (30000, 1000, 100)},
    "transport": {"staff": (1000, 300, 20), "revenue_wan": (30000, 3000, 200)},
    "construction": {"revenue_wan": (80000, 6000, 300), "assets_wan": (80000, 5000, 300)},
    # the rest of the standard of 2011-06-18
    "agriculture": {"revenue_wan": (20000, 500, 50)},
    "wholesale": {"staff": (200, 20, 5), "revenue_wan": (40000, 5000, 1000)},
    "postal": {"staff": (1000, 300, 20), "revenue_wan": (30000, 2000, 100)},
    "information": {"staff": (2000, 100, 10), "revenue_wan": (100000, 1000, 100)},
    "software": {"staff": (300, 100, 10), "revenue_wan": (10000, 1000, 50)},
    "real_estate": {"revenue_wan": (200000, 1000, 100), "assets_wan": (10000, 5000, 2000)},
    "property_management": {"staff": (1000, 300, 100), "revenue_wan": (5000, 1000, 500)},
    "leasing_business": {"staff": (300, 100, 10), "assets_wan": (120000, 8000, 100)},
    "other": {"staff": (300, 100, 10)},
}
CLASSES = ("large", "medium", "small", "micro")
BOUNDARIES = [
    (trade, measure, tier)
    for trade, measures in LIMITS.items()
    for measure in measures
    for tier in range(3)
]
PLENTY = 10**9
HEADER = "since,trade,measure,large,medium,small\n"
FISHING = HEADER + "2011-06-18,fishing,staff,100,50,5\n"


def sized(trade: str, **values: int | None) -> str:
    given: dict[str, int | None] = {
        measure: values.get(measure, PLENTY if measure in LIMITS[trade] else None)
        for measure in MEASURES
    }
    return classify(trade, given["staff"], given["revenue_wan"], given["assets_wan"])


@pytest.mark.parametrize(("trade", "measure", "tier"), BOUNDARIES)
def test_a_limit_is_met_at_its_value_and_missed_one_below(
    trade: str, measure: str, tier: int
) -> None:
    limit = LIMITS[trade][measure][tier]
    assert sized(trade, **{measure: limit}) == CLASSES[tier]
    assert sized(trade, **{measure: limit - 1}) == CLASSES[tier + 1]
    assert sized(trade, **{measure: limit + 1}) == CLASSES[tier]


@pytest.mark.parametrize("trade", LIMITS)
def test_with_nothing_a_unit_is_micro_and_with_plenty_it_is_large(trade: str) -> None:
    assert sized(trade) == "large"
    assert sized(trade, **dict.fromkeys(MEASURES, 0)) == "micro"


@given(st.sampled_from(sorted(LIMITS)), st.data())
def test_the_class_is_that_of_the_weakest_measure(trade: str, data: st.DataObject) -> None:
    values = {measure: data.draw(st.integers(0, 100_000)) for measure in LIMITS[trade]}
    alone = [sized(trade, **{measure: value}) for measure, value in values.items()]
    assert sized(trade, **values) == max(alone, key=CLASSES.index)


def test_many_hands_with_little_revenue_make_no_large_enterprise() -> None:
    assert classify("industry", 1200, 1500) == "small"
    assert classify("industry", 1200, 2500) == "medium"


def test_each_trade_tells_what_it_is_judged_by() -> None:
    for measure in MEASURES:
        assert trades_judged_by(measure) == {its for its in LIMITS if measure in LIMITS[its]}


def test_construction_is_judged_without_staff_and_retail_without_assets() -> None:
    assert classify("construction", None, 6000, 5000) == "medium"
    assert classify("construction", 1, 6000, 5000) == "medium"
    assert classify("retail", 50, 500, 0) == "medium"


@pytest.mark.parametrize(
    ("trade", "staff", "revenue", "missing"),
    [
        ("construction", 500, 6000, "assets_wan"),
        ("industry", None, 6000, "staff"),
        ("industry", 500, None, "revenue_wan"),
    ],
)
def test_a_measure_that_the_trade_needs_is_named_when_it_is_missing(
    trade: str, staff: int | None, revenue: int | None, missing: str
) -> None:
    with pytest.raises(MeasureMissing) as caught:
        classify(trade, staff, revenue)
    assert caught.value.measure == missing


def test_nothing_is_below_zero() -> None:
    with pytest.raises(ValueError, match="below 0"):
        classify("retail", -1, 500)


def test_trades_and_classes_are_those_of_the_published_vocabulary() -> None:
    assert list(SIZES) == [size.value for size in Size]
    assert set(LIMITS) == {trade.value for trade in Trade}
    assert classify(Trade.STORAGE, 200, 30000) == Size.LARGE


def test_an_unknown_trade_has_no_limits() -> None:
    with pytest.raises(UnknownTrade, match="fishing"):
        classify("fishing", 1, 1)


def test_limits_hold_from_their_day_on(tmp_path: Path) -> None:
    table = tmp_path / "limits.csv"
    table.write_text(FISHING + "2027-01-01,fishing,staff,200,80,5\n")

    def on(day: dt.date | None) -> str:
        return classify("fishing", 100, None, on=day, table=table)

    assert on(dt.date(2026, 12, 31)) == "large"
    assert on(dt.date(2027, 1, 1)) == "medium"
    assert on(None) == "medium"
    with pytest.raises(UnknownTrade, match="2011-06-17"):
        on(dt.date(2011, 6, 17))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("", "columns"),
        (FISHING + "2011-06-18,fishing,staff,200,80,5\n", "two rows"),
        (FISHING + "lately,fishing,revenue_wan,200,80,5\n", ":3: a day"),
        (FISHING + "2011-06-18,fishing,revenue_wan,200,many,5\n", ":3: a day"),
        (FISHING + "2011-06-18,fishing,revenue_wan,200\n", ":3: a day"),
        (FISHING + "2011-06-18,fishing,revenue_wan,80,200,5\n", "fall"),
        (FISHING + "2011-06-18,fishing,revenue_wan,200,80,0\n", "above 0"),
        (FISHING + "2011-06-18,fishing,boats,200,80,5\n", "measure"),
    ],
)
def test_a_table_with_a_slip_is_refused_whole(tmp_path: Path, table: str, complaint: str) -> None:
    path = tmp_path / "limits.csv"
    path.write_text(table)
    with pytest.raises(BadLimitTable, match=complaint):
        classify("fishing", 100, 100, table=path)
