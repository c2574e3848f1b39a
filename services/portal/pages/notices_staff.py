"""What the bureau does about a notice: objections verified and decided, units designated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label_choices
from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_one, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page, version_of
from services.portal.pages.confirming import Question, Told
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.notice_days import is_heard, last_day_of
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ObjectionOutcome
from shared.contracts.roles import Role
from shared.contracts.zh import REFUSALS

pages = Blueprint("notice_work", __name__)

DECISION = CommandForm(
    "DecideObjection",
    {"outcome": "处理决定", "reasons": "理由"},
    {
        ("outcome", "missing"): "请选择异议成立还是不成立。",
        ("reasons", "missing"): "请写明核实情况和理由。",
        ("reasons", "bad_length"): "请写明理由，不超过 4000 个字。",
    },
    "decided",
    question=Question(
        "处理异议",
        "异议成立的，该单位取消资格，名额空出；不成立的，公示期满后可以确定为联系点。",
        "确认处理决定",
    ),
)
DESIGNATION = CommandForm(
    "DesignatePoints",
    {"application_ids": "单位"},
    {
        ("application_ids", "bad_length"): "请至少勾选一个单位。",
        ("application_ids", "unit_is_point_already"): (
            "勾选的单位中有的已经是联系点。请取消勾选该单位后再提交。"
        ),
    },
    "designated",
    question=Question(
        "确定联系点",
        "下列单位从今天起成为联系点，对所有人公开；以后只能按退出程序退出。",
        "确认确定为联系点",
    ),
)


@pages.get("/notices/<notice_id>/objections")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR)
def objections(notice_id: str) -> str:
    """Raises NotFound."""
    cursor = cursor_asked(request.args)
    notice = ask_one("ShowNotice", "notice_id", notice_id, after_asked(request.args))
    return render_template(
        "desk/objections.html",
        notice_id=notice_id,
        notice=notice,
        stale=notice.stale,
        part=ask_page("ListObjections", {"notice_id": notice_id}, cursor),
        cursor=cursor,
    )


@pages.get("/objections/<objection_id>")
@allow(Role.OFFICER, Role.LEADER)
def objection(objection_id: str) -> Answer:
    """Raises NotFound."""
    return _objection_page(objection_id, None)


@pages.post("/objections/<objection_id>")
@allow(Role.OFFICER, Role.LEADER)
def decide_objection(objection_id: str) -> Response | Answer:
    """Not bound to the notice's version: another objection to it changes nothing about this one.

    Raises NotFound.
    """
    typed = Form.of(request.form)
    payload = filled(
        notice_id=typed.value("notice_id"),
        objection_id=objection_id,
        outcome=typed.value("outcome"),
        reasons=text(typed, "reasons"),
    )
    again = partial(_objection_page, objection_id)
    about = partial(_objected, objection_id)
    return DECISION.send(typed, payload, f"/objections/{objection_id}", again, about)


def _objected(objection_id: str) -> Told:
    its = opened_objection(objection_id, None).result
    choices = {"outcome": dict(label_choices("objection_outcome"))}
    return Told(choices, (("被反映单位", its["unit_name"]),) if its else ())


@pages.get("/notices/<notice_id>/designation")
@allow(Role.OFFICER, Role.LEADER)
def designation(notice_id: str) -> Answer:
    """An officer sees what a leader decides. Raises NotFound."""
    return _designation_page(notice_id, None)


@pages.post("/notices/<notice_id>/designation")
@allow(Role.LEADER)
def designate(notice_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(notice_id=notice_id, application_ids=typed.chosen("application_ids"))
    again = partial(_designation_page, notice_id)
    onwards = f"/notices/{notice_id}"
    return DESIGNATION.send(typed, payload, onwards, again, partial(noticed_units, notice_id))


def noticed_units(notice_id: str) -> Told:
    """What the units of a notice are called."""
    notice = ask_one("ShowNotice", "notice_id", notice_id).result or {"units": []}
    named = {row["application_id"]: row["unit_name"] for row in notice["units"]}
    return Told({"application_ids": named, "application_id": named})


@dataclass(frozen=True)
class Unit:
    """A unit of a notice: whether it can become a point now, and if not, why not."""

    row: Mapping[str, Any]
    possible: bool
    says: str = ""

    @property
    def choice(self) -> tuple[str, str]:
        """As a box to tick."""
        return (
            self.row["application_id"],
            f"{self.row['unit_name']}（{division_name(self.row['division'])}）",
        )


def units_of(notice: Mapping[str, Any]) -> list[Unit]:
    """The units of a notice as the bureau is shown it, in its order."""
    outcomes: dict[str, list[str | None]] = {}
    for its in notice["objections"]:
        outcomes.setdefault(its["application_id"], []).append(its["outcome"])
    return [_unit(notice, row, outcomes.get(row["application_id"], [])) for row in notice["units"]]


def _unit(notice: Mapping[str, Any], row: Mapping[str, Any], outcomes: list[str | None]) -> Unit:
    if row["application_id"] in notice["designated"]:
        return Unit(row, False, "已确定为联系点。")
    if row["application_id"] in notice["departed"]:
        return Unit(row, False, "已撤回申报或者取消资格。")
    if ObjectionOutcome.SUSTAINED in outcomes:
        return Unit(row, False, "异议成立，已取消资格。")
    if None in outcomes:
        return Unit(row, False, REFUSALS[Reason.OBJECTION_OPEN])
    if row["application_id"] in notice["held_back"]:
        return Unit(row, False, REFUSALS[Reason(notice["held_back"][row["application_id"]])])
    if is_heard(notice, row["application_id"]):
        last_day = last_day_of(notice, row["application_id"])
        return Unit(row, False, f"公示期至{zh_date(last_day)}，期满后再确定。")
    return Unit(row, True)


def opened_objection(objection_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    asked = {"objection_id": objection_id, "purpose": opening.OBJECTION}
    try:
        return ask_part("registry", "OpenObjection", asked, after)
    except Invalid:
        raise NotFound("objection", objection_id) from None


def may_extend(objection: Mapping[str, Any], day: str) -> bool:
    """Whether its verification may be given more time: once, while its limit runs.

    A provisional limit runs on behind its last day, which may yet move.
    """
    due_on = objection["due_on"]
    running = due_on is not None and (day <= due_on or bool(objection["provisional"]))
    return objection["outcome"] is None and running and not objection["extended"]


def _objection_page(objection_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound. The unit's own division sees it, the bureau of the batch decides it."""
    part = opened_objection(objection_id, after_of(shown))
    if shown is None:
        shown = Submitted(new_form(notice_id=part.result["notice_id"] if part.result else ""))
    return form_page(
        "desk/objection.html",
        part,
        shown,
        DECISION.names,
        objection_id=objection_id,
        purpose=opening.OBJECTION,
        may_extend=bool(part.result) and may_extend(part.result, today().isoformat()),
    )


def _designation_page(notice_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for another bureau's notice: it is public, but not to be worked on here."""
    notice = ask_one("ShowNotice", "notice_id", notice_id, after_of(shown))
    if notice.result and not notice.result["may_work"]:
        raise NotFound("notice", notice_id)
    units = units_of(notice.result) if notice.result else []
    if shown is None:
        possible = [its.row["application_id"] for its in units if its.possible]
        form = new_form(expected_version=version_of(notice), application_ids=possible)
        shown = Submitted(form)
    return form_page(
        "desk/designation.html",
        notice,
        shown,
        DESIGNATION.names,
        notice_id=notice_id,
        units=units,
    )
