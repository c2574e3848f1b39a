"""Size classes of enterprises, by staff, revenue and assets (rules.md section 1, unit data).

The limits are those of the four ministries' standard of 2011-06-18 (MIIT 2011 No. 300). They lie
in a table, a row for a trade and measure: from which day on, and the lower limits of large,
medium and small. A new standard is more rows with a later day; a trade whose rows change gets
all its rows anew.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SIZES: Mapping[str, str] = {
    "large": "大型",
    "medium": "中型",
    "small": "小型",
    "micro": "微型",
    "individual": "个体工商户",
    "not_applicable": "不适用",
}
"""Size class -> Chinese name. The last two are stated, not worked out."""

MEASURES = ("staff", "revenue_wan", "assets_wan")
COLUMNS = ["since", "trade", "measure", "large", "medium", "small"]
BUILT_IN = Path(__file__).with_name("data") / "enterprise-size-limits.csv"

_TIERS = ("large", "medium", "small")
_NONE = "micro"


class UnknownTrade(LookupError):
    """No limits hold for that trade on that day."""


class MeasureMissing(ValueError):
    """The trade is judged by a measure that was not given; `measure` names it."""

    def __init__(self, trade: str, measure: str) -> None:
        super().__init__(f"{measure} is needed to size a unit of the trade {trade}")
        self.measure = measure


class BadLimitTable(ValueError):
    """A table that cannot be relied on; the text names file and line."""


@dataclass(frozen=True)
class Limits:
    """Lower limits of one measure for one trade: persons, or 10,000 yuan."""

    since: dt.date
    trade: str
    measure: str
    large: int
    medium: int
    small: int

    def tier(self, value: int) -> str:
        """The highest class whose limit `value` reaches."""
        limits = zip(_TIERS, (self.large, self.medium, self.small), strict=True)
        return next((tier for tier, limit in limits if value >= limit), _NONE)


def classify(
    trade: str,
    staff: int | None,
    revenue_wan: int | None,
    assets_wan: int | None = None,
    *,
    on: dt.date | None = None,
    table: Path = BUILT_IN,
    more: Sequence[Limits] = (),
) -> str:
    """The size class by the limits that hold on a day, or by the newest.

    A class needs all its limits met; missing one leads a tier lower, and so on. So the class is
    that of the weakest measure. staff: persons; the others: 10,000 yuan. A measure that the trade
    is not judged by may be None and changes nothing. Raises UnknownTrade, MeasureMissing,
    ValueError for a negative value, BadLimitTable.

    more: limits set beside the table's; of a trade and day that both name, only these hold
    """
    given = dict(zip(MEASURES, (staff, revenue_wan, assets_wan), strict=True))
    tiers = []
    for limits in limits_in_force(trade, on=on, table=table, more=more):
        value = given[limits.measure]
        if value is None:
            raise MeasureMissing(trade, limits.measure)
        if value < 0:
            raise ValueError(f"{limits.measure} is below 0")
        tiers.append(limits.tier(value))
    return max(tiers, key=[*_TIERS, _NONE].index)


def trades_judged_by(measure: str, table: Path = BUILT_IN) -> frozenset[str]:
    """The trades of which a measure is needed to size a unit. Raises BadLimitTable."""
    return frozenset(row.trade for row in _load(table) if row.measure == measure)


def limits_in_force(
    trade: str,
    *,
    on: dt.date | None = None,
    table: Path = BUILT_IN,
    more: Sequence[Limits] = (),
) -> list[Limits]:
    """What a trade is judged by on a day, a measure each; the rest as in `classify`.

    Raises UnknownTrade, BadLimitTable.
    """
    named = {(row.trade, row.since) for row in more}
    known = (*more, *(row for row in _load(table) if (row.trade, row.since) not in named))
    rows = [row for row in known if row.trade == trade and (on is None or row.since <= on)]
    if not rows:
        raise UnknownTrade(f"no limits hold for the trade {trade} on {on or 'any day'}")
    newest = max(row.since for row in rows)
    return [row for row in rows if row.since == newest]


@cache
def _load(path: Path) -> tuple[Limits, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise BadLimitTable(f"{path}:1: the columns are {','.join(COLUMNS)}")
        table = tuple(_limits(row, f"{path}:{reader.line_num}") for row in reader)
    named = [(row.since, row.trade, row.measure) for row in table]
    if len(set(named)) < len(named):
        raise BadLimitTable(f"{path}: two rows say the same day, trade and measure")
    return table


def _limits(row: Mapping[str, str], where: str) -> Limits:
    try:
        since = dt.date.fromisoformat(row["since"])
        large, medium, small = (int(row[tier]) for tier in _TIERS)
    except (ValueError, TypeError):
        raise BadLimitTable(f"{where}: a day and three whole numbers are expected") from None
    if not large > medium > small > 0:
        raise BadLimitTable(f"{where}: the limits of large, medium and small fall, all above 0")
    if row["measure"] not in MEASURES or not row["trade"]:
        raise BadLimitTable(f"{where}: a measure is one of {', '.join(MEASURES)}")
    return Limits(since, row["trade"], row["measure"], large, medium, small)
