"""Putting a coordination meeting on record, with the tasks that it gave, a few rows of them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.districts import areas, bureau
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.meetings import RECORDING
from services.portal.pages.submitting import (
    Submitted,
    Words,
    boxes_of,
    day,
    filled,
    new_form,
    text,
)
from services.portal.web.access import allow

pages = Blueprint("meeting_form", __name__)

_FIRST_ROWS, _MORE_ROWS, _MOST_ROWS = 2, 3, 50
_TASK = re.compile(r"tasks\[([0-9]+)\]\.(owner|what|due_on)")
_PARTS = {"owner": "责任单位", "what": "任务内容", "due_on": "期限"}
_NAMES = {
    "division": "行政区划",
    "held_on": "会议日期",
    "subject": "会议主题",
    "bodies": "参加单位",
    "minutes": "会议纪要",
}
_WORDS: Words = {
    ("held_on", "missing"): "请填写会议日期。",
    ("held_on", "bad_format"): "没有这一天，请核对日期。",
    ("held_on", "out_of_range"): "会议日期不能晚于今天。",
    ("subject", "missing"): "请填写会议主题。",
    ("bodies", "missing"): "请填写参加单位，一行一个。",
    ("bodies", "bad_length"): "请填写参加单位，一行一个，每个不超过 200 个字。",
    ("bodies", "duplicate"): "同一个单位写了两次，请删除重复的。",
    ("minutes", "missing"): "请填写会议纪要。",
    ("minutes", "bad_length"): "会议纪要不超过 4000 个字。",
}


@pages.get("/meetings/new")
@allow(*RECORDING)
def new() -> Answer:
    return _page(None)


@pages.post("/meetings/new")
@allow(*RECORDING)
def record() -> Response | Answer:
    """`more` asks for more rows and sends nothing. Rows that are empty give no task."""
    typed = Form.of(request.form)
    if typed.value("more"):
        return _page(Submitted(_with_rows(typed, _rows(typed) + _MORE_ROWS)))
    given = [row for row in range(_rows(typed)) if _is_given(typed, row)]
    meeting_id = typed.value("meeting_id")
    payload = filled(
        meeting_id=meeting_id,
        division=typed.value("division"),
        held_on=day(typed, "held_on"),
        subject=text(typed, "subject"),
        minutes=text(typed, "minutes"),
    )
    payload |= {
        "bodies": [line.strip() for line in text(typed, "bodies").split("\n") if line.strip()],
        "tasks": [_task(typed, row) for row in given],
    }
    names = _names(typed)
    form = CommandForm(
        "RecordCoordinationMeeting",
        names,
        _words(names),
        "meeting_recorded",
        field_of=partial(_field, given),
    )
    return form.send(typed, payload, f"/meetings/{meeting_id}", _page)


def _page(shown: Submitted | None) -> Answer:
    if shown is None:
        first = boxes_of("held_on", today().isoformat())
        form = new_form(meeting_id=str(uuid.uuid4()), division=bureau(), **first)
        shown = Submitted(_with_rows(form, _FIRST_ROWS))
    page = render_template(
        "office/meeting_form.html",
        submitted=shown,
        form=shown.form,
        names=_names(shown.form),
        parts=_PARTS,
        rows=range(_rows(shown.form)),
        most=_MOST_ROWS,
        divisions=areas(bureau()),
    )
    return page, shown.status


def _with_rows(form: Form, rows: int) -> Form:
    """The form with so many rows for tasks, each with the id of the task it may become."""
    rows = min(rows, _MOST_ROWS)
    ids = {f"task_id-{row}": [str(uuid.uuid4())] for row in range(rows)}
    return Form({**ids, **form.values, "rows": [str(rows)]}, form.errors, form.problem)


def _rows(form: Form) -> int:
    typed = form.value("rows")
    return min(int(typed), _MOST_ROWS) if re.fullmatch("[0-9]{1,2}", typed) else 0


def _is_given(typed: Form, row: int) -> bool:
    said = (text(typed, f"owner-{row}"), text(typed, f"what-{row}"), day(typed, f"due_on-{row}"))
    return any(said)


def _task(typed: Form, row: int) -> dict[str, Any]:
    return filled(
        task_id=typed.value(f"task_id-{row}"),
        owner=text(typed, f"owner-{row}"),
        what=text(typed, f"what-{row}"),
        due_on=day(typed, f"due_on-{row}"),
    )


def _names(form: Form) -> dict[str, str]:
    """The fields with their labels, those of the tasks' rows with their row's number."""
    of_tasks = {
        f"{part}-{row}": f"第 {row + 1} 项任务的{word}"
        for row in range(_rows(form))
        for part, word in _PARTS.items()
    }
    return {**_NAMES, **of_tasks}


def _words(names: dict[str, str]) -> Words:
    told = dict(_WORDS)
    for name in names:
        if name.startswith("owner-"):
            told[name, "missing"] = "请填写由谁负责。"
        elif name.startswith("what-"):
            told[name, "missing"] = "请写明任务内容。"
        elif name.startswith("due_on-"):
            told[name, "missing"] = "请填写期限。"
            told[name, "bad_format"] = "没有这一天，请核对日期。"
            told[name, "out_of_range"] = "期限不能早于会议日期。"
    return told


def _field(given: Sequence[int], path: str) -> str:
    """`tasks[1].owner` is in the second row that was filled in."""
    found = _TASK.fullmatch(path)
    if found is None:
        return path.partition("[")[0]
    return f"{found[2]}-{given[int(found[1])]}"
