"""The forms of a review, each told by one line of a table: what it asks, of whom, and of what it
makes its command.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages.command_form import CommandForm
from services.portal.pages.confirming import Choices, Question
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.submitting import boxes_of, day, text
from shared.contracts.roles import Role

Payload = dict[str, Any]
_EXAMINING = (Role.OFFICER, Role.REVIEWER)
_LONG = "不超过 4000 个字。"
_MEETING_WORDS = {
    ("held_on", "missing"): "请填写日期。",
    ("held_on", "bad_format"): "没有这一天，请核对日期。",
    ("held_on", "out_of_range"): "日期不能晚于今天。",
    ("held_on", "too_early"): "日期不能早于该单位申报之日。",
    ("participants", "missing"): "请填写参加人员。",
    ("participants", "bad_length"): "参加人员不超过 500 个字。",
    ("minutes", "missing"): "请填写记录。",
    ("minutes", "bad_length"): f"记录{_LONG}",
}
_MEETING = {
    "held_on": "日期",
    "participants": "参加人员",
    "minutes": "记录",
    "documents": "佐证材料",
}


@dataclass(frozen=True)
class Record:
    """A form of a review. `name` is the end of its address, the template's and the route's name.

    read: what was typed → the payload without the application's id
    onwards: the end of the address that one goes on to
    fresh: what a new form holds
    choices: what its values are called where they are shown to be checked
    """

    name: str
    form: CommandForm
    roles: tuple[Role, ...]
    read: Callable[[Form], Payload]
    onwards: str = "/review"
    fresh: Callable[[], dict[str, str]] = field(default=dict)
    choices: Choices = field(default_factory=dict)


def _political(typed: Form) -> Payload:
    return {
        "party_organisation": typed.value("party_organisation"),
        "interviewed_on": day(typed, "interviewed_on"),
        "finding": typed.value("finding"),
        "interviewed": text(typed, "interviewed"),
        "minutes": text(typed, "minutes"),
    }


def _governance(typed: Form) -> Payload:
    findings = ("self_discipline", "mediation", "oversight")
    return {**{n: typed.value(n) for n in findings}, "evidence": text(typed, "evidence")}


def _meeting(identifier: str, typed: Form) -> Payload:
    return {
        identifier: typed.value(identifier),
        "held_on": day(typed, "held_on"),
        "participants": text(typed, "participants"),
        "minutes": text(typed, "minutes"),
        "documents": typed.chosen("documents") or None,
    }


_FLAG_LABELS = {"check": "check", "resolution": "flag_resolution"}


def _flag(typed: Form) -> Payload:
    coded = {name: typed.value(name) for name in ("check", "resolution")}
    return {**coded, "reasons": text(typed, "reasons")}


def _vote(typed: Form) -> Payload:
    votes = {"for": True, "against": False}
    return {"in_favour": votes.get(typed.value("in_favour")), "reasons": text(typed, "reasons")}


def _opinion(typed: Form) -> Payload:
    coded = {name: typed.value(name) for name in ("opinion_id", "source")}
    unit = text(typed, "body_unit")
    return {**coded, "body": text(typed, "body") or unit, "body_unit": unit}


def _met(identifier: str) -> dict[str, str]:
    return {identifier: str(uuid.uuid4()), **boxes_of("held_on", today().isoformat())}


RECORDS: tuple[Record, ...] = (
    Record(
        "political-direction",
        CommandForm(
            "RecordPoliticalDirection",
            {
                "party_organisation": "党组织情况",
                "interviewed_on": "谈话日期",
                "interviewed": "谈话对象",
                "minutes": "谈话记录",
                "finding": "结果",
            },
            {
                ("party_organisation", "missing"): "请选择党组织情况。",
                ("interviewed_on", "missing"): "请填写谈话日期。",
                ("interviewed_on", "bad_format"): "没有这一天，请核对日期。",
                ("interviewed_on", "out_of_range"): "谈话日期不能晚于今天。",
                ("interviewed_on", "too_early"): "谈话日期不能早于该单位申报之日。",
                ("interviewed", "missing"): "请填写与谁谈话。",
                ("minutes", "missing"): "请填写谈话记录。",
                ("minutes", "bad_length"): f"谈话记录{_LONG}",
                ("finding", "missing"): "请选择结果。",
            },
            "check_recorded",
        ),
        (Role.REVIEWER,),
        _political,
        "/checks",
        lambda: boxes_of("interviewed_on", today().isoformat()),
    ),
    Record(
        "governance-ability",
        CommandForm(
            "RecordGovernanceAbility",
            {
                "self_discipline": "自律公约（村规民约）",
                "mediation": "纠纷调解",
                "oversight": "对成员的监督",
                "evidence": "依据",
            },
            {
                **{
                    (name, "missing"): "请选择结果。"
                    for name in ("self_discipline", "mediation", "oversight")
                },
                ("evidence", "missing"): "请写明查了什么、查到什么。",
                ("evidence", "bad_length"): f"依据{_LONG}",
            },
            "check_recorded",
        ),
        (Role.REVIEWER,),
        _governance,
        "/checks",
    ),
    Record(
        "visit",
        CommandForm("RecordVisit", _MEETING, _MEETING_WORDS, "visit_recorded"),
        _EXAMINING,
        partial(_meeting, "visit_id"),
        fresh=partial(_met, "visit_id"),
    ),
    Record(
        "talk",
        CommandForm("RecordTalk", _MEETING, _MEETING_WORDS, "talk_recorded"),
        _EXAMINING,
        partial(_meeting, "talk_id"),
        fresh=partial(_met, "talk_id"),
    ),
    Record(
        "opinion",
        CommandForm(
            "AskOpinion",
            {"source": "向谁征求", "body": "单位名称", "body_unit": "可以在线答复的单位"},
            {
                ("source", "missing"): "请选择向谁征求意见。",
                ("body", "missing"): "请选择可以在线答复的单位，或者填写单位名称。",
            },
            "opinion_asked",
        ),
        _EXAMINING,
        _opinion,
        fresh=lambda: {"opinion_id": str(uuid.uuid4())},
    ),
    Record(
        "flag",
        CommandForm(
            "ResolveFlag",
            {"check": "存疑的审查项", "resolution": "认定", "reasons": "理由"},
            {
                ("check", "missing"): "请选择存疑的审查项。",
                ("resolution", "missing"): "请选择怎样认定。",
                ("reasons", "missing"): "请写明认定的理由。",
                ("reasons", "bad_length"): f"理由{_LONG}",
            },
            "flag_resolved",
            question=Question(
                "认定存疑的审查项",
                "认定后不能更改，除非重新登记该审查项；认定问题成立的，不能再作出“符合条件”的结论。",
                "确认认定",
            ),
        ),
        (Role.REVIEWER, Role.LEADER),
        _flag,
        choices={name: dict(label_choices(kind)) for name, kind in _FLAG_LABELS.items()},
    ),
    Record(
        "recusal",
        CommandForm(
            "DeclareRecusal",
            {"reasons": "回避的原因"},
            {
                ("reasons", "missing"): "请写明为什么回避。",
                ("reasons", "bad_length"): f"原因{_LONG}",
            },
            "recused",
            question=Question(
                "申请回避", "从现在起，您不再参与对该申报单位的审查和投票。", "确认申请回避"
            ),
        ),
        (*_EXAMINING, Role.LEADER),
        lambda typed: {"reasons": text(typed, "reasons")},
    ),
    Record(
        "vote",
        CommandForm(
            "CastVote",
            {"in_favour": "投票", "reasons": "理由"},
            {
                ("in_favour", "missing"): "请选择赞成还是反对。",
                ("reasons", "bad_length"): f"理由{_LONG}",
            },
            "voted",
            question=Question("投票", "每人一票，投出后不能更改。", "确认投票"),
        ),
        (Role.REVIEWER,),
        _vote,
        choices={"in_favour": {"for": "赞成，认定为符合条件", "against": "反对，认定为不符合条件"}},
    ),
)
EXAMINE = CommandForm("ExamineRecusals", note="recusals_examined")
