"""Cases of the writes about review groups, reviews, opinions, and what a meeting decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.portal.matrix.scene import KIND, Case, Make, Scene, without
from tests.portal.people import CONSOLE
from tests.system.bureau import (
    LEADER,
    NO_INTERESTS,
    OFFICER,
    REVIEWER,
    conclusion,
    deliberation,
    new_id,
    review_check,
    striking_off,
)

_REASONS = {"reasons": "经核实，情况属实。"}
_FLAGGED = "violations_and_penalties"
_OPINION = {"source": "enforcement_body", "body": "市生态环境局"}
_ANSWER = {"view": "no_objection", "text": "近三年没有行政处罚记录。", "document": None}


def group(scene: Scene, batch_id: str, *members: str) -> None:
    """Appoint a batch's review group, with the reviewer who makes the checks; all have no ties."""
    everybody = (REVIEWER.id, *members)
    scene.bureau.send(LEADER, "AppointReviewGroup", {"batch_id": batch_id, **_members(*everybody)})
    for each in everybody:
        declared = {**NO_INTERESTS, "batch_id": batch_id, "member_id": each}
        scene.bureau.send(replace(REVIEWER, id=each), "DeclareInterests", declared)


def opinion(scene: Scene, application_id: str, unit: str | None = None) -> str:
    """Ask for an opinion that accounts of `unit` may answer; its id."""
    asked = {"application_id": application_id, "opinion_id": new_id(), "body_unit": unit}
    scene.bureau.send(OFFICER, "AskOpinion", {**asked, **_OPINION})
    return str(asked["opinion_id"])


def _members(*members: str) -> dict[str, Any]:
    return {"member_ids": list(members), "chair": members[0]}


def _of_group(body: Callable[[str], Mapping[str, Any]]) -> Make:
    """A batch with a group, of which the caller is."""

    def make(scene: Scene, caller: str) -> Case:
        batch_id = scene.bureau.open_batch()
        group(scene, batch_id, caller)
        return Case({"batch_id": batch_id}, body(caller))

    return make


def _interests(caller: str) -> dict[str, Any]:
    nothing = {"employer_code": None, "industry_group": None, "district": None}
    return {"member_id": caller, "employer_name": "市律师协会", "bodies": [], **nothing}


def _reviewed(scene: Scene, caller: str) -> str:
    """An application under review by a group of which the caller is."""
    batch_id = scene.bureau.open_batch()
    group(scene, batch_id, caller)
    made = scene.bureau.apply(batch_id, KIND)
    scene.bureau.pass_form(made)
    return made


def _of_review(body: Callable[[Scene], Mapping[str, Any]]) -> Make:
    return lambda scene, caller: Case({"application_id": _reviewed(scene, caller)}, body(scene))


def _held(scene: Scene) -> dict[str, Any]:
    return {
        "held_on": scene.bureau.today.isoformat(),
        "participants": "街道办事处负责人",
        "minutes": "现场查看了经营情况。",
        "documents": None,
    }


def _political_direction(scene: Scene) -> dict[str, Any]:
    return {
        "party_organisation": "branch",
        "interviewed_on": scene.bureau.today.isoformat(),
        "finding": "passed",
        "interviewed": "单位负责人",
        "minutes": "党组织健全，活动正常。",
    }


_GOVERNANCE = {
    **dict.fromkeys(("self_discipline", "mediation", "oversight"), "passed"),
    "evidence": "自律公约完善，定期检查会员。",
}


def _flags(scene: Scene, caller: str) -> Case:
    made = _reviewed(scene, caller)
    scene.bureau.send(REVIEWER, "RecordReviewCheck", review_check(made, _FLAGGED, "flagged"))
    return Case({"application_id": made}, {"check": _FLAGGED, "resolution": "cleared", **_REASONS})


def _conclusions(scene: Scene, caller: str) -> Case:
    made = _reviewed(scene, caller)
    scene.bureau.check(made, KIND)
    scene.bureau.examine(made)
    for member in (REVIEWER.id, caller):
        actor = replace(REVIEWER, id=member)
        scene.bureau.send(actor, "CastVote", {"application_id": made, "in_favour": True})
    return Case({"application_id": made}, without(conclusion(""), "application_id"))


def _votes(scene: Scene, caller: str) -> Case:
    made = _reviewed(scene, caller)
    scene.bureau.check(made, KIND)
    return Case({"application_id": made}, {"in_favour": True, "reasons": None})


def _answers(scene: Scene, caller: str) -> Case:
    """The caller acts for the body that was asked, or for the bureau."""
    shown = scene.people.console.query(CONSOLE, "portal", "ShowAccount", {"account_id": caller})
    unit = next((grant["unit"] for grant in shown["grants"]), None)
    made = scene.under_review()
    return Case({"application_id": made, "opinion_id": opinion(scene, made, unit)}, _ANSWER)


def _taken_back(scene: Scene, _: str) -> Case:
    made = scene.under_review()
    return Case({"application_id": made, "opinion_id": opinion(scene, made)}, _REASONS)


def _adjourned(scene: Scene, _: str) -> Case:
    its = deliberation(scene.batch_id, [], scene.bureau.today)
    body = {**without(its, "batch_id", "listed"), "present": 4}
    return Case({"batch_id": scene.batch_id}, body)


def _promotions(scene: Scene, _: str) -> Case:
    return Case({"batch_id": scene.batch_id, "application_id": _reserve(scene)}, _REASONS)


def _closings(scene: Scene, _: str) -> Case:
    _reserve(scene)
    return Case({"batch_id": scene.batch_id}, _REASONS)


def _reserve(scene: Scene) -> str:
    made = scene.qualified()
    decided = {**deliberation(scene.batch_id, [], scene.bureau.today), "reserves": [made]}
    scene.bureau.send(LEADER, "RecordDeliberation", decided)
    return made


def _strikings_off(scene: Scene, _: str) -> Case:
    made = scene.qualified()
    body = without(striking_off(made, scene.bureau.today), "application_id")
    return Case({"application_id": made}, body)


def _corrections(scene: Scene, _: str) -> Case:
    notice_id, made = scene.running()
    body = {"application_id": made, "wrong": "单位名称有误。", "correction": "更正为新名称。"}
    return Case({"notice_id": notice_id}, body)


def _extensions(scene: Scene, _: str) -> Case:
    notice_id, objection_id = scene.objected()
    return Case({"notice_id": notice_id, "objection_id": objection_id}, _REASONS)


_BATCH = "POST /api/v1/batches/<batch_id>"
_REVIEW = "POST /api/v1/applications/<application_id>/review"
_NOTICE = "POST /api/v1/notices/<notice_id>"

REVIEW_CASES: dict[str, Make] = {
    f"{_REVIEW}/checks": _of_review(
        lambda _: without(review_check("", "tax_arrears"), "application_id")
    ),
    f"{_REVIEW}/conclusion": _conclusions,
    f"{_BATCH}/review-group": lambda scene, caller: Case(
        {"batch_id": scene.bureau.open_batch()}, _members(caller)
    ),
    f"{_BATCH}/review-group/changes": _of_group(lambda caller: {**_members(caller), **_REASONS}),
    f"{_BATCH}/review-group/interests": _of_group(_interests),
    f"{_REVIEW}/recusals": _of_review(lambda _: _REASONS),
    f"{_REVIEW}/recusals/examination": _of_review(lambda _: {}),
    f"{_REVIEW}/political-direction": _of_review(_political_direction),
    f"{_REVIEW}/governance-ability": _of_review(lambda _: _GOVERNANCE),
    f"{_REVIEW}/visits": _of_review(_held),
    f"{_REVIEW}/talks": _of_review(_held),
    f"{_REVIEW}/flags": _flags,
    f"{_REVIEW}/opinions": _of_review(lambda _: {**_OPINION, "body_unit": None}),
    f"{_REVIEW}/opinions/<opinion_id>/answer": _answers,
    f"{_REVIEW}/opinions/<opinion_id>/withdrawal": _taken_back,
    f"{_REVIEW}/votes": _votes,
    f"{_BATCH}/deliberations/adjourned": _adjourned,
    f"{_BATCH}/reserves/<application_id>/promotion": _promotions,
    f"{_BATCH}/reserves/closing": _closings,
    "POST /api/v1/applications/<application_id>/striking-off": _strikings_off,
    f"{_NOTICE}/corrections": _corrections,
    f"{_NOTICE}/objections/<objection_id>/extension": _extensions,
}
"""By the names of the written table."""
