"""What stands in each paper, made of what the registry's queries answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.labels import label
from shared.contracts.days import business_date
from shared.reference.divisions import Divisions

Answer = Mapping[str, Any]
Content = dict[str, Any]

_ERASED = "（个人信息已依法删除）"


def application_form(told: Answer, batch: Answer, documents: Sequence[Answer]) -> Content:
    """申报表: what the unit has stated, for its seal."""
    channel = label(told["channel"], "channel")
    recommended = f"{channel}（{told['recommender']}）" if told.get("recommender") else channel
    rows = [
        ("申报批次", batch["title"]),
        *_unit(told),
        ("单位地址", _clear(told["address"])),
        ("联系人", _clear(told["contact_name"])),
        ("联系电话", _clear(told["contact_phone"])),
        ("产生方式", recommended),
        ("申报日期", zh_day(_day(told["filed_at"]))),
    ]
    listed = [
        {"kind": label(its["kind"], "document_kind"), "day": _day(its["attached_at"])}
        for its in documents
        if its["withdrawn_at"] is None
    ]
    title = "行政执法监督联系点申报表"
    return _paper(title, batch["division"], _day(told["filed_at"]), rows=rows, documents=listed)


def review_opinion(told: Answer, batch: Answer) -> Content | None:
    """资格审查意见; None before the review has concluded."""
    concluded = next(
        (its for its in reversed(told["history"]) if its["type"] == "ReviewConcluded"), None
    )
    if concluded is None:
        return None
    checks = [
        {
            "check": label(its["check"], "check"),
            "finding": label(its["finding"], "finding"),
            "evidence": _clear(its["evidence"]),
            "day": _day(its["made_at"]),
        }
        for its in told["checks"]
    ]
    changed = concluded["changed"]
    return _paper(
        "行政执法监督联系点资格审查意见",
        batch["division"],
        _day(concluded["occurred_at"]),
        rows=[("申报批次", batch["title"]), *_unit(told)],
        checks=checks,
        votes_for=str(changed["votes_for"]),
        votes_against=str(changed["votes_against"]),
        conclusion=label(changed["conclusion"], "conclusion"),
        reasons=told.get("reasons"),
    )


def notice(told: Answer, batch: Answer) -> Content:
    """公示, with what was corrected since."""
    return _paper(
        f"关于{batch['title']}拟确定名单的公示",
        batch["division"],
        told["published_on"],
        text=told["text"],
        first_day=told["first_day"],
        last_day=told["last_day"],
        units=[_listed(unit) for unit in told["units"]],
        corrections=[_correction(told, its) for its in told["corrections"]],
    )


def objection_report(told: Answer, today: dt.date) -> Content | None:
    """异议核实报告; None while the objection is open. Who objected does not stand in it."""
    if told["outcome"] is None:
        return None
    rows = [
        ("公示单位", told["unit_name"]),
        ("所在区县", _division(told["division"])),
        ("收到日期", zh_day(told["raised_on"])),
        ("提出方式", "匿名" if told["anonymous"] else "实名"),
    ]
    return _paper(
        "关于公示异议的核实报告",
        _city(told["division"]),
        today.isoformat(),
        rows=rows,
        facts=_clear(told["facts"]),
        outcome=label(told["outcome"], "objection_outcome"),
        reasons=told.get("reasons"),
    )


def designation(told: Answer, batch: Answer, points: Sequence[Answer]) -> Content | None:
    """确定决定 for the units of a notice that are points; None before there is one."""
    if not points:
        return None
    return _paper(
        f"关于确定{batch['title']}的决定",
        batch["division"],
        max(point["designated_on"] for point in points),
        units=[_listed(unit) for unit in told["units"] if _is_of(unit, points)],
    )


def certificate(point: Answer) -> Content | None:
    """证书; None for a point that has retired."""
    if point["retired_on"] is not None:
        return None
    return _paper(
        "行政执法监督联系点证书",
        _city(point["division"]),
        point["designated_on"],
        unit_name=point["unit_name"],
        number=point["certificate_number"],
        designated_on=point["designated_on"],
        term_began_on=point["term_began_on"],
        term_ends_on=point["term_ends_on"],
    )


def retirement(point: Answer) -> Content | None:
    """退出决定; None for a point in office."""
    if point["retired_on"] is None:
        return None
    return _paper(
        "关于行政执法监督联系点退出的决定",
        _city(point["division"]),
        point["retired_on"],
        unit_name=point["unit_name"],
        designated_on=point["designated_on"],
        retired_on=point["retired_on"],
        ground=label(point["ground"], "retirement_ground"),
    )


def zh_day(day: str) -> str:
    """2026年3月8日 for 2026-03-08."""
    found = dt.date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"


def _paper(title: str, division: str, day: str, **more: Any) -> Content:
    return {"title": title, "issuer": f"{_division(division)}司法局", "day": day, **more}


def _unit(told: Answer) -> list[tuple[str, str]]:
    return [
        ("单位名称", _clear(told["unit_name"])),
        ("统一社会信用代码", told["credit_code"] or "—"),
        ("单位类别", label(told["unit_kind"], "unit_kind")),
        ("所在区县", _division(told["division"])),
        ("行业", label(told["industry_group"], "industry_group")),
        ("规模", label(told["size"], "size")),
    ]


def _listed(unit: Answer) -> Content:
    return {
        "name": unit["unit_name"],
        "division": _division(unit["division"]),
        "industry": label(unit["industry_group"], "industry_group"),
        "channel": label(unit["channel"], "channel"),
    }


def _correction(notice: Answer, its: Answer) -> Content:
    (unit,) = (u for u in notice["units"] if u["application_id"] == its["application_id"])
    named = ("wrong", "correction", "corrected_on", "first_day", "last_day")
    return {"name": unit["unit_name"], **{name: its[name] for name in named}}


def _is_of(unit: Answer, points: Sequence[Answer]) -> bool:
    return any(point["application_id"] == unit["application_id"] for point in points)


def _division(code: str) -> str:
    """Its name; the newest table's, since a paper is read by people of today."""
    divisions = Divisions.for_year(dt.date.max.year)
    return divisions.name(code) if divisions.is_known(code) else code


def _city(division: str) -> str:
    """The prefecture-level city that a district lies in."""
    return f"{division[:4]}00"


def _clear(value: str | None) -> str:
    return _ERASED if value is None else value


def _day(instant: str) -> str:
    """The day in Shanghai of an instant as JSON has it."""
    return business_date(dt.datetime.fromisoformat(instant)).isoformat()
