"""Cases of the writes about erasures, of a case's reporter and of an application withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.access.actor import Actor
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import TEXT, filed
from tests.portal.matrix.scene import Case, Make, Scene, ones_own
from tests.system.bureau import CITY, LEADER, OFFICER, new_id

UNTIL = "2093-03-01"
LOCK: Mapping[str, Any] = {"ground": "proceedings", "locked_until": UNTIL, "reasons": TEXT}


def _of_reporter(scene: Scene) -> dict[str, Any]:
    """Who told of an open case can be erased at any time."""
    return {"stream": f"clue-{filed(scene, OFFICER.id)}", "scope": "reporter", "reason": TEXT}


def _of_applicant(scene: Scene) -> dict[str, Any]:
    applicant, application_id = ones_own(scene, new_id())
    withdrawn = {"application_id": application_id}
    scene.bureau.send(applicant, "WithdrawApplication", withdrawn)
    return {"stream": f"application-{application_id}", "scope": "whole", "reason": TEXT}


_HELD = {"clues": _of_reporter, "registry": _of_applicant}


def requested(scene: Scene, service: str, erasure_id: str = "") -> str:
    """A request of an officer, which a leader may decide; its id."""
    erasure_id = erasure_id or new_id()
    _send(scene, service, OFFICER, "RequestErasure", erasure_id, _HELD[service](scene))
    return erasure_id


def erased(scene: Scene, service: str, erasure_id: str = "") -> str:
    """By the known leader and another one."""
    erasure_id = requested(scene, service, erasure_id)
    for leader in (LEADER, Actor(new_id(), Role.LEADER, CITY)):
        _send(scene, service, leader, "ApproveErasure", erasure_id)
    return erasure_id


def locked(scene: Scene, service: str) -> str:
    erasure_id = requested(scene, service)
    _send(scene, service, LEADER, "LockSubject", erasure_id, LOCK)
    return erasure_id


def _send(
    scene: Scene,
    service: str,
    actor: Actor,
    command: str,
    erasure_id: str,
    rest: Mapping[str, Any] | None = None,
) -> None:
    payload = {"erasure_id": erasure_id, **(rest or {})}
    scene.bureau.client.command(actor, service, command, payload)


def _cases(service: str) -> dict[str, Make]:
    at = f"POST /api/v1/erasures/{service}"
    one = f"{at}/<erasure_id>"

    def on_request(body: Mapping[str, Any]) -> Make:
        return lambda scene, _: Case({"erasure_id": requested(scene, service)}, body)

    return {
        at: lambda scene, _: Case({}, _HELD[service](scene)),
        f"{one}/approval": on_request({}),
        f"{one}/refusal": on_request({"reasons": TEXT}),
        f"{one}/lock": on_request(LOCK),
        f"{one}/reading": lambda scene, _: Case(
            {"erasure_id": locked(scene, service)}, {"purpose": TEXT}
        ),
    }


ERASURE_CASES: dict[str, Make] = {**_cases("clues"), **_cases("registry")}
"""By the names of the written table."""
