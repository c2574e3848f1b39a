"""Proposals for improvement: adopted opinions, followed until their source knows what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import ask_page
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import ProposalStatus
from shared.contracts.roles import Role

pages = Blueprint("proposals", __name__)

_BUREAU = (Role.OFFICER, Role.LEADER)
_READING = (*_BUREAU, Role.AUDITOR, Role.POINT)
_S = ProposalStatus


@dataclass(frozen=True)
class ProposalAct(Act):
    """An act on a proposal; `when`: the statuses in which it is possible."""

    when: tuple[ProposalStatus, ...] = ()
    service: str = "clues"


ACTS = (
    ProposalAct(
        "TakeProposalStep",
        "step",
        "登记办理进展",
        "登记进展",
        _BUREAU,
        "proposal_step_taken",
        (
            Field("taken_on", "日期", "date"),
            Field("account", "进展", "area", hint="例如：征求意见、修改稿、审查。"),
        ),
        when=(_S.OPEN,),
    ),
    ProposalAct(
        "CompleteProposal",
        "completion",
        "登记落实",
        "登记落实",
        _BUREAU,
        "proposal_completed",
        (
            Field("result", "结果", "choice", choices=lambda: label_choices("proposal_result")),
            Field("document", "修改后的制度或者做法", hint="写明文件名称和文号，或者新的做法。"),
            Field("account", "落实情况", "area"),
        ),
        when=(_S.OPEN,),
    ),
    ProposalAct(
        "DropProposal",
        "dropping",
        "终止",
        "终止",
        (Role.LEADER,),
        "proposal_dropped",
        (Field("reasons", "理由", "area", hint="据此告知意见的提出人。"),),
        when=(_S.OPEN,),
    ),
    ProposalAct(
        "TellProposalBack",
        "telling-back",
        "告知意见的提出人",
        "登记告知",
        (*_BUREAU, Role.POINT),
        "proposal_told_back",
        (
            Field("told_on", "告知日期", "date"),
            Field("means", "方式", "choice", choices=lambda: label_choices("feedback_means")),
        ),
        when=(_S.COMPLETED, _S.DROPPED),
    ),
)


@pages.get("/proposals")
@allow(*_READING)
def proposals() -> str:
    cursor = cursor_asked(request.args)
    return render_template(
        "clues/proposals.html",
        part=ask_page("ListProposals", {}, cursor, "clues"),
        cursor=cursor,
    )


@pages.get("/proposals/<proposal_id>")
@allow(*_READING)
def proposal(proposal_id: str) -> str:
    """Raises NotFound."""
    part = ask_known("ShowProposal", after_asked(request.args), proposal_id=proposal_id)
    its = part.result
    return render_template(
        "clues/proposal.html",
        part=part,
        stale=part.stale,
        facts=_facts(its) if its else (),
        acts=[act for act in ACTS if its and not _why_not(act, its) and _is_mine(act)],
    )


def _add(act: ProposalAct) -> None:
    """The page of an act: `/proposals/<proposal_id>/` and its path."""

    @allow(*act.roles)
    def show(proposal_id: str) -> Answer:
        """Raises NotFound."""
        return _page(act, proposal_id, None)

    @allow(*act.roles)
    def carry_out(proposal_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        payload = act.payload(typed, proposal_id=proposal_id)
        again = partial(_page, act, proposal_id)
        return act.form.send(typed, payload, f"/proposals/{proposal_id}", again)

    address, name = f"/proposals/<proposal_id>/{act.path}", act.path.replace("-", "_")
    pages.add_url_rule(address, f"show_{name}", show, methods=["GET"])
    pages.add_url_rule(address, f"send_{name}", carry_out, methods=["POST"])


for _act in ACTS:
    _add(_act)


def _page(act: ProposalAct, proposal_id: str, shown: Submitted | None) -> Answer:
    part = ask_known("ShowProposal", after_of(shown), proposal_id=proposal_id)
    its = part.result
    if shown is None:
        days = {
            name: value
            for field in act.fields
            if field.kind == "date"
            for name, value in boxes_of(field.name, today().isoformat()).items()
        }
        shown = Submitted(new_form(expected_version=version_of(part), **days))
    page = FormPage(
        title=act.title,
        action=f"/proposals/{proposal_id}/{act.path}",
        button=act.button,
        back=("改进建议详情", f"/proposals/{proposal_id}"),
        fields=act.fields,
        up=[("改进建议", "/proposals")],
        facts=_facts(its) if its else (),
        why_not=_why_not(act, its) if its else "",
    )
    return page.show(part, shown, its)


def _is_mine(act: ProposalAct) -> bool:
    return current_visitor().role in act.roles


def _why_not(act: ProposalAct, its: Mapping[str, Any]) -> str:
    """Why the act is not possible now, "" when it is."""
    if its["status"] not in act.when:
        when = "、".join(f"“{label(status, 'proposal_status')}”" for status in act.when)
        return f"改进建议处于{when}时办理。"
    if act.command == "TellProposalBack" and its["told_on"]:
        return "已经告知意见的提出人。"
    return ""


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("建议内容", its["proposal"]),
        ("责任单位", its["responsible"]),
        ("行政区划", division_name(its["division"])),
        ("状态", label(its["status"], "proposal_status")),
        ("提出日期", zh_date(its["opened_at"])),
        ("告知提出人", zh_date(its["told_on"]) if its["told_on"] else "尚未告知"),
    ]
