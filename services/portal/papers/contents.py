"""What stands in each paper, made of what the registry's queries answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from services.portal.labels import label
from services.portal.papers.words import (
    Answer,
    Content,
    basis,
    clear,
    day_of,
    division_name,
    paper,
    unit_rows,
    zh_day,
)


def application_form(told: Answer, batch: Answer, documents: Sequence[Answer]) -> Content:
    """申报表: what the unit has stated, for its seal."""
    channel = label(told["channel"], "channel")
    recommended = f"{channel}（{told['recommender']}）" if told.get("recommender") else channel
    rows = [
        ("申报批次", batch["title"]),
        *unit_rows(told),
        ("单位地址", clear(told["address"])),
        ("联系人", clear(told["contact_name"])),
        ("联系电话", clear(told["contact_phone"])),
        ("产生方式", recommended),
        ("申报日期", zh_day(day_of(told["filed_at"]))),
    ]
    listed = [
        {"kind": label(its["kind"], "document_kind"), "day": day_of(its["attached_at"])}
        for its in documents
        if its["withdrawn_at"] is None
    ]
    title = "行政执法监督联系点申报表"
    return paper(title, batch["division"], day_of(told["filed_at"]), rows=rows, documents=listed)


def notice(told: Answer, batch: Answer, address: str) -> Content:
    """公示 with the list that was published; what was corrected and who has left since is told.

    address: of the page on which everybody can object
    """
    units = [told["first_shown"].get(its["application_id"], its) for its in told["units"]]
    names = {its["application_id"]: its["unit_name"] for its in units}
    return paper(
        f"关于{batch['title']}拟确定名单的公示",
        batch["division"],
        told["published_on"],
        text=told["text"],
        address=address,
        first_day=told["first_day"],
        last_day=told["last_day"],
        units=[{**_listed(its), "left": _left(told, its)} for its in units],
        corrections=[_correction(names, its) for its in told["corrections"]],
    )


def objection_report(told: Answer, today: dt.date) -> Content | None:
    """异议核实报告 of the bureau that runs the batch; None while the objection is open.

    Who objected does not stand in it.
    """
    if told["outcome"] is None:
        return None
    rows = [
        ("公示单位", told["unit_name"]),
        ("所在区县", division_name(told["division"])),
        ("收到日期", zh_day(told["raised_on"])),
        ("提出方式", "匿名" if told["anonymous"] else "实名"),
    ]
    return paper(
        "关于公示异议的核实报告",
        told["bureau"],
        today.isoformat(),
        rows=rows,
        facts=clear(told["facts"]),
        outcome=label(told["outcome"], "objection_outcome"),
        reasons=told.get("reasons"),
    )


def designation(told: Answer, batch: Answer, points: Sequence[Answer]) -> Content | None:
    """确定决定 for the units of a notice that are points; None before there is one."""
    if not points:
        return None
    return paper(
        f"关于确定{batch['title'].removesuffix('遴选')}的决定",
        batch["division"],
        max(point["designated_on"] for point in points),
        basis=basis(batch["division"]),
        first_day=told["first_day"],
        last_day=told["last_day"],
        units=[_listed(unit) for unit in told["units"] if _is_of(unit, points)],
    )


def certificate(point: Answer, batch: Answer) -> Content | None:
    """证书 of the bureau that designated it; None for a point that has retired."""
    if point["retired_on"] is not None:
        return None
    return paper(
        "行政执法监督联系点证书",
        batch["division"],
        point["designated_on"],
        unit_name=point["unit_name"],
        number=point["certificate_number"],
        designated_on=point["designated_on"],
        term_began_on=point["term_began_on"],
        term_ends_on=point["term_ends_on"],
    )


def retirement(point: Answer, batch: Answer) -> Content | None:
    """退出决定 of the bureau that designated it; None for a point in office."""
    if point["retired_on"] is None:
        return None
    return paper(
        "关于行政执法监督联系点退出的决定",
        batch["division"],
        point["retired_on"],
        basis=basis(batch["division"]),
        unit_name=point["unit_name"],
        designated_on=point["designated_on"],
        retired_on=point["retired_on"],
        ground=label(point["ground"], "retirement_ground"),
    )


def _listed(unit: Answer) -> Content:
    return {
        "name": unit["unit_name"],
        "division": division_name(unit["division"]),
        "industry": label(unit["industry_group"], "industry_group"),
        "channel": label(unit["channel"], "channel"),
    }


def _left(notice: Answer, unit: Answer) -> str | None:
    """From which day on the unit is no candidate any more."""
    day: str | None = notice["departed"].get(unit["application_id"])
    return day


def _correction(names: Answer, its: Answer) -> Content:
    named = ("wrong", "correction", "corrected_on", "first_day", "last_day")
    return {"name": names[its["application_id"]], **{name: its[name] for name in named}}


def _is_of(unit: Answer, points: Sequence[Answer]) -> bool:
    return any(point["application_id"] == unit["application_id"] for point in points)
