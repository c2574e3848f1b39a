"""For every command of erasure that somebody may send, a state in which it would be carried out."""

from __future__ import annotations

from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import APPLICANT, LEADER, OFFICER, Bureau, Payload, new_id
from tests.system.point_situations import About

_REASONS = "申请人到窗口提出，身份已核对"
_LOCK = {"ground": "keeping_by_law", "locked_until": "9990-01-01", "reasons": _REASONS}


def erasures_about(bureau: Bureau, batch_id: str) -> list[About]:
    """Each about an application of its own, which was withdrawn."""
    approving, refusing, locking, reading = (_requested(bureau, batch_id) for _ in range(4))
    bureau.send(LEADER, "LockSubject", {"erasure_id": reading, **_LOCK})
    return [
        ("RequestErasure", OFFICER, _request(bureau, batch_id), "erasure", 0),
        ("ApproveErasure", LEADER, {"erasure_id": approving}, "erasure", 1),
        ("RefuseErasure", LEADER, {"erasure_id": refusing, "reasons": _REASONS}, "erasure", 1),
        ("LockSubject", LEADER, {"erasure_id": locking, **_LOCK}, "erasure", 1),
        ("AllowReading", LEADER, {"erasure_id": reading, "purpose": _REASONS}, "erasure", 2),
    ]


def _request(bureau: Bureau, batch_id: str) -> Payload:
    application_id = bureau.apply(batch_id, UnitKind.CHAMBER)
    bureau.send(APPLICANT, "WithdrawApplication", {"application_id": application_id})
    return {
        "erasure_id": new_id(),
        "stream": f"application-{application_id}",
        "scope": "whole",
        "reason": _REASONS,
    }


def _requested(bureau: Bureau, batch_id: str) -> str:
    asked = _request(bureau, batch_id)
    bureau.send(OFFICER, "RequestErasure", asked)
    return str(asked["erasure_id"])
