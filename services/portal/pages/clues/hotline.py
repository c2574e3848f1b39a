"""The 12345 hotline's work orders, from a table."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.hotline_sheet import HOTLINE_SHEET
from services.portal.pages.asking import ask_page
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.districts import bureau
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.sheet_form import SheetUpload
from services.portal.pages.submitting import Submitted, go_on, new_form
from services.portal.web.access import allow
from services.portal.web.reading import Unreadable
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.clues.entries import entry_problems
from shared.contracts.clues.fields import Entry
from shared.contracts.errors import Invalid, Problem
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.contracts.sheets import Sheet
from shared.reference.divisions import Divisions

pages = Blueprint("hotline", __name__)

_BUREAU = (Role.OFFICER, Role.LEADER)
_PATH = "/hotline-imports"
MOST_ROWS = 1_000
"""Rows of one table: so many are taken in while somebody waits for the page."""
_AT_ONCE = 100
"""Rows of one command: each makes keys of its own, and a command has only so many seconds."""
UPLOAD = SheetUpload(
    "ImportHotline",
    HOTLINE_SHEET,
    {
        "number": "工单编号",
        "nature": "类别",
        "division": "区划代码",
        "text": "内容",
        "reporting": "反映方式",
        "body": "被反映单位",
        "kinds": "问题类型",
        "topics": "意见方面",
        "happened_on": "发生日期",
        "place": "地点",
        "amount": "涉及金额（元）",
        "unit_concerned": "涉及单位",
        "urgent": "是否紧急",
        "retaliation": "是否打击报复",
        "reporter_name": "反映人",
        "reporter_phone": "反映人电话",
    },
    "hotline_imported",
    words={
        ("file", "not_in_vocabulary"): "不是可以填写的词，请对照表格说明。",
        ("file", "wrong_type"): "请填写以元为单位的数字，最多两位小数。",
        ("file", "out_of_range"): "金额应大于 0，不超过 100 亿元；日期不能晚于今天。",
        ("file", "bad_format"): "格式不对：日期写成 2026-03-02，电话写成 13900001234。",
        ("file", "duplicate"): "与前面的行重复。",
        ("file", "out_of_scope"): "不属于本局管辖的区县。",
    },
    service="clues",
)
_PARTLY = "前面 {} 件工单已经导入。改正后请再次导入整张表格，已经导入的不会重复。"


@pages.get(_PATH)
@allow(*_BUREAU, Role.AUDITOR)
def imports() -> Answer:
    return _page(None)


@pages.post(_PATH)
@takes_files
@allow(Role.OFFICER)
def take_in() -> Response | Answer:
    """A table however long, in parts that a command can carry; what is known is passed over.

    Nothing is sent while anything is found wrong with any row of it.
    """
    typed = Form.of(request.form)
    sheet = UPLOAD.read(typed)
    if isinstance(sheet, Submitted):
        return _page(sheet)
    wrong = _found_wrong(typed, sheet)
    return _page(wrong) if wrong else _send(typed, list(_parts(sheet)))


def _parts(sheet: Sheet, rows: int = _AT_ONCE) -> Iterator[Sheet]:
    orders, lines = sheet.said["orders"], sheet.lines["orders"]
    for first in range(0, len(orders), rows):
        end = first + rows
        yield Sheet({"orders": orders[first:end]}, {"orders": lines[first:end]})


def _found_wrong(typed: Form, sheet: Sheet) -> Submitted | None:
    if len(sheet.said["orders"]) > MOST_ROWS:
        told = {"file": f"一次最多导入 {MOST_ROWS} 件，请分成几张表格。"}
        return Submitted(Form(typed.values, told), status=422)
    problems = [its for row in _parts(sheet, 1) for its in _wrong_with(typed, row)]
    if not problems:
        return None
    tell = UPLOAD.form(sheet).tell
    assert tell is not None
    return Submitted(tell(typed, Invalid(problems)), status=422)


def _wrong_with(typed: Form, row: Sheet) -> Sequence[Problem]:
    """All that can be told of a row before it is sent, by its line."""
    contract = CATALOGUE["clues"].commands.find("ImportHotline")
    try:
        (order,) = contract.load(_payload(typed, 0, row)).orders
    except Invalid as invalid:
        return row.at_lines(invalid).problems
    found = [
        Problem(f"orders[0].entry.{its.path}", its.code, its.message)
        for its in (*entry_problems(order.entry), *_out_of_reach(order.entry))
    ]
    return row.at_lines(Invalid(found)).problems


def _out_of_reach(entry: Entry) -> Iterator[Problem]:
    day = today()
    if not covers(current_visitor().division, entry.division):
        yield Problem("division", Reason.OUT_OF_SCOPE, "belongs to another bureau")
    elif not Divisions.for_year(day.year).is_known(entry.division):
        yield Problem("division", "unknown_division", "is not in the table of divisions")
    if entry.happened_on is not None and entry.happened_on > day:
        yield Problem("happened_on", "out_of_range", "is not to come")


def _send(typed: Form, parts: Sequence[Sheet]) -> Response | Answer:
    """Part by part. The ids of a part follow from the form's, so the form again is the same."""
    done: Submitted | None = None
    for number, part in enumerate(parts):
        own = Form({**typed.values, "command_id": [_named(typed, f"part/{number}")]})
        answer = UPLOAD.form(part).submit(own, _payload(typed, number, part))
        if answer.is_done:
            done = answer
        elif answer.reason != Reason.ALL_TAKEN_IN:
            return _page(_partly(typed, answer, number * _AT_ONCE))
    if done is None:
        return go_on(_PATH, Submitted(typed), "hotline_known")
    return go_on(_PATH, done, UPLOAD.note)


def _partly(typed: Form, answer: Submitted, taken: int) -> Submitted:
    """The form as it was sent, with what is wrong with the part that was not taken in."""
    problem = answer.form.problem
    if taken:
        problem = " ".join(filter(None, (problem, _PARTLY.format(taken))))
    return replace(answer, form=Form(typed.values, answer.form.errors, problem))


def _payload(typed: Form, number: int, part: Sheet) -> dict[str, Any]:
    return {**part.said, "import_id": _named(typed, f"import/{number}"), "division": bureau()}


def _named(typed: Form, name: str) -> str:
    """An id that follows from the form's. Raises Unreadable for one that is none."""
    try:
        own = uuid.UUID(typed.value("command_id"))
    except ValueError:
        raise Unreadable("页面上的办理编号无法识别，请重新打开页面后再提交。") from None
    return str(uuid.uuid5(own, name))


def _page(shown: Submitted | None) -> Answer:
    cursor = cursor_asked(request.args)
    if shown is None:
        shown = Submitted(new_form())
    return form_page(
        "clues/hotline.html",
        ask_page(
            "ListHotlineImports", cursor=cursor, service="clues", after=after_asked(request.args)
        ),
        shown,
        UPLOAD.labels,
        cursor=cursor,
        example=HOTLINE_SHEET.example,
        takes=current_visitor().role is Role.OFFICER,
        most=MOST_ROWS,
    )
