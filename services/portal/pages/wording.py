"""How dates, times, shares and days left read in Chinese; Jinja filters of the same names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.portal.money import zh_yuan
from shared.contracts.days import SHANGHAI
from shared.contracts.days import days_left as whole_days_left

_SOON = 2
"""Days before the last one in which a limit is shown as near."""


def zh_date(day: dt.date | str | None) -> str:
    """2026年3月8日; a day may come as in JSON, an instant gives its day in Shanghai."""
    if day is None:
        return "—"
    day = _day(day)
    return f"{day.year}年{day.month}月{day.day}日"


def iso_date(day: dt.date | str | None) -> str:
    """2026-03-08, for `<time datetime>`."""
    return "" if day is None else _day(day).isoformat()


def zh_time(instant: dt.datetime | str | None) -> str:
    """2026年3月8日 09:05, in Shanghai."""
    if instant is None:
        return "—"
    instant = _instant(instant).astimezone(SHANGHAI)
    return f"{zh_date(instant.date())} {instant:%H:%M}"


def days_left(
    last_day: dt.date | str, today: dt.date, first_day: dt.date | str | None = None
) -> str:
    """How long something runs that ends with `last_day`; its first day may lie before us."""
    first = today if first_day is None else _day(first_day)
    days = whole_days_left(first, _day(last_day), today)
    if today < first:
        return f"还剩 {days} 天（从{'明天' if (first - today).days == 1 else zh_date(first)}算起）"
    if days == 0:
        return "已结束"
    return "今天截止" if days == 1 else f"还剩 {days} 天（含今天）"


def notice_title(notice: Mapping[str, Any]) -> str:
    """What tells a notice from others of its day and batch: when, and whom it is about."""
    first, *others = (unit["unit_name"] for unit in notice["units"])
    about = f"{first}等 {len(others) + 1} 个单位" if others else first
    return f"{zh_date(notice['published_on'])}公示（{about}）"


def limit_words(last_day: dt.date | str, today: dt.date, provisional: bool = False) -> str:
    """How long somebody has for what is due on `last_day`, or for how long it is overdue.

    Nobody is late by a provisional day, which may yet move (decision 012).
    """
    overdue = (today - _day(last_day)).days
    if provisional and overdue > 0:
        return "暂定期限已过，待重新计算"
    return f"已逾期 {overdue} 天" if overdue > 0 else days_left(last_day, today)


def limit_tone(last_day: dt.date | str, today: dt.date) -> str:
    """The tone of a tag that says it: `bad` when overdue, `waiting` when soon, else `going`."""
    days = (_day(last_day) - today).days
    if days < 0:
        return "bad"
    return "waiting" if days <= _SOON else "going"


def zh_number(number: int | None) -> str:
    """12,345; "—" for none."""
    return "—" if number is None else f"{number:,}"


def zh_share(hundredths: int | None) -> str:
    """A share in hundredths of a percent as 12.34%; "—" of nothing."""
    return "—" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}%"


FILTERS = (
    *(zh_date, iso_date, zh_time),
    *(days_left, limit_words, limit_tone),
    notice_title,
    *(zh_number, zh_share, zh_yuan),
)


def _day(day: dt.date | str) -> dt.date:
    if isinstance(day, str):
        return _instant(day).astimezone(SHANGHAI).date() if "T" in day else _plain(day)
    return day.astimezone(SHANGHAI).date() if isinstance(day, dt.datetime) else day


def _plain(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def _instant(instant: dt.datetime | str) -> dt.datetime:
    return dt.datetime.fromisoformat(instant) if isinstance(instant, str) else instant
