"""Openings of a confidential reporter's identity, and who has read a case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages.account_names import namer
from services.portal.pages.acts import Act
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.clues.identity_acts import APPROVE, DECIDING, READ, REFUSE, REQUEST
from services.portal.pages.clues.opening import ask_known, opened
from services.portal.pages.command_form import Answer, after_of
from services.portal.pages.confirming import Told
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import OpeningState, Reporting
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.zh import REFUSALS

pages = Blueprint("clue_identity", __name__)

_CLUES = ("问题线索", "/clues")
_BUREAU = (Role.OFFICER, Role.LEADER)
_PURPOSE = "核对谁申请、同意和查阅"
_WAITING = 5
_ON_THE_CASE = 20


def openings_of(clue: Mapping[str, Any] | None) -> Part:
    """The requests about an opened clue, for its page; of a confidential one alone."""
    if clue is None or clue["reporting"] != Reporting.CONFIDENTIAL:
        return Part({"items": []})
    asked = {"clue_id": clue["clue_id"], "limit": _ON_THE_CASE}
    return ask_part("clues", "ListIdentityOpenings", asked, after_asked(request.args))


def waiting_openings() -> Part:
    """Those that wait for a leader who is here, for the desk; none for others."""
    if current_visitor().role is not Role.LEADER:
        return Part({"items": []})
    asked = {"pending": True, "limit": _WAITING}
    return ask_part("clues", "ListIdentityOpenings", asked)


@pages.get("/identity-openings")
@allow(Role.LEADER, Role.AUDITOR)
def identity_openings() -> str:
    """Those that wait; all with `?all=1`."""
    cursor, every = cursor_asked(request.args), request.args.get("all") == "1"
    part = ask_page("ListIdentityOpenings", {} if every else {"pending": True}, cursor, "clues")
    rows = part.result["items"] if part.result else []
    return render_template(
        "clues/identity_openings.html",
        part=part,
        cursor=cursor,
        every=every,
        who=namer([row["requested_by"] for row in rows], _PURPOSE),
        opens=current_visitor().role is Role.LEADER,
    )


@pages.get("/clues/<clue_id>/readers")
@allow(Role.LEADER, Role.AUDITOR)
def readers(clue_id: str) -> str:
    """Who has read the case, or the identity of its reporter. Raises NotFound."""
    cursor = cursor_asked(request.args)
    try:
        part = ask_page("ListCaseReaders", {"clue_id": clue_id}, cursor, "clues")
    except Invalid:
        raise NotFound("clue", clue_id) from None
    rows = part.result["items"] if part.result else []
    return render_template(
        "clues/readers.html",
        part=part,
        clue_id=clue_id,
        cursor=cursor,
        who=namer([row["read_by"] for row in rows], _PURPOSE),
        opens=current_visitor().role is Role.LEADER,
    )


@pages.get("/clues/<clue_id>/openings/<opening_id>")
@allow(*_BUREAU)
def opening(clue_id: str, opening_id: str) -> str:
    """One request: why, who has agreed, and what may be done about it. Raises NotFound."""
    part = _opening(clue_id, opening_id, after_asked(request.args))
    its = part.result
    people = [its["requested_by"], *its["approved_by"]] if its else []
    refused = [its["refused_by"]] if its and its["refused_by"] else []
    return render_template(
        "clues/identity_opening.html",
        part=part,
        stale=part.stale,
        clue_id=clue_id,
        who=namer([*people, *refused], _PURPOSE),
        acts=_possible(its) if its else [],
    )


@pages.get("/clues/<clue_id>/openings/new")
@allow(*REQUEST.roles)
def ask_request(clue_id: str) -> Answer:
    """Raises NotFound."""
    return _request_page(clue_id, None)


@pages.post("/clues/<clue_id>/openings/new")
@allow(*REQUEST.roles)
def send_request(clue_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = REQUEST.payload(typed, clue_id=clue_id)
    onwards = f"/clues/{clue_id}/openings/{typed.value('opening_id')}"
    return REQUEST.form.send(typed, payload, onwards, partial(_request_page, clue_id))


def _request_page(clue_id: str, shown: Submitted | None) -> Answer:
    part = opened(clue_id, after_of(shown))
    shown = shown or Submitted(new_form(opening_id=str(uuid.uuid4())))
    page = FormPage(
        title=REQUEST.title,
        action=f"/clues/{clue_id}/{REQUEST.path}",
        button=REQUEST.button,
        back=("线索详情", f"/clues/{clue_id}"),
        up=(_CLUES,),
        fields=REQUEST.fields,
        facts=_of_case(part.result) if part.result else (),
        says=REQUEST.says,
        why_not=_why_not_asked(part.result) if part.result else "",
        kept=REQUEST.makes,
    )
    return page.show(part, shown)


def _of_case(clue: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("线索", clue["clue_id"]),
        ("反映的机关", clue["body"]),
        ("反映方式", label(clue["reporting"], "reporting")),
    ]


def _why_not_asked(clue: Mapping[str, Any]) -> str:
    """Why nobody, or not whoever is here, can ask; the service decides."""
    visitor = current_visitor()
    if clue["reporting"] == Reporting.NAMED:
        return REFUSALS[Reason.REPORTER_NAMED]
    if clue["reporting"] == Reporting.ANONYMOUS:
        return REFUSALS[Reason.REPORTER_ANONYMOUS]
    if visitor.role is Role.OFFICER and visitor.account_id not in clue["handlers"]:
        return REFUSALS[Reason.NOT_HANDLER]
    found = openings_of(clue).result or {"items": []}
    waits = any(its["state"] == OpeningState.REQUESTED for its in found["items"])
    return REFUSALS[Reason.OPENING_PENDING] if waits else ""


def _add(act: Act) -> None:
    address = f"/clues/<clue_id>/openings/<opening_id>/{act.path}"

    @allow(*act.roles)
    def ask(clue_id: str, opening_id: str) -> Answer:
        """Raises NotFound."""
        return _act_page(act, clue_id, opening_id, None)

    @allow(*act.roles)
    def carry_out(clue_id: str, opening_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        payload = act.payload(typed, clue_id=clue_id, opening_id=opening_id)
        again = partial(_act_page, act, clue_id, opening_id)
        told = partial(_told, clue_id, opening_id)
        return act.form.send(typed, payload, _path(clue_id, opening_id), again, told)

    pages.add_url_rule(address, f"ask_{act.path}", ask, methods=["GET"])
    pages.add_url_rule(address, f"send_{act.path}", carry_out, methods=["POST"])


for _act in DECIDING:
    _add(_act)


@pages.get("/clues/<clue_id>/openings/<opening_id>/identity")
@allow(*READ.roles)
def ask_identity(clue_id: str, opening_id: str) -> Answer:
    """What it is read for. Raises NotFound."""
    return _act_page(READ, clue_id, opening_id, None)


@pages.post("/clues/<clue_id>/openings/<opening_id>/identity")
@allow(*READ.roles)
def identity(clue_id: str, opening_id: str) -> Response | Answer:
    """Name and phone, once it is on record that they are read. Raises NotFound."""
    typed = Form.of(request.form)
    payload = READ.payload(typed, clue_id=clue_id, opening_id=opening_id)
    done = READ.form.submit(typed, payload)
    if not done.is_done:
        return _act_page(READ, clue_id, opening_id, done)
    try:
        part = ask_known("ShowReporter", **filled(**payload))
    except Refused as refused:
        if refused.reason != Reason.READING_UNRECORDED:
            raise
        return redirect(f"{_path(clue_id, opening_id)}/identity", 303)  # an old form, sent again
    page = render_template(
        "clues/identity.html", part=part, clue_id=clue_id, back=_path(clue_id, opening_id)
    )
    return page, 200


def _act_page(act: Act, clue_id: str, opening_id: str, shown: Submitted | None) -> Answer:
    part = _opening(clue_id, opening_id, after_of(shown))
    page = FormPage(
        title=act.title,
        action=f"{_path(clue_id, opening_id)}/{act.path}",
        button=act.button,
        back=("查看申请", _path(clue_id, opening_id)),
        up=(_CLUES, ("线索详情", f"/clues/{clue_id}")),
        fields=act.fields,
        facts=_facts(part.result) if part.result else (),
        says=act.says,
        warning=act.warning,
        why_not=_why_not(act, part.result) if part.result else "",
    )
    return page.show(part, shown or Submitted(new_form()))


def _told(clue_id: str, opening_id: str) -> Told:
    """What is asked about before it is done. Raises NotFound for who may not know of it."""
    its = _opening(clue_id, opening_id, None).result
    return Told(facts=tuple(_facts(its)) if its else ())


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    who = namer([its["requested_by"], *its["approved_by"]], _PURPOSE)
    agreed = "、".join(who(each) for each in its["approved_by"]) or "还没有"
    return [
        ("线索", its["clue_id"]),
        ("申请人", who(its["requested_by"])),
        ("理由", its["reason"] or "（已依法删除）"),
        ("已经同意的负责人", agreed),
        ("状态", label(its["state"], "opening_state")),
    ]


def _possible(its: Mapping[str, Any]) -> list[Act]:
    role = current_visitor().role
    acts = (APPROVE, REFUSE, READ)
    return [act for act in acts if role in act.roles and not _why_not(act, its)]


def _why_not(act: Act, its: Mapping[str, Any]) -> str:
    """Why it is not possible now, as far as the page can tell; the service decides."""
    me, state = current_visitor().account_id, its["state"]
    if act is READ:
        if its["requested_by"] != me:
            return "反映人身份只向提出申请的人显示。"
        words = {
            OpeningState.REQUESTED: "还没有经两名负责人同意。",
            OpeningState.REFUSED: "申请已经驳回。",
            OpeningState.EXPIRED: "可以查看的时间已经结束，仍需查看的请重新申请。",
        }
        return words.get(OpeningState(state), "")
    if state != OpeningState.REQUESTED:
        return "该份申请已经审批完毕。"
    if act is APPROVE and its["requested_by"] == me:
        return "不能审批自己提出的申请，请由其他负责人审批。"
    if act is APPROVE and me in its["approved_by"]:
        return "您已经同意，还需要另一名负责人同意。"
    return ""


def _opening(clue_id: str, opening_id: str, after: Mapping[str, Any] | None) -> Part:
    return ask_known("ShowIdentityOpening", after, clue_id=clue_id, opening_id=opening_id)


def _path(clue_id: str, opening_id: str) -> str:
    return f"/clues/{clue_id}/openings/{opening_id}"
