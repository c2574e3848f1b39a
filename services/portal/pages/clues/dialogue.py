"""What is said with a reporter, what the bureau notes for itself, and follow-ups of retaliation.

A part of the page of a case, with a page of its own for each thing that is done there.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.acts import NO, YES, Act, Field
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.clues.case_act import SEALED
from services.portal.pages.clues.opening import ask_known, purpose
from services.portal.pages.command_form import Answer, after_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import LONGEST_CURSOR
from services.portal.pages.submitting import Submitted, boxes_of, new_form, whole
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("dialogue", __name__)

_OFFICER = (Role.OFFICER,)
_BUREAU = (Role.OFFICER, Role.LEADER)
_TOO_LONG = "不超过 4000 个字。"
ASK = Act(
    "AskReporter",
    "question",
    "向反映人提问",
    "提问",
    _OFFICER,
    "reporter_asked",
    (
        Field(
            "text",
            "想问什么",
            "area",
            hint="反映人凭查询码看到提问并回复。请不要写明办案安排，也不要写明其他人的情况。",
        ),
        Field(
            "days",
            "希望几个工作日内回复",
            "whole",
            hint="不填的，按设置的期限计算。到期没有回复的，不再催问，由您决定怎样继续办理。",
            optional=True,
        ),
    ),
    makes=("question_id",),
    words={
        ("text", "missing"): "请写明想问什么。",
        ("text", "bad_length"): f"提问{_TOO_LONG}",
        ("days", "out_of_range"): "请填写 1 到 60 之间的整数。",
        ("days", "wrong_type"): "请填写 1 到 60 之间的整数。",
    },
    service="clues",
)
NOTE = Act(
    "KeepNote",
    "note",
    "记工作备注",
    "保存",
    _BUREAU,
    "note_kept",
    (Field("text", "备注内容", "area", hint="只有司法局办理本件的人能够看到。加密保存。"),),
    says="工作备注不对联系点、被监督的机关和反映人显示，保存后不能修改。",
    makes=("note_id",),
    words={
        ("text", "missing"): "请填写备注内容。",
        ("text", "bad_length"): f"备注{_TOO_LONG}",
    },
    service="clues",
)
READ = Act(
    "MarkDialogueRead",
    "reading",
    "标为已阅",
    "标为已阅",
    _OFFICER,
    "dialogue_read",
    says="反映人的新消息标为已阅以后，不再在待办事项中提示。",
    service="clues",
)
FOLLOW_UP = Act(
    "RecordFollowUp",
    "follow-up",
    "登记回访",
    "登记",
    _BUREAU,
    "follow_up_recorded",
    (
        Field("done_on", "回访日期", "date"),
        Field(
            "means",
            "回访方式",
            "choice",
            hint="没有联系上的，改天再联系；多次没有联系上的，转入下一次回访。",
            choices=partial(label_choices, "follow_up_means"),
        ),
        Field(
            "suffering",
            "反映人是否仍受打击报复（没有联系上的不选）",
            "flag",
            choices=lambda: ((YES, "仍在受到打击报复"), (NO, "没有受到打击报复")),
        ),
        Field("text", "回访情况", "area", hint=SEALED),
    ),
    says="回访时请先确认对方方便说话。不要向其他人说明来意。",
    words={
        ("done_on", "missing"): "请填写回访日期。",
        ("done_on", "bad_format"): "没有这一天，请核对日期。",
        ("done_on", "out_of_range"): "回访日期不能早于立件之日，也不能晚于今天。",
        ("means", "missing"): "请选择回访方式。",
        ("suffering", "missing"): "请选择反映人是否仍受打击报复。",
        ("suffering", "not_allowed"): "没有联系上的，不选此项；已经选择的，请选择实际的回访方式。",
        ("text", "missing"): "请填写回访情况。",
        ("text", "bad_length"): f"回访情况{_TOO_LONG}",
    },
    service="clues",
)
ACTS = (ASK, NOTE, READ, FOLLOW_UP)


@dataclass(frozen=True)
class Conversation:
    """What a case's page shows of it; `command_id` is of the form that says that it was read."""

    part: Part
    command_id: str


def conversation_of(clue_id: str) -> Conversation:
    """Of a case that is opened. Raises NotFound."""
    part = ask_known("OpenDialogue", clue_id=clue_id, purpose=purpose())
    return Conversation(part, str(uuid.uuid4()))


def on_desk() -> list[tuple[str, Part]]:
    """What an officer finds on their desk: news of reporters, and follow-ups; of what there is."""
    if current_visitor().role is not Role.OFFICER:
        return []
    asked = [
        (name, ask_part("clues", query, {"mine": True, "limit": _MOST_ON_DESK}))
        for name, query in _LISTS
    ]
    return [its for its in asked if its[1].away or its[1].result["items"]]


_MOST_ON_DESK = 5
NEWS, DUE = "反映人的新消息", "打击报复回访"
_LISTS = ((NEWS, "ListDialogues"), (DUE, "ListFollowUps"))
_CURSORS = ("news", "due")


@pages.get("/dialogues")
@allow(*_BUREAU)
def dialogues() -> str:
    """All of both lists, each by its own pages; with `?mine=1` only the visitor's own."""
    mine = request.args.get("mine") == "1"
    cursors = {name: request.args.get(name, "")[:LONGEST_CURSOR] for name in _CURSORS}
    lists = [
        (name, ask_page(query, {"mine": mine}, cursors[cursor] or None, "clues"), cursor)
        for (name, query), cursor in zip(_LISTS, _CURSORS, strict=True)
    ]
    kept = {name: its for name, its in cursors.items() if its}
    return render_template("clues/dialogues.html", lists=lists, mine=mine, cursors=kept)


def _add(act: Act) -> None:
    @allow(*act.roles)
    def show(clue_id: str) -> Answer:
        """Raises NotFound."""
        return _page(act, clue_id, None)

    @allow(*act.roles)
    def carry_out(clue_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        said = {"up_to": whole(typed, "up_to")} if act is READ else {}
        payload = act.payload(typed, clue_id=clue_id, **said)
        return act.form.send(typed, payload, f"/clues/{clue_id}", partial(_page, act, clue_id))

    address = f"/clues/<clue_id>/{act.path}"
    pages.add_url_rule(address, f"ask_{act.command}", show, methods=["GET"])
    pages.add_url_rule(address, act.command, carry_out, methods=["POST"])


for _its in ACTS:
    _add(_its)


def _page(act: Act, clue_id: str, shown: Submitted | None) -> Answer:
    part = ask_known("OpenDialogue", after_of(shown), clue_id=clue_id, purpose=purpose())
    if shown is None:
        shown = Submitted(_new(act, part))
    page = FormPage(
        title=act.title,
        action=f"/clues/{clue_id}/{act.path}",
        button=act.button,
        back=("线索详情", f"/clues/{clue_id}"),
        up=[("问题线索", "/clues")],
        fields=act.fields,
        facts=_facts(act, part.result) if part.result else (),
        says=act.says,
        why_not=_why_not(act, part.result) if part.result else "",
        kept=("up_to",) if act is READ else act.makes,
    )
    return page.show(part, shown)


def _new(act: Act, part: Part) -> Form:
    values = {name: str(uuid.uuid4()) for name in act.makes}
    if act is FOLLOW_UP:
        values |= boxes_of("done_on", today().isoformat())
    if act is READ and part.result:
        values["up_to"] = str(part.result["news"])
    return new_form(**values)


def _facts(act: Act, its: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [("线索编号", str(its["clue_id"]))]
    if act is FOLLOW_UP and its["follow_ups"]:
        told = its["follow_ups"]
        found.append(("回访", label(told["status"], "follow_up_status")))
        if told["due_on"]:
            found.append((f"第 {told['number']} 次回访", f"{zh_date(told['due_on'])}以前"))
    return found


def _why_not(act: Act, its: Mapping[str, Any]) -> str:
    """ "" for what is possible."""
    if act is ASK and not its["reachable"]:
        return "本件的反映人没有查询码，看不到提问，请用其他方式联系。"
    if act is READ and its["news"] == its["read"]:
        return "没有新消息。"
    if act is FOLLOW_UP and its["follow_ups"] is None:
        return "只有打击报复另行立件的，才安排回访。"
    return ""
