"""What papers share: how days, divisions and erased data read, and the head of a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from shared.contracts.days import SHANGHAI, business_date
from shared.reference.divisions import Divisions

Answer = Mapping[str, Any]
Content = dict[str, Any]

_OF_PROVINCE: Mapping[str, str] = {"43": "湖南省行政执法监督条例"}
_ANYWHERE = "行政执法监督和行政执法监督联系点管理的有关规定"
_ERASED = "（个人信息已依法删除）"


def zh_day(day: str) -> str:
    """2026年3月8日 for 2026-03-08."""
    found = dt.date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def day_of(instant: str) -> str:
    """The day in Shanghai of an instant as JSON has it."""
    return business_date(dt.datetime.fromisoformat(instant)).isoformat()


def zh_minute(instant: str) -> str:
    """2026年3月8日9时05分, in Shanghai; the next minute where some of it is over."""
    at = dt.datetime.fromisoformat(instant).astimezone(SHANGHAI)
    if at.second or at.microsecond:
        at = at.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    return f"{zh_day(at.date().isoformat())}{at.hour}时{at.minute:02}分"


def clear(value: str | None) -> str:
    return _ERASED if value is None else value


def division_name(code: str) -> str:
    """Its name; the newest table's, since a paper is read by people of today."""
    divisions = Divisions.for_year(dt.date.max.year)
    return divisions.name(code) if divisions.is_known(code) else code


def paper(title: str, division: str, day: str, **more: Any) -> Content:
    """A paper of the bureau of a division, of that day."""
    return {"title": title, "issuer": f"{division_name(division)}司法局", "day": day, **more}


def basis(division: str) -> str:
    """By which rules a bureau decides about points: those of its province, where we know them."""
    known = _OF_PROVINCE.get(division[:2])
    return f"《{known}》和行政执法监督联系点管理的有关规定" if known else _ANYWHERE


def unit_rows(told: Answer) -> list[tuple[str, str]]:
    """What a unit is, row by row."""
    return [
        ("单位名称", clear(told["unit_name"])),
        ("统一社会信用代码", told["credit_code"] or "—"),
        ("单位类别", label(told["unit_kind"], "unit_kind")),
        ("所在区县", division_name(told["division"])),
        ("行业", label(told["industry_group"], "industry_group")),
        ("规模", label(told["size"], "size")),
    ]
