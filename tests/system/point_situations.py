"""For every command about a point, a point about which it would be carried out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import (
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    Bureau,
    Payload,
    new_id,
    opening_of_retirement,
    renewal_decision,
    retirement_decision,
)

_KIND = UnitKind.CHAMBER
_POINTS = 20
_REASONS = {"reasons": "经核实，情况属实"}

About = tuple[str, Actor, Payload, str, int]
"""Command, sender, payload, kind of stream (or the stream), and the version where that stands."""


def points_about(bureau: Bureau) -> list[About]:
    """A situation for each command, each about a point of its own."""
    points = _points(bureau)
    today = bureau.today.isoformat()
    plaque = {"plaque_number": new_id(), "given_on": today}
    details: dict[str, Any] = {"unit_name": None, "address": "工业路9号"}
    liaison = {"liaison_name": "王联络", "liaison_phone": "13900004321"}
    told = {"told_on": today, "means": "in_person"}
    grade = {"year": bureau.today.year, "grade": "excellent", "evidence": "考核结果通报"}
    merging = {"into_point_id": next(points), "retirement_id": new_id(), "merged_on": today}
    with_plaque, suspended = next(points), next(points)
    given = {"plaque_number": new_id(), "given_on": today}
    bureau.send(OFFICER, "GivePlaque", {"point_id": with_plaque, **given})
    bureau.send(LEADER, "SuspendPoint", {"point_id": suspended, **_REASONS})
    bureau.let_renewals_begin()
    proposed = _renewal(bureau, next(points))
    graded = _renewal(bureau, next(points))
    agreed = _renewal(bureau, next(points))
    for renewal_id in (graded, agreed):
        bureau.send(OFFICER, "RecordRenewalGrade", {"renewal_id": renewal_id, **grade})
    bureau.send(LEADER, "DecideRenewal", renewal_decision(agreed, bureau.today))
    opened, heard, waiting = (
        bureau.open_retirement(next(points), "no_longer_qualified") for _ in range(3)
    )
    wishing = bureau.open_retirement(next(points))
    retiring = next(points)
    bureau.to_retire(retiring)
    for retirement_id in (heard, waiting):
        bureau.send(OFFICER, "TellRetirementFacts", {"retirement_id": retirement_id, **told})
    prefix = {"division": DISTRICT, "prefix": new_id()[:12], "reason": "本局发文字号"}
    bureau.send(LEADER, "SetCertificatePrefix", {**prefix, "prefix": new_id()[:12]})
    prefixes_set = bureau.last["version"]  # of a register that all situations share
    return [
        ("SetCertificatePrefix", LEADER, prefix, f"certificates-{DISTRICT}", prefixes_set),
        ("ChangePointDetails", OFFICER, {"point_id": next(points), **details, **_REASONS},
         "point", 2),
        ("MovePoint", OFFICER, {"point_id": next(points), "division": OTHER_DISTRICT,
         "moved_on": today, **_REASONS}, "point", 2),
        ("MergePoint", LEADER, {"point_id": next(points), **merging, **_REASONS}, "point", 2),
        ("AppointPointLiaison", OFFICER, {"point_id": next(points), **liaison}, "point", 2),
        ("AppointBureauLiaison", OFFICER, {"point_id": next(points), "account_id": new_id()},
         "point", 2),
        ("GivePlaque", OFFICER, {"point_id": next(points), **plaque}, "point", 2),
        ("ReturnPlaque", OFFICER, {"point_id": with_plaque, "returned_on": today}, "point", 3),
        ("SuspendPoint", LEADER, {"point_id": next(points), **_REASONS}, "point", 2),
        ("ResumePoint", LEADER, {"point_id": suspended, **_REASONS}, "point", 3),
        ("ProposeRenewal", OFFICER, {"point_id": next(points), "renewal_id": new_id(), **_REASONS},
         "renewal", 0),
        ("RecordRenewalGrade", OFFICER, {"renewal_id": proposed, **grade}, "renewal", 1),
        ("DecideRenewal", LEADER, renewal_decision(graded, bureau.today), "renewal", 2),
        ("RenewPoint", LEADER, {"renewal_id": agreed}, "renewal", 3),
        ("OpenRetirement", OFFICER, opening_of_retirement(next(points)), "retirement", 0),
        ("TellRetirementFacts", OFFICER, {"retirement_id": opened, **told}, "retirement", 1),
        ("RecordStatement", OFFICER, {"retirement_id": heard, "made_on": today,
         "statement": "我单位接受处理"}, "retirement", 2),
        ("WaiveStatement", OFFICER, {"retirement_id": waiting, "evidence": "书面声明"},
         "retirement", 2),
        ("DecideRetirement", LEADER, retirement_decision(wishing, bureau.today), "retirement", 1),
        ("RetirePoint", LEADER, {"point_id": retiring, "ground": "own_wish",
         "facts": "该单位书面申请退出"}, "point", 3),
    ]  # fmt: skip


def _points(bureau: Bureau) -> Iterator[str]:
    """Points of the city that nothing has happened to."""
    batch_id, notice_id, units = bureau.on_notice([(_KIND, DISTRICT)] * _POINTS)
    bureau.let_notice_end()
    bureau.designate(notice_id, units)
    return (row["point_id"] for row in bureau.points(batch_id).values())


def _renewal(bureau: Bureau, point_id: str) -> str:
    """A renewal that was proposed."""
    payload = {"renewal_id": new_id(), "point_id": point_id, **_REASONS}
    bureau.send(OFFICER, "ProposeRenewal", payload)
    return str(payload["renewal_id"])
