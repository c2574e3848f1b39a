"""Opinions for those who answer them: the list, one opened with its words, and its answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.acts import NO, YES, Act, Field
from services.portal.pages.asking import Part, ask_page
from services.portal.pages.clues import telling
from services.portal.pages.clues.case_act import officers
from services.portal.pages.clues.my_filings import RELAY_ANSWER
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.clues.opinion_recusal import RECUSE
from services.portal.pages.clues.story import Story, clear
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, new_form, text
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import OpinionResolution, OpinionStatus
from shared.contracts.roles import Role

pages = Blueprint("opinions_filed", __name__)

BUREAU = (Role.OFFICER, Role.LEADER)
LIST = ("意见建议", "/opinions-filed")
PURPOSE = "办理意见建议"
_STATUSES = tuple(its for its in OpinionStatus if its is not OpinionStatus.ABSENT)
ANSWER = Act(
    "AnswerOpinion",
    "answer",
    "答复意见建议",
    "答复",
    (Role.OFFICER,),
    "opinion_answered_back",
    (
        Field(
            "resolution",
            "怎样处理",
            "choice",
            hint="选择采纳的，立项改进并跟踪落实，请填写下面两项。",
            choices=partial(label_choices, "opinion_resolution"),
        ),
        Field("answer", "答复内容", "area", hint="告知提出人的话。"),
        Field("proposal", "改进什么（采纳时填写）", "area", optional=True),
        Field("responsible", "由谁负责改进（采纳时填写）", width="full", optional=True),
    ),
    words={
        ("resolution", "missing"): "请选择怎样处理。",
        ("answer", "missing"): "请填写答复内容。",
        ("answer", "bad_length"): "答复不超过 4000 个字。",
        ("proposal", "missing"): "采纳的，请写明改进什么。",
        ("proposal", "not_allowed"): "没有采纳的，请清空此项。",
        ("responsible", "missing"): "采纳的，请写明由谁负责改进。",
        ("responsible", "not_allowed"): "没有采纳的，请清空此项。",
    },
    service="clues",
)

TAKE = Act(
    "TakeOpinionAsClue",
    "clue",
    "转为问题线索",
    "转为线索",
    (Role.OFFICER,),
    "opinion_became_clue",
    (
        *(telling.KINDS, telling.BODY, telling.HAPPENED_ON, telling.AMOUNT),
        telling.UNIT_CONCERNED,
        Field(
            "urgent",
            "是否紧急",
            "flag",
            hint="紧急的，一个工作日内决定是否受理。",
            choices=lambda: ((YES, "紧急"), (NO, "不紧急")),
        ),
    ),
    says="意见反映的是具体的执法问题的，转为线索办理：内容和反映人照原样转过去，不再单独答复。",
    makes=("clue_id",),
    words={**telling.told_words(), ("urgent", "missing"): "请选择是否紧急。"},
    service="clues",
)


_ACTS = (ANSWER, TAKE, RELAY_ANSWER, RECUSE)


@pages.get("/opinions-filed")
@allow(*BUREAU, Role.AUDITOR)
def opinions_filed() -> str:
    """Those of `?status=`; those to be answered without one, all with `?status=all`."""
    cursor, asked = cursor_asked(request.args), request.args.get("status", "")
    chosen = asked if asked in {*map(str, _STATUSES), "all"} else str(OpinionStatus.FILED)
    filters = {} if chosen == "all" else {"status": chosen}
    return render_template(
        "clues/opinions_filed.html",
        part=ask_page("ListOpinionsFiled", filters, cursor, service="clues"),
        cursor=cursor,
        chosen=chosen,
        statuses=[(str(its), label(its, "opinion_status")) for its in _STATUSES],
        opens=current_visitor().role in BUREAU,
    )


@pages.get("/opinions-filed/<entry_id>")
@allow(*BUREAU)
def opinion_filed(entry_id: str) -> str:
    """Raises NotFound."""
    part = _opened(entry_id, after_asked(request.args))
    its = part.result
    acts = [(act, _why_not(act, its)) for act in _ACTS] if its else []
    return render_template(
        "clues/opinion_filed.html",
        part=part,
        stale=part.stale,
        purpose=PURPOSE,
        acts=acts,
        story=_story(its) if its else Story([], {}),
        clear=clear,
    )


def _story(its: Mapping[str, Any]) -> Story:
    """What happened to it, with the names of those who wrote it down or stay out of it."""
    return Story(its["records"], dict(officers()))


def _add(act: Act, *roles: Role) -> None:
    @allow(*roles)
    def ask(entry_id: str) -> Answer:
        """Raises NotFound."""
        return _act_page(act, entry_id, None)

    @allow(*roles)
    def carry_out(entry_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        payload = {**act.payload(typed, opinion_id=entry_id), **_proposal(act, typed)}
        again = partial(_act_page, act, entry_id)
        first = act.form.ask_first(typed, payload, again)
        if first is not None:
            return first
        done = act.form.submit(typed, payload, also=_missing(act, typed))
        if not done.is_done:
            return again(done)
        myself = typed.value("account_id") == current_visitor().account_id
        left = act is RECUSE and myself
        return act.form.onwards(LIST[1] if left else f"{LIST[1]}/{entry_id}", done)

    address = f"{LIST[1]}/<entry_id>/{act.path}"
    pages.add_url_rule(address, f"ask_{act.command}", ask, methods=["GET"])
    pages.add_url_rule(address, act.command, carry_out, methods=["POST"])


_add(ANSWER, Role.OFFICER)
_add(TAKE, Role.OFFICER)
_add(RELAY_ANSWER, *BUREAU)
_add(RECUSE, *BUREAU)


def _adopts(act: Act, typed: Form) -> bool:
    return act is ANSWER and typed.value("resolution") == OpinionResolution.ADOPTED


def _proposal(act: Act, typed: Form) -> dict[str, str]:
    """An adopted opinion gives its proposal an id, which the form carries from the beginning."""
    return {"proposal_id": typed.value("proposal_id")} if _adopts(act, typed) else {}


def _missing(act: Act, typed: Form) -> dict[str, str]:
    """What an adopted opinion must say besides, all of it at once."""
    asked = ("proposal", "responsible") if _adopts(act, typed) else ()
    return {name: act.words[name, "missing"] for name in asked if not text(typed, name)}


def _act_page(act: Act, entry_id: str, shown: Submitted | None) -> Answer:
    part = _opened(entry_id, after_of(shown))
    if shown is None:
        first = _first(act)
        shown = Submitted(new_form(expected_version=version_of(part), **first))
    page = FormPage(
        title=act.title,
        action=f"{LIST[1]}/{entry_id}/{act.path}",
        button=act.button,
        back=("详情", f"{LIST[1]}/{entry_id}"),
        up=(LIST,),
        fields=act.fields,
        facts=_facts(part.result) if part.result else (),
        says=act.says,
        warning=act.warning,
        why_not=_why_not(act, part.result) if part.result else "",
        kept=("proposal_id",) if act is ANSWER else act.makes,
    )
    return page.show(part, shown, part.result)


def _first(act: Act) -> dict[str, str]:
    """What a new form holds: ids of what it may make, or today."""
    if act is RELAY_ANSWER:
        return boxes_of("relayed_on", today().isoformat())
    return {name: str(uuid.uuid4()) for name in ("proposal_id", *act.makes)}


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    filed = next(each for each in its["records"] if each["type"] == "OpinionFiled")["values"]
    return [
        ("意见方面", "、".join(label(name, "opinion_topic") for name in its["topics"])),
        ("内容", clear(filed["text"])),
    ]


def _why_not(act: Act, its: Mapping[str, Any]) -> str:
    """ "" for what is possible."""
    if act is RECUSE:
        return ""
    if act is not RELAY_ANSWER:
        if its["status"] == OpinionStatus.TAKEN:
            return "已经转为问题线索。"
        if its["status"] != OpinionStatus.FILED:
            return "已经答复。"
        return "" if current_visitor().role is Role.OFFICER else "由经办人员办理。"
    waits = {
        OpinionStatus.FILED: "还没有答复。",
        OpinionStatus.TOLD: "提出人已经知道。",
        OpinionStatus.TAKEN: "结果由线索反馈。",
    }
    return waits.get(its["status"], "")


def _opened(entry_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    return ask_known("OpenOpinionFiled", after, entry_id=entry_id, purpose=PURPOSE)
