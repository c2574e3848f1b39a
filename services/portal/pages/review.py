"""The review of an application: one check after the other, then the conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages import opening, reviewing
from services.portal.pages.application_work import (
    GROUND_WORDS,
    application_form,
    grounds,
    may,
    of_unit,
)
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, CommandForm, after_of
from services.portal.pages.confirming import Choices, Question
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, day, filled, text, whole
from services.portal.web.access import allow
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role

pages = Blueprint("review", __name__)

_VOTES = "票数应为 0 到 100。"

CHECK = CommandForm(
    "RecordReviewCheck",
    {
        "check": "审查项",
        "finding": "结果",
        "penalised_on": "最近一次受处罚的日期",
        "evidence": "依据",
        "documents": "佐证材料",
    },
    {
        ("check", "missing"): "请选择审查项。",
        ("finding", "missing"): "请选择结果。",
        ("penalised_on", "bad_format"): "没有这一天，请核对日期。",
        ("penalised_on", "out_of_range"): "受处罚的日期不能晚于今天。",
        ("penalised_on", "not_allowed"): "只有违法和处罚记录一项填写受处罚的日期，请清空。",
        ("evidence", "missing"): "请写明查了什么、查到什么。",
        ("evidence", "bad_length"): "请写明依据，不超过 4000 个字。",
    },
    "check_recorded",
)
OWN_FORMS = {
    "political_direction": "political-direction",
    "governance_ability": "governance-ability",
}
"""Checks with a form of their own (review_records.py), which records more than a finding."""
CONCLUSION = CommandForm(
    "ConcludeReview",
    {
        "conclusion": "结论",
        "votes_for": "赞成票",
        "votes_against": "反对票",
        "grounds": "原因",
        "reasons": "理由",
    },
    {
        **GROUND_WORDS,
        ("conclusion", "missing"): "请选择结论。",
        ("votes_for", "missing"): "请填写赞成票数，没有的填 0。",
        ("votes_against", "missing"): "请填写反对票数，没有的填 0。",
        ("votes_for", "out_of_range"): _VOTES,
        ("votes_against", "out_of_range"): _VOTES,
        (
            "votes_against",
            "majority_missing",
        ): "没有不合格或者已认定问题成立的审查项，赞成票又过半数，不能作出不符合条件的结论。",
    },
    "concluded",
    question=Question(
        "资格审查结论",
        "结论作出后不能更改：符合条件的转入集体研究；不符合条件的，申报到此为止，申报单位会看到理由。",
        "确认结论",
    ),
)


@pages.get("/applications/<application_id>/checks")
@allow(Role.REVIEWER)
def check(application_id: str) -> Response | Answer:
    """The check that `?check=` names, else the next that is missing. Raises NotFound.

    Checks with a form of their own are made there. With none missing and none named, the vote is
    next for who has still to vote, else the conclusion.
    """
    part = opening.opened(application_id, opening.REVIEW, after_of(None))
    query = request.query_string.decode("ascii", "replace")
    own = OWN_FORMS.get(request.args.get("check", ""))
    if own is not None:
        return redirect(f"/applications/{application_id}/review/{own}", 303)
    if part.result and not request.args.get("check"):
        if _is_checked(part.result):
            votes = may(part.result, ("CastVote",))
            behind = "review/vote" if votes else "conclusion"
            return redirect(f"/applications/{application_id}/{behind}?{query}", 303)
        own = OWN_FORMS.get(next(iter(_missing(part.result)), ""))
        if own is not None:
            return redirect(f"/applications/{application_id}/review/{own}?{query}", 303)
    return _check_page(application_id, None, part)


@pages.post("/applications/<application_id>/checks")
@allow(Role.REVIEWER)
def record_check(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        application_id=application_id,
        check=typed.value("check"),
        finding=typed.value("finding"),
        penalised_on=day(typed, "penalised_on"),
        evidence=text(typed, "evidence"),
        documents=typed.chosen("documents") or None,
    )
    again = partial(_check_page, application_id)
    return CHECK.send(typed, payload, f"/applications/{application_id}/checks", again)


@pages.get("/applications/<application_id>/conclusion")
@allow(Role.REVIEWER)
def conclusion(application_id: str) -> Answer:
    """Raises NotFound."""
    return _conclusion_page(application_id, None)


@pages.post("/applications/<application_id>/conclusion")
@allow(Role.REVIEWER)
def conclude(application_id: str) -> Response | Answer:
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
    again = partial(_conclusion_page, application_id)
    onwards = f"/applications/{application_id}"
    about = partial(of_unit, application_id, opening.REVIEW, _concluding())
    return CONCLUSION.send(typed, payload, onwards, again, about)


def _concluding() -> Choices:
    return {
        "conclusion": dict(label_choices("conclusion")),
        "grounds": dict(label_choices("rejection_ground")),
    }


def _check_page(application_id: str, shown: Submitted | None, part: Any = None) -> Answer:
    if part is None:
        part = opening.opened(application_id, opening.REVIEW, after_of(shown))
    made = {} if part.away else {row["check"]: row for row in part.result["checks"]}
    missing = [] if part.away else _missing(part.result)
    here = [value for value, _ in label_choices("check") if value not in OWN_FORMS]
    asked = request.args.get("check", "")
    chosen = asked if asked in here else next((its for its in missing if its in here), "")
    before = made.get(chosen, {})
    first: dict[str, Any] = {name: before.get(name) or "" for name in ("finding", "evidence")}
    first["documents"] = before.get("documents", [])
    return application_form(
        "desk/check.html",
        application_id,
        shown,
        opening.REVIEW,
        commands=[CHECK.command],
        first={"check": chosen, **first},
        names=CHECK.names,
        part=part,
        missing=missing,
        made=made,
        own_forms=[its for its in OWN_FORMS.items() if its[0] in made or its[0] in missing],
        proof=reviewing.evidence(application_id),
        checks=[
            (value, _choice(word, made.get(value)))
            for value, word in label_choices("check")
            if value not in OWN_FORMS and (part.away or value in made or value in missing)
        ],
    )


def _conclusion_page(application_id: str, shown: Submitted | None) -> Answer:
    """Where the batch has a review group, the votes of its members are counted, not asked for."""
    given = request.args.get("conclusion", "")
    part = opening.opened(application_id, opening.REVIEW, after_of(shown))
    group = Part() if part.result is None else reviewing.group_of(part.result["batch_id"])
    record = Part() if group.result is None else reviewing.opened_review(application_id)
    return application_form(
        "desk/conclusion.html",
        application_id,
        shown,
        opening.REVIEW,
        part=part,
        votes=list(record.result["votes"].values()) if record.result else None,
        commands=[CONCLUSION.command],
        first={"conclusion": given} if given in dict(label_choices("conclusion")) else {},
        names=CONCLUSION.names,
        grounds=grounds(),
    )


def _choice(word: str, made: Mapping[str, Any] | None) -> str:
    return word if made is None else f"{word}（已登记：{label(made['finding'], 'finding')}）"


def _is_checked(application: Mapping[str, Any]) -> bool:
    """Whether all its checks are made and a conclusion is next, or what that still waits for."""
    under_review = application["status"] == ApplicationStatus.UNDER_REVIEW
    return under_review and bool(application["checks"]) and not _missing(application)


def _missing(application: Mapping[str, Any]) -> list[str]:
    """The checks that are still to be made, in their usual order."""
    return [
        str(check)
        for step in application["steps"]
        if step["command"] == CHECK.command
        for check in step["needs"]
    ]
