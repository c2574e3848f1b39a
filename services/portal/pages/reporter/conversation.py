"""What a reporter and the bureau say to each other, on the reporter's page: answers and additions.

Which case it is follows from the receipt that the visitor's browser brings; no address names it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import Part, ask_part
from services.portal.pages.clues.story import clear
from services.portal.pages.command_form import Answer
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from shared.contracts.clues.vocabulary import QuestionStanding
from shared.contracts.errors import NotFound
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.zh import REFUSALS

pages = Blueprint("reporter_conversation", __name__)

AREA = "/report/progress"
BACK = ("办理进展", AREA)
TEMPLATE = "reporter/conversation.html"
_SEALED = "加密保存，只有司法局办理本件的人能够看到，不告知代为反映的联系点和被反映的机关。"
ANSWER = Act(
    "AnswerQuestion",
    "question",
    "回复提问",
    "提交回复",
    (Role.REPORTER,),
    "answered_by_reporter",
    (Field("text", "您的回复", "area", hint=f"提交后不能修改。{_SEALED}"),),
    words={
        ("text", "missing"): "请填写回复。",
        ("text", "bad_length"): "回复不超过 4000 个字。",
    },
    service="clues",
)
ADD = Act(
    "AddInformation",
    "information",
    "补充情况",
    "提交",
    (Role.REPORTER,),
    "added_by_reporter",
    (Field("text", "还想告诉我们的", "area", hint=f"提交后不能修改。{_SEALED}"),),
    says="办理期间和办结以后都可以补充。",
    makes=("information_id",),
    words={
        ("text", "missing"): "请填写补充的情况。",
        ("text", "bad_length"): "补充的情况不超过 4000 个字。",
    },
    service="clues",
)


def told(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the template shows beside a case as `FollowReceipt` tells it; None of an opinion.

    `{away, open, entries}`: questions that wait for an answer, and all that was said, in order
    """
    if case["nature"] != "clue":
        return None
    part = _conversation()
    entries = part.result["entries"] if part.result else []
    waiting = [its for its in entries if _waits(its)]
    in_clear = partial(clear, locked=_is_locked(part))
    return {"away": part.away, "open": waiting, "entries": entries, "in_clear": in_clear}


def _conversation() -> Part:
    """Raises NotFound where the receipt leads nowhere."""
    return ask_part("clues", "ShowConversation")


def _is_locked(part: Part) -> bool:
    return bool(part.result and part.result["locked"])


def _waits(entry: Mapping[str, Any]) -> bool:
    return bool(entry["kind"] == "question" and entry["standing"] != QuestionStanding.ANSWERED)


@pages.get(f"{AREA}/question/<question_id>")
@allow(Role.REPORTER)
def ask_question(question_id: str) -> Answer:
    """Raises NotFound."""
    return _answer_page(question_id, None)


@pages.post(f"{AREA}/question/<question_id>")
@allow(Role.REPORTER)
def send_question(question_id: str) -> Response | Answer:
    """Raises NotFound."""
    again = partial(_answer_page, question_id)
    return _send(ANSWER, again, question_id=question_id)


@pages.get(f"{AREA}/information")
@allow(Role.REPORTER)
def ask_information() -> Answer:
    """Raises NotFound."""
    return _add_page(None)


@pages.post(f"{AREA}/information")
@allow(Role.REPORTER)
def send_information() -> Response | Answer:
    """Raises NotFound."""
    return _send(ADD, _add_page)


def _send(act: Act, again: Any, **about: str) -> Response | Answer:
    """Back to the case, whose address names nothing."""
    typed = Form.of(request.form)
    done = act.form.submit(typed, act.payload(typed, **about))
    shown: Answer | Response = (
        redirect(f"{AREA}?note={act.note}", 303) if done.is_done else again(done)
    )
    return shown


def _answer_page(question_id: str, shown: Submitted | None) -> Answer:
    part = _conversation()
    entries = part.result["entries"] if part.result else []
    question = next((its for its in entries if its["id"] == question_id), None)
    if part.result and (question is None or question["kind"] != "question"):
        raise NotFound("question", question_id)
    answered = question is not None and not _waits(question)
    page = replace(
        _form_page(ANSWER, f"question/{question_id}"),
        facts=_facts(question, _is_locked(part)) if question else (),
        why_not=REFUSALS[Reason.QUESTION_ANSWERED] if answered else "",
    )
    return page.show(part, shown or Submitted(new_form()))


def _facts(question: Mapping[str, Any], locked: bool) -> list[tuple[str, str]]:
    provisional = "（暂定）" if question["provisional"] else ""
    return [
        ("司法局的提问", clear(question["text"], locked)),
        ("提问日期", zh_date(question["on"])),
        ("希望什么时候以前回复", f"{zh_date(question['due_on'])}{provisional}"),
    ]


def _add_page(shown: Submitted | None) -> Answer:
    part = _conversation()
    may_add = part.result is None or part.result["may_add"]
    page = replace(
        _form_page(ADD, ADD.path), why_not="" if may_add else "这是一件意见建议，没有这一步。"
    )
    fresh = Submitted(new_form(information_id=str(uuid.uuid4())))
    return page.show(part, shown or fresh)


def _form_page(act: Act, path: str) -> FormPage:
    return FormPage(
        title=act.title,
        action=f"{AREA}/{path}",
        button=act.button,
        back=BACK,
        fields=act.fields,
        says=act.says,
        kept=act.makes,
    )
