"""Cases of the writes from a batch's opening to its designations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.portal.matrix.scene import KIND, Case, Make, Scene, of_application, ones_own, without
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    LEADER,
    OFFICER,
    application,
    batch,
    deliberation,
    notice,
    objection,
    plan,
    recommended,
    supplement,
)

RECEIPT = "r7Kd-93Qm-wX2p-84Lt"


def _deliberations(scene: Scene, _: str) -> Case:
    payload = deliberation(scene.batch_id, [scene.qualified()], scene.bureau.today)
    return Case({"batch_id": scene.batch_id}, without(payload, "batch_id"))


def _notices(scene: Scene, _: str) -> Case:
    payload = notice(scene.batch_id, [scene.listed()])
    return Case({"batch_id": scene.batch_id}, without(payload, "batch_id"))


def _new_batch(scene: Scene) -> tuple[dict[str, str], dict[str, Any]]:
    """A batch over which nobody has deliberated: what an address names, and its command."""
    payload = batch(scene.bureau.today)
    scene.bureau.send(LEADER, "OpenBatch", payload)
    return {"batch_id": str(payload["batch_id"])}, payload


def _plans(scene: Scene, _: str) -> Case:
    ids, opened = _new_batch(scene)
    return Case(ids, without(plan(ids["batch_id"], opened["places"]), "batch_id"))


def _extensions(scene: Scene, _: str) -> Case:
    ids, opened = _new_batch(scene)
    later = dt.date.fromisoformat(opened["closes_on"]) + dt.timedelta(days=1)
    return Case(ids, {"closes_on": later.isoformat(), "reason": "申报单位较少。"})


def _recommended(body: Mapping[str, Any]) -> Make:
    """An application that waits for its recommender's word."""

    def make(scene: Scene, _: str) -> Case:
        payload = recommended(scene.batch_id, KIND)
        scene.bureau.send(APPLICANT, "SubmitApplication", payload)
        return Case({"application_id": payload["application_id"]}, body)

    return make


def _supplements(scene: Scene, caller: str) -> Case:
    ids = {"application_id": ones_own(scene, caller)[1]}
    scene.bureau.send(OFFICER, "RequestSupplement", {**ids, "missing": "请补交税务登记证明。"})
    return Case(ids, without(supplement(ids["application_id"], KIND), "application_id"))


def _withdrawals(scene: Scene, caller: str) -> Case:
    return Case({"application_id": ones_own(scene, caller)[1]}, {"reasons": "不再申报。"})


def _applications(scene: Scene, _: str) -> Case:
    return Case({}, application(scene.batch_id, KIND))


def _objections(scene: Scene, _: str) -> Case:
    notice_id, made = scene.running()
    return Case({"notice_id": notice_id}, without(objection(notice_id, made), "notice_id"))


def _outcomes(scene: Scene, _: str) -> Case:
    notice_id, made = scene.running()
    raised = {**objection(notice_id, made), "receipt_code": RECEIPT}
    scene.bureau.send(ANYONE, "ObjectToNotice", raised)
    scene.bureau.read("ListNotices", {})
    return Case({"objection_id": str(raised["objection_id"])}, {"receipt_code": RECEIPT})


def _decisions(scene: Scene, _: str) -> Case:
    notice_id, objection_id = scene.objected()
    body = {"outcome": "overruled", "reasons": "经核实，反映的情况不属实。"}
    return Case({"notice_id": notice_id, "objection_id": objection_id}, body)


def _designations(scene: Scene, _: str) -> Case:
    notice_id, made = scene.over()
    return Case({"notice_id": notice_id}, {"application_ids": [made]})


SELECTION_CASES: dict[str, Make] = {
    "POST /api/v1/batches": lambda scene, _: Case({}, batch(scene.bureau.today)),
    "POST /api/v1/batches/<batch_id>/plan": _plans,
    "POST /api/v1/batches/<batch_id>/extension": _extensions,
    "POST /api/v1/batches/<batch_id>/deliberations": _deliberations,
    "POST /api/v1/batches/<batch_id>/notices": _notices,
    "POST /api/v1/applications": _applications,
    "POST /api/v1/applications/<application_id>/recommendation/confirm": _recommended(
        {"document": "市工商联函〔2026〕12号"}
    ),
    "POST /api/v1/applications/<application_id>/recommendation/decline": _recommended(
        {"document": "市工商联函〔2026〕13号", "reasons": "没有推荐过该单位。"}
    ),
    "POST /api/v1/applications/<application_id>/supplement/request": of_application(
        Scene.submitted, {"missing": "请补交税务登记证明。"}
    ),
    "POST /api/v1/applications/<application_id>/supplement": _supplements,
    "POST /api/v1/applications/<application_id>/withdrawal": _withdrawals,
    "POST /api/v1/applications/<application_id>/formal-check/pass": of_application(Scene.submitted),
    "POST /api/v1/applications/<application_id>/formal-check/fail": of_application(
        Scene.submitted, {"grounds": ["documents_incomplete"], "reasons": "缺少营业执照。"}
    ),
    "POST /api/v1/notices/<notice_id>/objections": _objections,
    "POST /api/v1/notices/<notice_id>/objections/<objection_id>/decision": _decisions,
    "POST /api/v1/objections/<objection_id>/outcome": _outcomes,
    "POST /api/v1/notices/<notice_id>/designations": _designations,
}
"""By the names of the written table."""
