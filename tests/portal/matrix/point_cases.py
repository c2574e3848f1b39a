"""Cases of the writes about points, their renewals and their retirements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.portal.matrix.scene import Case, Make, Scene, without
from tests.portal.people import CONSOLE
from tests.system.bureau import (
    CITY,
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    new_id,
    opening_of_retirement,
    renewal_decision,
    retirement_decision,
)

_REASONS = {"reasons": "经核实，情况属实。"}
_GRADE = {"year": 2026, "grade": "excellent", "evidence": "考核结果通报。"}


def _point(scene: Scene, caller: str) -> str:
    """A point; who acts for points acts for this one from here on."""
    point_id = scene.point()
    console = scene.people.console
    shown = console.query(CONSOLE, "portal", "ShowAccount", {"account_id": caller})
    done = None
    for grant in shown["grants"]:
        if grant["role"] == "point":
            held = {"account_id": caller, "grant_id": grant["grant_id"]}
            console.command(CONSOLE, "portal", "RevokeRole", held)
            done = console.command(
                CONSOLE,
                "portal",
                "GrantRole",
                {
                    "account_id": caller,
                    "grant_id": new_id(),
                    "role": "point",
                    "division": CITY,
                    "unit": point_id,
                },
            )
    if done is not None:
        console.query(CONSOLE, "portal", "ShowAccount", {"account_id": caller}, after=done)
    return point_id


def _of_point(
    body: Callable[[Scene], Mapping[str, Any]],
    before: Callable[[Scene, str], None] = lambda scene, point_id: None,
) -> Make:
    """A point to which something has happened before."""

    def make(scene: Scene, caller: str) -> Case:
        point_id = _point(scene, caller)
        before(scene, point_id)
        return Case({"point_id": point_id}, body(scene))

    return make


def _today(scene: Scene) -> str:
    return scene.bureau.today.isoformat()


def _plaque(scene: Scene) -> dict[str, Any]:
    return {"plaque_number": new_id(), "given_on": _today(scene)}


def _has_plaque(scene: Scene, point_id: str) -> None:
    scene.bureau.send(OFFICER, "GivePlaque", {"point_id": point_id, **_plaque(scene)})


def _is_suspended(scene: Scene, point_id: str) -> None:
    scene.bureau.send(LEADER, "SuspendPoint", {"point_id": point_id, **_REASONS})


def _is_to_retire(scene: Scene, point_id: str) -> None:
    scene.bureau.to_retire(point_id)


def _of_renewal(
    body: Callable[[Scene], Mapping[str, Any]], graded: bool = False, agreed: bool = False
) -> Make:
    def make(scene: Scene, _: str) -> Case:
        renewal_id, bureau = new_id(), scene.bureau
        proposed = {"renewal_id": renewal_id, "point_id": scene.point(), **_REASONS}
        bureau.let_renewals_begin()
        bureau.send(OFFICER, "ProposeRenewal", proposed)
        if graded:
            bureau.send(OFFICER, "RecordRenewalGrade", {"renewal_id": renewal_id, **_GRADE})
        if agreed:
            bureau.send(LEADER, "DecideRenewal", renewal_decision(renewal_id, bureau.today))
        return Case({"renewal_id": renewal_id}, body(scene))

    return make


def _of_retirement(
    body: Callable[[Scene], Mapping[str, Any]], ground: str = "own_wish", told: bool = False
) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        retirement_id = scene.bureau.open_retirement(_point(scene, caller), ground)
        if told:
            facts = {"retirement_id": retirement_id, **_told(scene)}
            scene.bureau.send(OFFICER, "TellRetirementFacts", facts)
        return Case({"retirement_id": retirement_id}, body(scene))

    return make


def _told(scene: Scene) -> dict[str, Any]:
    return {"told_on": _today(scene), "means": "in_person"}


def _decision(make: Callable[..., Mapping[str, Any]], of: str) -> Any:
    return lambda scene: without(make("", scene.bureau.today), of)


_POINT = "POST /api/v1/points/<point_id>"
_RENEWAL = "POST /api/v1/renewals/<renewal_id>"
_RETIREMENT = "POST /api/v1/retirements/<retirement_id>"

POINT_CASES: dict[str, Make] = {
    f"{_POINT}/details": _of_point(lambda _: {"address": "工业路9号", **_REASONS}),
    f"{_POINT}/move": _of_point(
        lambda scene: {"division": OTHER_DISTRICT, "moved_on": _today(scene), **_REASONS}
    ),
    f"{_POINT}/merger": _of_point(
        lambda scene: {"into_point_id": scene.point(), "merged_on": _today(scene), **_REASONS}
    ),
    f"{_POINT}/liaison": _of_point(
        lambda _: {"liaison_name": "王联络", "liaison_phone": "13900004321"}
    ),
    f"{_POINT}/bureau-liaison": _of_point(lambda _: {"account_id": new_id()}),
    f"{_POINT}/plaque": _of_point(_plaque),
    f"{_POINT}/plaque/return": _of_point(lambda scene: {"returned_on": _today(scene)}, _has_plaque),
    f"{_POINT}/suspension": _of_point(lambda _: _REASONS),
    f"{_POINT}/resumption": _of_point(lambda _: _REASONS, _is_suspended),
    f"{_POINT}/retirement": _of_point(
        lambda _: {"ground": "own_wish", "facts": "自愿申请退出。"}, _is_to_retire
    ),
    f"{_POINT}/renewals": _of_point(
        lambda _: _REASONS, lambda scene, _: scene.bureau.let_renewals_begin()
    ),
    f"{_RENEWAL}/grade": _of_renewal(lambda _: _GRADE),
    f"{_RENEWAL}/decision": _of_renewal(_decision(renewal_decision, "renewal_id"), graded=True),
    f"{_RENEWAL}/completion": _of_renewal(lambda _: {}, graded=True, agreed=True),
    f"{_POINT}/retirements": _of_point(
        lambda _: without(opening_of_retirement(""), "point_id", "retirement_id")
    ),
    f"{_RETIREMENT}/facts": _of_retirement(_told, "no_longer_qualified"),
    f"{_RETIREMENT}/statement": _of_retirement(
        lambda scene: {"made_on": _today(scene), "statement": "我单位接受处理。"},
        "no_longer_qualified",
        told=True,
    ),
    f"{_RETIREMENT}/waiver": _of_retirement(
        lambda _: {"evidence": "书面声明放弃。"}, "no_longer_qualified", told=True
    ),
    f"{_RETIREMENT}/decision": _of_retirement(_decision(retirement_decision, "retirement_id")),
    "PUT /api/v1/divisions/<division>/certificate-prefix": lambda _, __: Case(
        {"division": DISTRICT}, {"prefix": f"测{new_id()[:8]}", "reason": "本局发文字号。"}
    ),
}
"""By the names of the written table."""
