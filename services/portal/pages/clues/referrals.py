"""Referrals: what an authority is to answer and to refund, and the bureau's view of the same."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.money import typed_yuan, zh_yuan
from services.portal.pages.acts import Field, read, words_of
from services.portal.pages.asking import Part, ask_page
from services.portal.pages.clues.acts_outcome import PAY
from services.portal.pages.clues.enclosing import with_file
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.clues.story import Story, clear
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page
from services.portal.pages.confirming import Told
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, filled, new_form, text
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import ReplyPart
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("referrals", __name__)

STANDINGS: Mapping[str, tuple[str, str]] = {
    "open": ("待答复", "waiting"),
    "returned": ("答复已退回，待补充", "bad"),
    "answered": ("已答复", "good"),
    "refused": ("不予接办", "plain"),
    "withdrawn": ("已撤回", "plain"),
}
"""How a referral stands → its word, and the tone of its tag."""
_TO_ANSWER = ("open", "returned")
_BODY = Role.ENFORCEMENT_BODY
_READING = (Role.OFFICER, Role.LEADER, _BODY)
_TOO_LONG = "不超过 4000 个字。"
_HINTS = {
    ReplyPart.FACTS: "逐项说明转办事项的事实经过。",
    ReplyPart.BASIS: "写明执法所依据的法律、法规、规章和裁量基准的条款。",
    ReplyPart.ACTION: "已经或者将要采取的措施：纠正、处理人员、完善制度。",
    ReplyPart.REFUND: "应当退还的金额、对象和期限；不需要退还的，写明理由。",
}
_NAMES = {str(part): label(part, "reply_part") for part in ReplyPart}
ANSWER = CommandForm(
    "AnswerReferral",
    _NAMES,
    {
        **{(name, "bad_length"): f"{word}{_TOO_LONG}" for name, word in _NAMES.items()},
        ("facts", "missing"): "请写明事实、依据、处理措施和退还情况。",
    },
    "referral_answered",
    "clues",
)
REFUSAL = CommandForm(
    "RefuseReferral",
    {"reasons": "理由"},
    {("reasons", "missing"): "请写明为什么不予接办。"},
    "referral_refused",
    "clues",
)
PAYMENT = CommandForm(
    "RecordRefundPayment", PAY.names, {**words_of(PAY.fields), **PAY.words}, PAY.note, "clues"
)


@pages.get("/referrals")
@allow(Role.OFFICER, Role.LEADER, Role.AUDITOR, _BODY)
def referrals() -> str:
    """Those with something still to come, unless `?open=no` asks for those that are done."""
    is_open, cursor = request.args.get("open") != "no", cursor_asked(request.args)
    return render_template(
        "clues/referrals.html",
        part=ask_page("ListReferrals", {"open": is_open}, cursor, "clues"),
        cursor=cursor,
        is_open=is_open,
        standings=STANDINGS,
        to_answer=_TO_ANSWER,
    )


@pages.get("/referrals/<referral_id>")
@allow(*_READING)
def referral(referral_id: str) -> Answer:
    """Raises NotFound."""
    return _page(referral_id, None)


@pages.post("/referrals/<referral_id>")
@allow(Role.OFFICER, _BODY)
def answer(referral_id: str) -> Response | Answer:
    """By the authority, or from its letter by an officer. Raises NotFound.

    An answer that lacks a part is kept and comes back, with what it lacks on top.
    """
    typed = Form.of(request.form)
    said = {name: text(typed, name) for name in _NAMES}
    payload = filled(clue_id=typed.value("clue_id"), referral_id=referral_id, **said)
    done = ANSWER.submit(typed, payload)
    if not done.is_done:
        return _page(referral_id, done)
    form = ANSWER if all(said.values()) else _INCOMPLETE
    return form.onwards(f"/referrals/{referral_id}", done)


_INCOMPLETE = CommandForm("AnswerReferral", note="answer_incomplete", service="clues")


@pages.get("/referrals/<referral_id>/refusal")
@allow(Role.OFFICER, _BODY)
def refusing(referral_id: str) -> Answer:
    """Raises NotFound."""
    return _refusal_page(referral_id, None)


@pages.post("/referrals/<referral_id>/refusal")
@allow(Role.OFFICER, _BODY)
def refuse(referral_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    reasons = {"reasons": text(typed, "reasons")}
    payload = filled(clue_id=typed.value("clue_id"), referral_id=referral_id, **reasons)
    again = partial(_refusal_page, referral_id)
    return REFUSAL.send(typed, payload, f"/referrals/{referral_id}", again)


@pages.get("/referrals/<referral_id>/payment")
@allow(_BODY)
def paying(referral_id: str) -> Answer:
    """`?about=` names the claim. Raises NotFound."""
    return _payment_page(referral_id, None)


@pages.post("/referrals/<referral_id>/payment")
@takes_files
@allow(_BODY)
def pay(referral_id: str) -> Response | Answer:
    """A part of what is ordered, as the body says that it has paid it. Raises NotFound."""
    typed = Form.of(request.form)
    ids = {name: typed.value(name) for name in ("clue_id", "claim_id", "payment_id")}
    payload = filled(**ids, **read(PAY.fields, typed))
    typed, payload, wrong = with_file(PAY.fields, typed, payload)
    again = partial(_payment_page, referral_id)
    return PAYMENT.send(typed, payload, f"/referrals/{referral_id}", again, Told, wrong)


def _page(referral_id: str, shown: Submitted | None) -> Answer:
    part = _opened(referral_id, shown)
    its = part.result
    told = _story(its)
    if shown is None:
        shown = Submitted(_last_answer(its, told))
    returned = told.values("AnswerReturned")
    return form_page(
        "clues/referral.html",
        part,
        shown,
        _NAMES,
        referral_id=referral_id,
        story=told,
        asked=next(iter(told.values("ClueReferred")), {}),
        remarks=returned[-1].get("remarks") if returned else None,
        standings=STANDINGS,
        parts_of_reply=[(str(it), label(it, "reply_part"), _HINTS[it]) for it in ReplyPart],
        may_answer=bool(its) and _may_answer(its),
        may_refuse=bool(its) and _may_refuse(its),
        clear=clear,
    )


def _story(its: Mapping[str, Any] | None) -> Story:
    return Story(its["records"] if its else [], {})


def _last_answer(its: Mapping[str, Any] | None, story: Story) -> Form:
    """A new form; of an answer that came back, with what it said already."""
    values = {"clue_id": its["clue_id"] if its else ""}
    before = story.values("ReferralAnswered")
    if before:
        values |= {name: before[-1].get(name) or "" for name in _NAMES}
    return new_form(**values)


def _may_answer(its: Mapping[str, Any]) -> bool:
    return its["standing"] in _TO_ANSWER and current_visitor().role is not Role.LEADER


def _may_refuse(its: Mapping[str, Any]) -> bool:
    """A provisional limit may yet move, so it has passed for nobody (decision 012)."""
    in_time = its["refusable_provisional"] or its["refusable_until"] >= today().isoformat()
    return _may_answer(its) and in_time


def _refusal_page(referral_id: str, shown: Submitted | None) -> Answer:
    part = _opened(referral_id, shown)
    its = part.result
    if shown is None:
        shown = Submitted(new_form(clue_id=its["clue_id"] if its else ""))
    page = FormPage(
        title="不予接办",
        action=f"/referrals/{referral_id}/refusal",
        button="提交",
        back=("转办事项", f"/referrals/{referral_id}"),
        fields=(Field("reasons", "理由", "area", hint="写明不属于本单位职责等理由和依据。"),),
        up=[("转办", "/referrals")],
        facts=_facts(its) if its else (),
        says="司法局收到以后另行处理。",
        why_not="" if its is None or _may_refuse(its) else _too_late(its),
        kept=("clue_id",),
    )
    return page.show(part, shown)


def _too_late(its: Mapping[str, Any]) -> str:
    if its["standing"] not in _TO_ANSWER:
        return f"本次转办{STANDINGS[its['standing']][0]}。"
    return f"提出不予接办的期限已于{zh_date(its['refusable_until'])}届满，请按要求答复。"


def _payment_page(referral_id: str, shown: Submitted | None) -> Answer:
    part = _opened(referral_id, shown)
    its = part.result
    about = request.args.get("about", "") if shown is None else shown.form.value("claim_id")
    refunds: Sequence[Mapping[str, Any]] = its["refunds"] if its else []
    claim = next((each for each in refunds if each["claim_id"] == about), None)
    if its and claim is None:
        raise NotFound("claim", about)
    if shown is None:
        shown = Submitted(_new_payment(its, claim))
    page = FormPage(
        title="登记退还付款",
        action=f"/referrals/{referral_id}/payment",
        button="登记付款",
        back=("转办事项", f"/referrals/{referral_id}"),
        fields=PAY.fields,
        up=[("转办", "/referrals")],
        facts=[*_facts(its), *_owed(claim)] if its and claim else (),
        says="司法局会与收款人核对；没有到账的予以冲销，重新计为未退还。",
        why_not="该笔款项已经全部退还。" if claim and not claim["unpaid"] else "",
        kept=("clue_id", "claim_id", "payment_id"),
    )
    return page.show(part, shown)


def _new_payment(its: Mapping[str, Any] | None, claim: Mapping[str, Any] | None) -> Form:
    if its is None or claim is None:
        return new_form()
    ids = {"clue_id": its["clue_id"], "claim_id": claim["claim_id"]}
    amount = {"amount": typed_yuan(claim["unpaid"])} if claim["unpaid"] else {}
    fresh = {"payment_id": str(uuid.uuid4())}
    return new_form(**ids, **amount, **fresh, **boxes_of("paid_on", today().isoformat()))


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("受转单位", its["authority"]),
        ("问题类型", "、".join(label(kind, "clue_kind") for kind in its["kinds"])),
        ("转办日期", zh_date(its["referred_at"])),
        ("状态", STANDINGS[its["standing"]][0]),
    ]


def _owed(claim: Mapping[str, Any]) -> list[tuple[str, str]]:
    due = "" if claim["due_on"] is None else f"，{zh_date(claim['due_on'])}以前付清"
    return [
        ("责令退还", f"{zh_yuan(claim['ordered'])}{due}"),
        ("尚未退还", zh_yuan(claim["unpaid"])),
    ]


def _opened(referral_id: str, shown: Submitted | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    return ask_known("OpenReferral", after_of(shown), referral_id=referral_id)
