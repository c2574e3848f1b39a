"""The work list as a table to take along, with the filters of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response

from services.portal.labels import label
from services.portal.pages.asking import all_items
from services.portal.pages.clues.case_act import handled_by, names_of_officers
from services.portal.pages.clues.work_list import asked_filters
from services.portal.pages.layout import division_name, today
from services.portal.pages.sheets import csv_response, xlsx_response
from services.portal.pages.wording import iso_date, limit_words
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("exporting", __name__)

_WATCHING = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
HEAD = (
    *("线索编号", "问题类型", "反映的机关", "行政区划代码", "行政区划", "阶段"),
    *("最近期限", "期限至", "期限情况", "预警和催督", "承办人", "收到日期"),
    *("反映途径", "反映方式", "发生日期", "涉及金额（元）", "紧急", "打击报复"),
    *("核实结论", "处理结果", "反映人评价", "办理次数"),
)


@pages.get("/clues.csv")
@allow(*_WATCHING)
def clues_csv() -> Response:
    """All that the filters leave, without anybody's words. Raises ServiceAway."""
    return csv_response("clues.csv", HEAD, _rows())


@pages.get("/clues.xlsx")
@allow(*_WATCHING)
def clues_xlsx() -> Response:
    """The same for spreadsheets. Raises ServiceAway."""
    return xlsx_response("clues.xlsx", HEAD, _rows())


def _rows() -> Iterator[list[str]]:
    asked, _ = asked_filters()
    names = names_of_officers()
    return (_row(clue, names) for clue in all_items("clues", "ListClues", asked))


def _row(its: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The columns of the page in its order, and then what it does not show."""
    return [
        its["clue_id"],
        _words(its["kinds"], "clue_kind"),
        its["body"],
        its["division"],
        division_name(its["division"]),
        label(its["status"], "clue_status"),
        *_limit(next(iter(its["limits"]), None)),
        handled_by(its, names),
        iso_date(its["filed_at"]),
        label(its["way"], "way"),
        label(its["reporting"], "reporting"),
        iso_date(its["happened_on"]),
        _yuan(its["amount"]),
        _flag(its["urgent"]),
        _flag(its["retaliation"]),
        label(its["finding"], "clue_finding") if its["finding"] else "",
        _words(its["outcomes"], "outcome_kind"),
        label(its["satisfaction"], "satisfaction") if its["satisfaction"] else "",
        str(its["round"]),
    ]


def _limit(its: Mapping[str, Any] | None) -> list[str]:
    """The limit that is due next: its name, last day, standing, and how far it was urged."""
    if its is None:
        return ["", "", "", ""]
    raised = label(its["raised"], "alarm_stage") if its["raised"] else ""
    since = f"（{its['raised_on']}）" if raised else ""
    return [
        label(its["name"], "clue_limit"),
        iso_date(its["due_on"]),
        _standing(its),
        f"{raised}{since}",
    ]


def _standing(limit: Mapping[str, Any]) -> str:
    """As the page's tags say it."""
    day, words = today(), limit_words(limit["due_on"], today(), limit["provisional"])
    to_come = limit["provisional"] and limit["due_on"] >= day.isoformat()
    return f"{words}（暂定）" if to_come else words


def _words(names: list[str], kind: str) -> str:
    return "、".join(label(name, kind) for name in names)


def _yuan(fen: int | None) -> str:
    """As a spreadsheet reads a number; nothing for none."""
    return "" if fen is None else f"{fen // 100}.{fen % 100:02}"


def _flag(value: bool) -> str:
    return "是" if value else "否"
