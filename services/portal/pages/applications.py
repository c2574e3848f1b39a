"""One application as the bureau works on it: facts, checks, history, and each decision's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages import opening
from services.portal.pages.forms import Form
from services.portal.pages.past import timeline
from services.portal.pages.reading import after_asked
from services.portal.pages.steps import shown_steps
from services.portal.pages.submitting import (
    Submitted,
    Words,
    filled,
    go_on,
    new_form,
    submit,
    text,
    whole,
)
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.registry.vocabulary import RejectionGround
from shared.contracts.roles import Role

pages = Blueprint("applications", __name__)

_PASS, _FAIL = "pass", "fail"
_REASONS_LONG = "请写明理由，不超过 4000 个字。"
_GROUNDS = {
    ("grounds", "bad_length"): "不予通过的，请至少选择一项原因。",
    ("grounds", "missing"): "不予通过的，请至少选择一项原因。",
    ("grounds", "reasons_needed"): "结论为不符合条件的，请至少选择一项原因。",
    ("grounds", "not_allowed"): "结论为符合条件的，不需要选择原因，请取消勾选。",
    ("reasons", "missing"): "请写明理由和依据，申报单位会看到。",
    ("reasons", "bad_length"): _REASONS_LONG,
}

FORMAL_CHECK_NAMES = {"decision": "审查结果", "grounds": "原因", "reasons": "理由"}
CHECK_NAMES = {"check": "审查项", "finding": "结果", "evidence": "依据"}
CONCLUSION_NAMES = {
    "conclusion": "结论",
    "votes_for": "赞成票",
    "votes_against": "反对票",
    "grounds": "原因",
    "reasons": "理由",
}
_CHECK_WORDS: Words = {
    ("check", "missing"): "请选择审查项。",
    ("finding", "missing"): "请选择结果。",
    ("evidence", "missing"): "请写明查了什么、查到什么。",
    ("evidence", "bad_length"): "请写明依据，不超过 4000 个字。",
}
_CONCLUSION_WORDS: Words = {
    **_GROUNDS,
    ("conclusion", "missing"): "请选择结论。",
    ("votes_for", "missing"): "请填写赞成票数，没有的填 0。",
    ("votes_against", "missing"): "请填写反对票数，没有的填 0。",
    ("votes_for", "out_of_range"): "票数应为 0 到 100。",
    ("votes_against", "out_of_range"): "票数应为 0 到 100。",
    (
        "votes_against",
        "majority_missing",
    ): "没有不合格的审查项，赞成票又多于反对票，不能作出不符合条件的结论。",
}


@pages.get("/applications/<application_id>")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def application(application_id: str) -> str:
    """Raises NotFound."""
    purpose = opening.OF_ROLE[current_visitor().role]
    part = opening.opened(application_id, purpose, after_asked(request.args))
    return render_template(
        "desk/application.html",
        part=part,
        stale=part.stale,
        purpose=purpose,
        steps=[] if part.away else shown_steps(part.result),
        events=[] if part.away else timeline(part.result),
    )


@pages.get("/applications/<application_id>/formal-check")
@allow(Role.OFFICER)
def formal_check(application_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _formal_check_page(application_id, None)


@pages.post("/applications/<application_id>/formal-check")
@allow(Role.OFFICER)
def decide_formal_check(application_id: str) -> Response | tuple[str, int]:
    """One form, and one of two commands. Raises NotFound."""
    typed = Form.of(request.form)
    if typed.value("decision") not in (_PASS, _FAIL):
        wrong = Form(typed.values, {"decision": "请选择通过还是不予通过。"})
        return _formal_check_page(application_id, Submitted(wrong, status=422))
    if typed.value("decision") == _PASS:
        command, payload = "PassFormalCheck", {"application_id": application_id}
    else:
        command = "FailFormalCheck"
        payload = filled(
            application_id=application_id,
            grounds=typed.chosen("grounds"),
            reasons=text(typed, "reasons"),
        )
    submitted = submit(typed, command, payload, FORMAL_CHECK_NAMES, words=_GROUNDS)
    if submitted.is_done:
        return go_on(f"/applications/{application_id}", submitted, "checked")
    return _formal_check_page(application_id, submitted)


@pages.get("/applications/<application_id>/checks")
@allow(Role.REVIEWER)
def check(application_id: str) -> Response | tuple[str, int]:
    """The check that `?check=` names, else the next that is missing. Raises NotFound.

    With none missing and none named, the conclusion is next.
    """
    return _check_page(application_id, None)


@pages.post("/applications/<application_id>/checks")
@allow(Role.REVIEWER)
def record_check(application_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        application_id=application_id,
        check=typed.value("check"),
        finding=typed.value("finding"),
        evidence=text(typed, "evidence"),
    )
    submitted = submit(typed, "RecordReviewCheck", payload, CHECK_NAMES, words=_CHECK_WORDS)
    if submitted.is_done:
        return go_on(f"/applications/{application_id}/checks", submitted, "check_recorded")
    return _check_page(application_id, submitted)


@pages.get("/applications/<application_id>/conclusion")
@allow(Role.REVIEWER)
def conclusion(application_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _conclusion_page(application_id, None)


@pages.post("/applications/<application_id>/conclusion")
@allow(Role.REVIEWER)
def conclude(application_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        application_id=application_id,
        conclusion=typed.value("conclusion"),
        votes_for=whole(typed, "votes_for"),
        votes_against=whole(typed, "votes_against"),
        grounds=typed.chosen("grounds"),
        reasons=text(typed, "reasons"),
    )
    submitted = submit(typed, "ConcludeReview", payload, CONCLUSION_NAMES, words=_CONCLUSION_WORDS)
    if submitted.is_done:
        return go_on(f"/applications/{application_id}", submitted, "concluded")
    return _conclusion_page(application_id, submitted)


def _formal_check_page(application_id: str, shown: Submitted | None) -> tuple[str, int]:
    decision = request.args.get("decision", "")
    return _form_page(
        "desk/formal_check.html",
        application_id,
        shown,
        opening.FORMAL_CHECK,
        commands=("PassFormalCheck", "FailFormalCheck"),
        first={"decision": decision} if decision in (_PASS, _FAIL) else {},
        names=FORMAL_CHECK_NAMES,
        grounds=_grounds(),
    )


def _check_page(application_id: str, shown: Submitted | None) -> Response | tuple[str, int]:
    after = after_asked(request.args) if shown is None else shown.after
    part = opening.opened(application_id, opening.REVIEW, after)
    made = {} if part.away else {row["check"]: row for row in part.result["checks"]}
    missing = [] if part.away else _missing(part.result)
    asked = request.args.get("check", "")
    if shown is None and not missing and made and not asked and _may(part.result, _CONCLUDE):
        query = request.query_string.decode("ascii", "replace")
        return redirect(f"/applications/{application_id}/conclusion?{query}", 303)
    next_check = asked if asked in dict(label_choices("check")) else next(iter(missing), "")
    before = made.get(next_check, {})
    first = {
        "check": next_check,
        "finding": before.get("finding") or "",
        "evidence": before.get("evidence") or "",
    }
    return _form_page(
        "desk/check.html",
        application_id,
        shown,
        opening.REVIEW,
        commands=("RecordReviewCheck",),
        first=first,
        names=CHECK_NAMES,
        part=part,
        missing=missing,
        made=made,
        checks=[
            (value, f"{word}（已登记：{label(made[value]['finding'], 'finding')}）")
            if value in made
            else (value, word)
            for value, word in label_choices("check")
            if part.away or value in made or value in missing
        ],
    )


def _conclusion_page(application_id: str, shown: Submitted | None) -> tuple[str, int]:
    given = request.args.get("conclusion", "")
    return _form_page(
        "desk/conclusion.html",
        application_id,
        shown,
        opening.REVIEW,
        commands=("ConcludeReview",),
        first={"conclusion": given} if given in dict(label_choices("conclusion")) else {},
        names=CONCLUSION_NAMES,
        grounds=_grounds(),
    )


def _form_page(
    template: str,
    application_id: str,
    shown: Submitted | None,
    purpose: str,
    *,
    commands: tuple[str, ...],
    first: Mapping[str, str],
    names: Mapping[str, str],
    part: Any = None,
    **more: Any,
) -> tuple[str, int]:
    """A form about an application, with its facts beside it.

    `commands` are those of the form: when none is possible it says why, in place of the form.
    """
    if part is None:
        after = after_asked(request.args) if shown is None else shown.after
        part = opening.opened(application_id, purpose, after)
    its = part.result
    if shown is None:
        version = its["version"] if its else ""
        shown = Submitted(new_form(expected_version=version, **first))
    page = render_template(
        template,
        part=part,
        stale=part.stale,
        application_id=application_id,
        purpose=purpose,
        submitted=shown,
        form=shown.form,
        names=names,
        possible=its is not None and _may(its, commands),
        steps=[] if its is None else shown_steps(its),
        events=[] if its is None else timeline(its),
        **more,
    )
    return page, shown.status


_CONCLUDE = ("ConcludeReview",)


def _may(application: Mapping[str, Any], commands: tuple[str, ...]) -> bool:
    return any(step["possible"] for step in application["steps"] if step["command"] in commands)


def _missing(application: Mapping[str, Any]) -> list[str]:
    """The checks that are still to be made, in their usual order."""
    return [
        str(check)
        for step in application["steps"]
        if step["command"] == "RecordReviewCheck"
        for check in step["needs"]
    ]


def _grounds() -> list[tuple[str, str]]:
    """Grounds of rejection that a reviewer may name; the last comes of an objection alone."""
    return [
        (value, word)
        for value, word in label_choices("rejection_ground")
        if value != RejectionGround.OBJECTION_SUSTAINED
    ]
