"""A batch's review group: appointed and changed by the leader.

Its members declare their ties, and so may officers and leaders who work on its applications.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.labels import label_choices
from services.portal.pages import reviewing
from services.portal.pages.asking import Part, ask_one
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page, version_of
from services.portal.pages.confirming import Question, Told
from services.portal.pages.districts import districts
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import reaches

pages = Blueprint("review_group", __name__)

_NAMES = {"member_ids": "小组成员", "chair": "组长", "reasons": "调整的理由"}
_WORDS = {
    ("member_ids", "bad_length"): "请至少勾选一名成员，最多 50 名。",
    ("chair", "missing"): "请选择组长。",
    ("chair", "not_allowed"): "组长应当是小组成员。",
    ("reasons", "missing"): "请写明为什么调整。",
    ("reasons", "bad_length"): "理由不超过 4000 个字。",
}
APPOINT = CommandForm("AppointReviewGroup", _NAMES, _WORDS, "group_appointed")
CHANGE = CommandForm("ChangeReviewGroup", _NAMES, _WORDS, "group_changed")
INTERESTS = CommandForm(
    "DeclareInterests",
    {
        "employer_name": "任职单位",
        "employer_code": "任职单位的统一社会信用代码",
        "bodies": "代表的部门、商（协）会或者街道",
        "industry_group": "有利益关系的行业",
        "district": "有利益关系的区县",
    },
    {("bodies", "bad_length"): "最多填写 50 个单位，每行一个。"},
    "interests_declared",
    question=Question(
        "申报利益关系",
        "申报后不能修改或者撤回，请核对。与申报单位有利益关系的，您不再参与该单位的审查。",
        "确认申报",
    ),
)
_NOTHING = replace(INTERESTS, question=None)
"""For who has no interests to declare."""


@pages.get("/batches/<batch_id>/review-group")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def review_group(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _page(batch_id, None)


@pages.post("/batches/<batch_id>/review-group")
@allow(Role.LEADER)
def set_up(batch_id: str) -> Response | Answer:
    """Appoints it, or changes it when there is one. Raises NotFound."""
    typed = Form.of(request.form)
    form = CHANGE if typed.value("exists") else APPOINT
    payload = filled(
        batch_id=batch_id, member_ids=typed.chosen("member_ids"), chair=typed.value("chair")
    )
    if form is CHANGE:
        payload |= filled(reasons=text(typed, "reasons"))
    here = f"/batches/{batch_id}/review-group"
    return form.send(typed, payload, here, partial(_page, batch_id))


@pages.get("/batches/<batch_id>/interests")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def interests(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _interests_page(batch_id, None)


@pages.post("/batches/<batch_id>/interests")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def declare(batch_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    bodies = [line.strip() for line in text(typed, "bodies").split("\n")]
    interests = filled(
        employer_name=text(typed, "employer_name"),
        employer_code=text(typed, "employer_code").upper(),
        bodies=[body for body in bodies if body],
        industry_group=typed.value("industry_group"),
        district=typed.value("district"),
    )
    payload = {**filled(batch_id=batch_id, member_id=current_visitor().account_id), **interests}
    form = INTERESTS if any(interests.values()) else _NOTHING
    again = partial(_interests_page, batch_id)
    return form.send(typed, payload, _back(batch_id), again, _interests_told)


def _interests_told() -> Told:
    """What the values that were chosen are called."""
    groups = {its[0]: its[1] for its in label_choices("industry_group")}
    return Told({"industry_group": groups, "district": dict(districts(edge().settings.city))})


def _back(batch_id: str) -> str:
    """Where members see that they have declared; a district's officer sees no city's group."""
    is_member = current_visitor().role is Role.REVIEWER
    return f"/batches/{batch_id}/review-group" if is_member else f"/batches/{batch_id}"


def _page(batch_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for another bureau's batch, unless the visitor is of its group."""
    batch = ask_one("ShowBatch", "batch_id", batch_id, after_of(shown))
    part = Part(away=batch.away) if batch.away else reviewing.group_of(batch_id, after_of(shown))
    group, me = part.result, current_visitor().account_id
    may_work = bool(batch.result and batch.result["may_work"])
    if batch.result and not may_work and not (group and me in group["members"]):
        raise NotFound("batch", batch_id)
    names = reviewing.reviewers()
    if shown is None:
        held = group or {"members": [], "chair": ""}
        form = new_form(expected_version=version_of(part), member_ids=held["members"])
        form = Form({**form.values, "chair": [held["chair"]]})
        shown = Submitted(form)
    present = group["members"] if group else ()
    known = {**{each: reviewing.name_of(each, names) for each in present}, **names}
    return form_page(
        "review/group.html",
        part,
        shown,
        _NAMES,
        batch_id=batch_id,
        batch=batch.result,
        choices=sorted(known.items(), key=lambda its: its[1]),
        named=lambda member: reviewing.name_of(member, names),
        may_appoint=may_work and current_visitor().role is Role.LEADER,
        may_declare=bool(
            group and (me in group["members"] or current_visitor().role is not Role.REVIEWER)
        ),
    )


def _interests_page(batch_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for a reviewer who is not of the group, and for who works on no unit of it.

    A district's officers work on its units in the city's batch.
    """
    visitor = current_visitor()
    if visitor.role is Role.REVIEWER:
        part = reviewing.group_of(batch_id, after_of(shown))
        if not part.away and not (part.result and visitor.account_id in part.result["members"]):
            raise NotFound("review_group", batch_id)
    else:
        part = ask_one("ShowBatch", "batch_id", batch_id, after_of(shown))
        its = part.result
        if its and not its["may_work"] and not reaches(its["division"], visitor.division):
            raise NotFound("batch", batch_id)
    if shown is None:
        shown = Submitted(new_form())
    return form_page(
        "review/interests.html",
        part,
        shown,
        INTERESTS.names,
        batch_id=batch_id,
        back=_back(batch_id),
        groups=label_choices("industry_group"),
        districts=districts(edge().settings.city),
    )
