"""Applications before they are designated: who recommends them, what is missing, taken back."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages import opening, whose
from services.portal.pages.application_work import application_form
from services.portal.pages.asking import ask_page
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.forms import Form
from services.portal.pages.reading import cursor_asked, words_asked
from services.portal.pages.submitting import Submitted, filled, text
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.registry.vocabulary import ApplicationStatus, Recommendation
from shared.contracts.roles import Role

pages = Blueprint("entry", __name__)

_S = ApplicationStatus
BEFORE_THE_CHECK = (_S.SUBMITTED, _S.SUPPLEMENTING)
AFTER_THE_REVIEW = (_S.QUALIFIED, _S.RESERVE, _S.LISTED, _S.ON_NOTICE)
WITHDRAWABLE = (*BEFORE_THE_CHECK, _S.UNDER_REVIEW, *AFTER_THE_REVIEW)
"""Until its unit is designated, an application can be taken back."""

_NAMES = {"decision": "是否推荐", "document": "推荐单位的书面文件", "reasons": "理由"}
CONFIRM = CommandForm(
    "ConfirmRecommendation",
    _NAMES,
    {("document", "missing"): "请写明推荐单位的书面文件，例如文号。"},
    "recommended",
)
DECLINE = CommandForm(
    "DeclineRecommendation",
    _NAMES,
    {
        ("document", "missing"): "请写明推荐单位的书面文件，例如文号。",
        ("reasons", "missing"): "请写明不予推荐的理由。",
        ("reasons", "bad_length"): "请写明理由，不超过 4000 个字。",
    },
    "not_recommended",
)
_DECISIONS = {"confirm": CONFIRM, "decline": DECLINE}

REQUEST = CommandForm(
    "RequestSupplement",
    {"missing": "需要补正的内容"},
    {
        ("missing", "missing"): "请写明需要补正什么，申报单位会看到。",
        ("missing", "bad_length"): "请写明需要补正什么，不超过 4000 个字。",
    },
    "supplement_requested",
)
WITHDRAW = CommandForm(
    "WithdrawApplication",
    {"reasons": "理由"},
    {
        ("reasons", "missing"): "请写明申报单位是怎样提出撤回的。",
        ("reasons", "reasons_needed"): "请写明申报单位是怎样提出撤回的。",
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    "application_withdrawn",
)


@pages.get("/recommendations")
@allow(Role.PARTNER)
def recommendations() -> str:
    """Units that name the visitor's body as their recommender."""
    cursor, words = cursor_asked(request.args), words_asked(request.args)
    chosen = {"words": words} if words else {}
    return render_template(
        "entry/recommendations.html",
        part=ask_page("ListApplications", {**chosen, "purpose": whose.purpose()}, cursor),
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        purpose=whose.purpose(),
        has_unit=bool(current_visitor().unit),
        waits=_waits,
    )


@pages.get("/applications/<application_id>/recommendation")
@allow(Role.PARTNER, Role.OFFICER)
def recommendation(application_id: str) -> Answer:
    """Raises NotFound."""
    return _recommendation_page(application_id, None)


@pages.post("/applications/<application_id>/recommendation")
@allow(Role.PARTNER, Role.OFFICER)
def recommend(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed, again = Form.of(request.form), partial(_recommendation_page, application_id)
    decision = _DECISIONS.get(typed.value("decision"))
    if decision is None:
        wrong = Form(typed.values, {"decision": "请选择推荐还是不予推荐。"})
        return again(Submitted(wrong, status=422))
    payload = filled(application_id=application_id, document=text(typed, "document"))
    if decision is DECLINE:
        payload |= filled(reasons=text(typed, "reasons"))
    return decision.send(typed, payload, whose.home(application_id), again)


@pages.get("/applications/<application_id>/supplement-request")
@allow(Role.OFFICER)
def supplement_request(application_id: str) -> Answer:
    """Raises NotFound."""
    return _request_page(application_id, None)


@pages.post("/applications/<application_id>/supplement-request")
@allow(Role.OFFICER)
def request_supplement(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(application_id=application_id, missing=text(typed, "missing"))
    again = partial(_request_page, application_id)
    return REQUEST.send(typed, payload, f"/applications/{application_id}", again)


@pages.get("/applications/<application_id>/withdrawal")
@allow(Role.APPLICANT, Role.OFFICER)
def withdrawal(application_id: str) -> Answer:
    """Asks first. Raises NotFound."""
    return _withdrawal_page(application_id, None)


@pages.post("/applications/<application_id>/withdrawal")
@allow(Role.APPLICANT, Role.OFFICER)
def withdraw(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(application_id=application_id, reasons=text(typed, "reasons"))
    again = partial(_withdrawal_page, application_id)
    return WITHDRAW.send(typed, payload, whose.home(application_id), again)


def _waits(row: dict[str, str]) -> bool:
    """Whether the recommender of an application may speak now."""
    return row["status"] in BEFORE_THE_CHECK and row["recommendation"] not in (
        Recommendation.NOT_NEEDED,
        Recommendation.CONFIRMED,
    )


def _recommendation_page(application_id: str, shown: Submitted | None) -> Answer:
    part = whose.opened(application_id, shown)
    given = request.args.get("decision", "")
    waits = part.result is not None and _waits(part.result)
    return whose.shared_form(
        "entry/recommendation.html",
        application_id,
        shown,
        BEFORE_THE_CHECK if waits else (),
        _NAMES,
        part,
        {"decision": given} if given in _DECISIONS else {},
    )


def _request_page(application_id: str, shown: Submitted | None) -> Answer:
    return application_form(
        "entry/supplement_request.html",
        application_id,
        shown,
        opening.FORMAL_CHECK,
        commands=[REQUEST.command],
        first={},
        names=REQUEST.names,
    )


def _withdrawal_page(application_id: str, shown: Submitted | None) -> Answer:
    return whose.shared_form(
        "entry/withdrawal.html", application_id, shown, WITHDRAWABLE, WITHDRAW.names
    )
