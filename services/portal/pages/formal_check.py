"""The formal check of an application: one form, and one of two commands."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages import opening
from services.portal.pages.application_work import (
    GROUND_WORDS,
    application_form,
    grounds,
    of_unit,
)
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.confirming import Choices, Question
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, text
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("formal_check", __name__)

_NAMES = {"decision": "审查结果", "grounds": "原因", "reasons": "理由"}
PASS = CommandForm("PassFormalCheck", _NAMES, note="checked")
FAIL = CommandForm(
    "FailFormalCheck",
    _NAMES,
    GROUND_WORDS,
    "checked",
    question=Question(
        "不予通过形式审查",
        "申报到此为止，不能撤回，申报单位会看到原因和理由。可以补正的，请改为要求补正。",
        "确认不予通过",
    ),
)
DECISIONS = {"pass": PASS, "fail": FAIL}


@pages.get("/applications/<application_id>/formal-check")
@allow(Role.OFFICER)
def formal_check(application_id: str) -> Answer:
    """Raises NotFound."""
    return _page(application_id, None)


@pages.post("/applications/<application_id>/formal-check")
@allow(Role.OFFICER)
def decide(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed, again = Form.of(request.form), partial(_page, application_id)
    decision = DECISIONS.get(typed.value("decision"))
    if decision is None:
        wrong = Form(typed.values, {"decision": "请选择通过还是不予通过。"})
        return again(Submitted(wrong, status=422))
    payload = {"application_id": application_id}
    if decision is FAIL:
        payload |= filled(grounds=typed.chosen("grounds"), reasons=text(typed, "reasons"))
    onwards = f"/applications/{application_id}"
    about = partial(of_unit, application_id, opening.FORMAL_CHECK, _called())
    return decision.send(typed, payload, onwards, again, about)


def _called() -> Choices:
    return {"decision": {"pass": "通过", "fail": "不予通过"}, "grounds": dict(grounds())}


def _page(application_id: str, shown: Submitted | None) -> Answer:
    given = request.args.get("decision", "")
    return application_form(
        "desk/formal_check.html",
        application_id,
        shown,
        opening.FORMAL_CHECK,
        commands=[its.command for its in DECISIONS.values()],
        first={"decision": given} if given in DECISIONS else {},
        names=_NAMES,
        grounds=grounds(),
    )
