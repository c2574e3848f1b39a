"""The working calendar: what is known of each year, and loading a year from a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_all
from services.portal.pages.command_form import Answer, after_of, form_page
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked
from services.portal.pages.setting_fields import SETTING, may_set, why_not
from services.portal.pages.sheet_form import SheetUpload
from services.portal.pages.submitting import Submitted, filled, new_form, text, whole
from services.portal.web.access import allow, everyone
from services.portal.web.uploads import takes_files
from services.portal.working_days_sheet import WORKING_DAYS_SHEET
from shared.contracts.days import ONE_DAY

pages = Blueprint("working_days", __name__)

_WEEKDAYS = "一二三四五六日"
_SATURDAY = 6
LOAD = SheetUpload(
    "LoadWorkingDays",
    WORKING_DAYS_SHEET,
    {"day": "日期", "kind": "安排", "name": "说明", "source": "依据文件"},
    "working_days_loaded",
    {"year": "年份", "source": "依据文件"},
    {
        ("year", "missing"): "请填写年份。",
        ("year", "wrong_type"): "请填写四位数的年份，例如 2027。",
        ("year", "out_of_range"): "请填写四位数的年份，例如 2027。",
        ("year", "nothing_changes"): "该年已经是这样安排的，不需要再次载入。",
        ("source", "missing"): "请填写依据文件。",
        ("file", "bad_format"): "请按 2027-02-05 的格式填写日期。",
        ("file", "not_in_vocabulary"): "请填写“放假”或者“上班”。",
        ("file", "duplicate"): "与前面的行重复。",
        ("file", "out_of_range"): "不是这一年的日期。",
        ("file", "not_allowed"): "只有周末才需要安排上班，依据文件也只能有一个。",
    },
)


@pages.get("/working-days")
@everyone
def working_days() -> str:
    """One year's days, that of `?year=`, else this year's."""
    part = ask_all("ListWorkingDays", {}, after_asked(request.args))
    years: dict[int, Mapping[str, Any]] = {its["year"]: its for its in part.result or ()}
    asked = request.args.get("year", "")
    year = int(asked) if asked in {str(its) for its in years} else today().year
    return render_template(
        "office/working_days.html",
        part=part,
        stale=part.stale,
        years=years,
        year=year,
        its=years.get(year),
        off=spans(years[year]) if year in years else [],
        worked=[_with_weekday(day) for day in years[year]["worked"]] if year in years else [],
        missing=_missing(years),
        may_set=may_set(),
    )


@pages.get("/working-days/load")
@allow(*SETTING)
def loading() -> Answer:
    return _page(None)


@pages.post("/working-days/load")
@takes_files
@allow(*SETTING)
def load() -> Response | Answer:
    """A year from a table (CSV), whole or not at all; faults are told by their lines."""
    typed = Form.of(request.form)
    year = whole(typed, "year")
    beside = filled(year=year, source=text(typed, "source"))
    return LOAD.send(typed, beside, "/working-days", _page, year=str(year or ""))


def spans(year: Mapping[str, Any]) -> list[str]:
    """The days off of a year in words, runs of them together: 2月15日至2月23日，共 9 天.

    A weekend within a run, or at its end, belongs to it unless it is worked.
    """
    off, worked = _days(year["off"]), _days(year["worked"])
    runs: list[list[dt.date]] = []
    for day in sorted(off):
        if runs and all(_is_free(gap, off, worked) for gap in _between(runs[-1][-1], day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_span(_with_weekend(run, worked)) for run in runs]


def _missing(years: Collection[int]) -> list[int]:
    """This year and the next, as far as nothing is known of them."""
    this = today().year
    return [year for year in (this, this + 1) if year not in years]


def _page(shown: Submitted | None) -> Answer:
    part = ask_all("ListWorkingDays", {}, after_of(shown))
    known = {its["year"] for its in part.result or ()}
    if shown is None:
        wanted = _missing(known) if part.result else []
        shown = Submitted(new_form(year=str(wanted[0]) if wanted else ""))
    return form_page(
        "office/working_days_load.html",
        part,
        shown,
        LOAD.labels,
        example=WORKING_DAYS_SHEET.example,
        why_not=why_not(),
    )


def _days(texts: Collection[str]) -> set[dt.date]:
    return {dt.date.fromisoformat(text) for text in texts}


def _between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + number * ONE_DAY for number in range(1, (last - first).days)]


def _is_free(day: dt.date, off: set[dt.date], worked: set[dt.date]) -> bool:
    return day in off or (day.isoweekday() >= _SATURDAY and day not in worked)


def _with_weekend(run: list[dt.date], worked: set[dt.date]) -> tuple[dt.date, dt.date]:
    first, last = run[0], run[-1]
    while _is_free(first - ONE_DAY, set(), worked):
        first -= ONE_DAY
    while _is_free(last + ONE_DAY, set(), worked):
        last += ONE_DAY
    return first, last


def _span(run: tuple[dt.date, dt.date]) -> str:
    first, last = run
    days = (last - first).days + 1
    if days == 1:
        return _with_weekday(first)
    return f"{_with_weekday(first)}至{_with_weekday(last)}，共 {days} 天"


def _with_weekday(day: dt.date | str) -> str:
    day = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.isoweekday() - 1]}）"
