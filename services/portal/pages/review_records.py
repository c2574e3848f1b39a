"""Everything that a review puts on record beside its checks: a form for each kind of record.

One table tells the forms (`RECORDS`); they look and behave alike.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages import opening, reviewing
from services.portal.pages.application_work import application_form
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, CommandForm, after_of
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked
from services.portal.pages.steps import shown_steps
from services.portal.pages.submitting import Submitted, boxes_of, day, filled, go_on, text
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("review_records", __name__)

Payload = dict[str, Any]
_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
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
    """

    name: str
    form: CommandForm
    roles: tuple[Role, ...]
    read: Callable[[Form], Payload]
    onwards: str = "/review"
    fresh: Callable[[], dict[str, str]] = field(default=dict)


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


def _flag(typed: Form) -> Payload:
    coded = {name: typed.value(name) for name in ("check", "resolution")}
    return {**coded, "reasons": text(typed, "reasons")}


def _vote(typed: Form) -> Payload:
    votes = {"for": True, "against": False}
    return {"in_favour": votes.get(typed.value("in_favour")), "reasons": text(typed, "reasons")}


def _opinion(typed: Form) -> Payload:
    coded = {name: typed.value(name) for name in ("opinion_id", "source")}
    return {**coded, "body": text(typed, "body"), "body_unit": text(typed, "body_unit")}


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
            {"source": "向谁征求", "body": "单位名称", "body_unit": "单位账号编号"},
            {
                ("source", "missing"): "请选择向谁征求意见。",
                ("body", "missing"): "请填写单位名称。",
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
        ),
        (Role.REVIEWER, Role.LEADER),
        _flag,
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
        ),
        _EXAMINING,
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
        ),
        (Role.REVIEWER,),
        _vote,
    ),
)
EXAMINE = CommandForm("ExamineRecusals", note="recusals_examined")


@pages.get("/applications/<application_id>/review")
@allow(*_BUREAU)
def review(application_id: str) -> Answer:
    """Raises NotFound."""
    return _review_page(application_id, None)


@pages.post("/applications/<application_id>/review/recusals")
@allow(*_BUREAU)
def examine(application_id: str) -> Response | Answer:
    """Who of the group is tied to the applicant is put on record. Raises NotFound."""
    typed = Form.of(request.form)
    done = EXAMINE.submit(typed, {"application_id": application_id})
    if done.is_done:
        return go_on(f"/applications/{application_id}/review", done, EXAMINE.note)
    return _review_page(application_id, done)


def _review_page(application_id: str, shown: Submitted | None) -> Answer:
    after = after_asked(request.args) if shown is None else shown.after
    its = opening.opened(application_id, reviewing.purpose(), after)
    part = Part(away=its.away) if its.away else reviewing.opened_review(application_id, after)
    names = reviewing.reviewers()
    group = Part() if its.result is None else reviewing.group_of(its.result["batch_id"])
    record = part.result or {"records": ()}
    shown = shown or Submitted(Form())
    page = render_template(
        "review/review.html",
        part=part,
        its=its.result,
        stale=part.stale,
        submitted=shown,
        form=shown.form,
        command_id=str(uuid.uuid4()),
        steps=[] if its.result is None else shown_steps(its.result),
        group=group.result,
        named=lambda member: reviewing.name_of(member, names),
        records=[reviewing.told(each, names) for each in record["records"]],
        application_id=application_id,
        purpose=reviewing.purpose(),
    )
    return page, shown.status


def _page(record: Record, application_id: str, shown: Submitted | None) -> Answer:
    part = opening.opened(application_id, reviewing.purpose(), after_of(shown))
    flags = [] if part.result is None else _flags(part.result)
    return application_form(
        f"review/{record.name}.html",
        application_id,
        shown,
        reviewing.purpose(),
        commands=[record.form.command],
        first={**record.fresh(), **_asked_check(record, flags)},
        names=record.form.names,
        part=part,
        action=f"/applications/{application_id}/review/{record.name}",
        flags=flags,
        evidence=reviewing.evidence(application_id) if "documents" in record.form.names else [],
    )


def _asked_check(record: Record, flags: list[tuple[str, str]]) -> Mapping[str, str]:
    """The only open flag is chosen already."""
    return {"check": flags[0][0]} if record.name == "flag" and len(flags) == 1 else {}


def _flags(application: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Checks that were flagged, to choose from."""
    return [
        (row["check"], label(row["check"], "check"))
        for row in application["checks"]
        if row["finding"] == "flagged"
    ]


def _install(record: Record) -> None:
    """The two routes of a form."""

    @allow(*record.roles)
    def show(application_id: str) -> Answer:
        return _page(record, application_id, None)

    @allow(*record.roles)
    def send(application_id: str) -> Response | Answer:
        typed = Form.of(request.form)
        payload = filled(application_id=application_id, **record.read(typed))
        onwards = f"/applications/{application_id}{record.onwards}"
        return record.form.send(typed, payload, onwards, partial(_page, record, application_id))

    rule, name = f"/applications/<application_id>/review/{record.name}", record.name
    pages.add_url_rule(rule, f"show_{name}", show, methods=["GET"])
    pages.add_url_rule(rule, f"send_{name}", send, methods=["POST"])


for _each in RECORDS:
    _install(_each)
