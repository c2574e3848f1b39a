"""What a contact point has brought in, how it stands, and what the point does about it next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import Part, ask_page
from services.portal.pages.clues.opening import ask_known, evidence_of
from services.portal.pages.clues.said import said
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import LONGEST_CURSOR, after_asked
from services.portal.pages.steps import why_not
from services.portal.pages.submitting import Submitted, Words, boxes_of, new_form
from services.portal.web.access import allow
from shared.contracts.clues.vocabulary import ClueStatus, OpinionStatus
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

pages = Blueprint("my_filings", __name__)

PURPOSE = "查看本联系点反映的事项"
MINE = ("我的反映", "/my/filings")
_MEANS = Field("means", "告知方式", "choice", choices=partial(label_choices, "feedback_means"))
_RELAY_WORDS: Words = {
    ("relayed_on", "missing"): "请填写告知日期。",
    ("relayed_on", "bad_format"): "没有这一天，请核对日期。",
    ("relayed_on", "out_of_range"): "告知日期不能早于司法局反馈之日，也不能晚于今天。",
    ("means", "missing"): "请选择告知方式。",
}
_RELAYED_ON = Field("relayed_on", "告知日期", "date")
RELAY = Act(
    "RelayFeedback",
    "relay",
    "登记已转告反映人",
    "登记",
    (Role.POINT,),
    "feedback_relayed",
    (_RELAYED_ON, _MEANS),
    says="请把司法局反馈的结果告诉反映人，再在这里登记。",
    words=_RELAY_WORDS,
    service="clues",
)
RATE = Act(
    "RateSatisfaction",
    "satisfaction",
    "登记反映人的评价",
    "登记",
    (Role.POINT,),
    "satisfaction_rated",
    (
        Field(
            "satisfaction",
            "反映人是否满意",
            "choice",
            hint="期限以内选择“问题未解决”的，线索重新办理；期限以后的由司法局决定。",
            choices=partial(label_choices, "satisfaction"),
        ),
        Field("comment", "评价意见", "area", optional=True),
    ),
    words={
        ("satisfaction", "missing"): "请选择反映人是否满意。",
        ("comment", "bad_length"): "评价意见不超过 4000 个字。",
    },
    service="clues",
)
FLAG = Act(
    "FlagRetaliation",
    "retaliation",
    "报告打击报复",
    "报告",
    (Role.POINT,),
    "retaliation_flagged",
    (Field("text", "发生了什么", "area", hint="什么时候、什么人、做了什么。加密保存。"),),
    says="反映人因为反映问题受到刁难、报复的，在这里报告，司法局另立一件紧急线索专门办理。",
    words={
        ("text", "missing"): "请写明发生了什么。",
        ("text", "bad_length"): "内容不少于 5 个字，不超过 4000 个字。",
    },
    service="clues",
)
RELAY_ANSWER = Act(
    "RelayAnswer",
    "relay",
    "登记已转告提出人",
    "登记",
    (Role.POINT,),
    "answer_relayed",
    (_RELAYED_ON, _MEANS),
    says="请把司法局的答复告诉提出意见的人，再在这里登记。",
    words=_RELAY_WORDS,
    service="clues",
)


@dataclass(frozen=True)
class _Thing:
    """What a point brings in. part: of addresses · name: its id's field in commands."""

    part: str
    name: str
    query: str
    asked_as: str
    acts: tuple[Act, ...]

    def path(self, identifier: str) -> str:
        return f"/my/filings/{self.part}/{identifier}"


CLUE = _Thing("clues", "clue_id", "OpenClue", "clue_id", (RELAY, RATE, FLAG))
OPINION = _Thing("opinions", "opinion_id", "OpenOpinionFiled", "entry_id", (RELAY_ANSWER,))
THINGS = (CLUE, OPINION)


@dataclass(frozen=True)
class Shown:
    """An act as the page of a filing has it; `path` leads to its form, None when it must wait."""

    act: Act
    path: str | None = None
    why_not: str = ""


@pages.get("/my/filings")
@allow(Role.POINT)
def my_filings() -> str:
    cursors = {name: request.args.get(name, "")[:LONGEST_CURSOR] for name in ("clues", "opinions")}
    return render_template(
        "clues/my_filings.html",
        clues=ask_page("ListClues", cursor=cursors["clues"] or None, service="clues"),
        opinions=ask_page("ListOpinionsFiled", cursor=cursors["opinions"] or None, service="clues"),
        cursors={name: its for name, its in cursors.items() if its},
    )


def _add(thing: _Thing) -> None:
    address = f"/my/filings/{thing.part}/<{thing.asked_as}>"

    @allow(Role.POINT)
    def show(**named: str) -> str:
        """Raises NotFound."""
        return _filing(thing, named[thing.asked_as])

    pages.add_url_rule(address, f"show_{thing.part}", show, methods=["GET"])
    for act in thing.acts:
        _add_act(thing, act, f"{address}/{act.path}")


def _add_act(thing: _Thing, act: Act, address: str) -> None:
    @allow(*act.roles)
    def ask(**named: str) -> Answer:
        """Raises NotFound."""
        return _act_page(thing, act, named[thing.asked_as], None)

    @allow(*act.roles)
    def carry_out(**named: str) -> Response | Answer:
        """Raises NotFound."""
        identifier, typed = named[thing.asked_as], Form.of(request.form)
        payload = act.payload(typed, **{thing.name: identifier})
        again = partial(_act_page, thing, act, identifier)
        return act.form.send(typed, payload, thing.path(identifier), again)

    pages.add_url_rule(address, f"ask_{act.command}", ask, methods=["GET"])
    pages.add_url_rule(address, act.command, carry_out, methods=["POST"])


for _its in THINGS:
    _add(_its)


def _filing(thing: _Thing, identifier: str) -> str:
    part = _opened(thing, identifier, after_asked(request.args))
    its = part.result
    files = evidence_of(identifier) if its and thing is CLUE else None
    return render_template(
        "clues/my_filing.html",
        evidence=files,
        evidence_address=f"/clues/{identifier}/evidence",
        part=part,
        stale=part.stale,
        kind=thing.part,
        mine=MINE,
        purpose=PURPOSE,
        acts=_shown_acts(thing, its) if its else [],
        events=[said(event) for event in its["records"]] if its else [],
    )


def _act_page(thing: _Thing, act: Act, identifier: str, shown: Submitted | None) -> Answer:
    part = _opened(thing, identifier, after_of(shown))
    if shown is None:
        boxes = boxes_of("relayed_on", today().isoformat()) if _RELAYED_ON in act.fields else {}
        shown = Submitted(new_form(expected_version=version_of(part), **boxes))
    now = _shown(thing, act, part.result) if part.result else None
    page = FormPage(
        title=act.title,
        action=f"{thing.path(identifier)}/{act.path}",
        button=act.button,
        back=("详情", thing.path(identifier)),
        up=(MINE,),
        fields=act.fields,
        facts=_facts(part.result) if part.result else (),
        says=act.says,
        why_not=now.why_not if now else "",
    )
    return page.show(part, shown, part.result)


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    kind, names = (
        ("clue_kind", its["kinds"])
        if "kinds" in its
        else (
            "opinion_topic",
            its["topics"],
        )
    )
    return [
        ("内容", "、".join(label(name, kind) for name in names)),
        ("涉及机关", str(its["body"] or "—")),
    ]


def _shown_acts(thing: _Thing, its: Mapping[str, Any]) -> list[Shown]:
    return [_shown(thing, act, its) for act in thing.acts]


def _shown(thing: _Thing, act: Act, its: Mapping[str, Any]) -> Shown:
    reason = _why_not(act, its)
    identifier = its[thing.name]
    path = None if reason else f"{thing.path(identifier)}/{act.path}"
    return Shown(act, path, reason)


def _why_not(act: Act, its: Mapping[str, Any]) -> str:
    """The clue says of its own steps what may be done; "" for what is possible."""
    match act.command:
        case "RelayAnswer":
            waits = {
                OpinionStatus.FILED: "司法局还没有答复。",
                OpinionStatus.TOLD: "已经不需要转告。",
                OpinionStatus.TAKEN: "已转为问题线索，结果由线索反馈。",
            }
            return waits.get(its["status"], "")
        case "FlagRetaliation":
            return "已经报告过，正在专门办理。" if its["retaliation"] else ""
    step = next(each for each in its["steps"] if each["command"] == act.command)
    if step["possible"]:
        return ""
    if step["reason"] == Reason.WRONG_STATE:
        return _not_yet(its)
    return why_not(step)


def _not_yet(its: Mapping[str, Any]) -> str:
    """What a clue waits for before it is told on, and before its reporter can say of it."""
    if its["status"] == ClueStatus.TOLD:
        return "反映人已经知道结果。"
    if its["status"] == ClueStatus.FED_BACK:
        return "请先把结果告诉反映人，登记转告。"
    return "司法局还没有反馈结果。"


def _opened(thing: _Thing, identifier: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    return ask_known(thing.query, after, **{thing.asked_as: identifier, "purpose": PURPOSE})
