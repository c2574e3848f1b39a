"""Cases of the writes about who a confidential reporter is, and who reads a case."""

from __future__ import annotations

from shared.access.actor import Actor
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import ACCEPTED, TEXT, Payload, filed, handler, send
from tests.portal.matrix.scene import Case, Make, Scene
from tests.system.bureau import CITY, new_id

SECRET = {
    "reporting": "confidential",
    "reporter_name": "惧某某",
    "reporter_phone": "13955556666",
}
"""Of whom nothing is told to anybody before two have agreed."""
_ASKER = Actor("officer-of-the-case", Role.OFFICER, CITY)
_READING: Payload = {"purpose": "核对经过。"}


def approver() -> Actor:
    """A leader that nobody else is."""
    return Actor(f"leader-{new_id()}", Role.LEADER, CITY)


def confidential(scene: Scene, caller: str) -> str:
    """A clue that the caller handles, of whom nobody knows who told it."""
    return filed(scene, caller, ACCEPTED, **SECRET)


def request(scene: Scene, asker: Actor, clue_id: str) -> str:
    """The id of a request that waits."""
    opening_id = new_id()
    its = {"opening_id": opening_id, "clue_id": clue_id, "reason": TEXT}
    send(scene, asker, "RequestOpening", its)
    return opening_id


def agree(scene: Scene, clue_id: str, opening_id: str) -> None:
    """Two leaders."""
    for _ in range(2):
        its = {"opening_id": opening_id, "clue_id": clue_id}
        send(scene, approver(), "ApproveOpening", its)


def _requested(body: Payload) -> Make:
    """A request of somebody else than the caller."""

    def make(scene: Scene, _: str) -> Case:
        clue_id = confidential(scene, _ASKER.id)
        opening_id = request(scene, _ASKER, clue_id)
        return Case({"clue_id": clue_id, "opening_id": opening_id}, body)

    return make


def _opened(scene: Scene, caller: str) -> Case:
    """The caller's own, which is open."""
    clue_id = confidential(scene, caller)
    opening_id = request(scene, handler(caller), clue_id)
    agree(scene, clue_id, opening_id)
    return Case({"clue_id": clue_id, "opening_id": opening_id}, _READING)


def _own(scene: Scene, caller: str) -> Case:
    return Case({"clue_id": confidential(scene, caller)}, {"reason": TEXT})


def _read(scene: Scene, caller: str) -> Case:
    """Through the caller's point, if they act for one."""
    return Case({"clue_id": filed(scene, caller, point=True, **SECRET)}, _READING)


_OPENING = "POST /api/v1/clues/<clue_id>/openings"

OPENING_CASES: dict[str, Make] = {
    _OPENING: _own,
    f"{_OPENING}/<opening_id>/approval": _requested({}),
    f"{_OPENING}/<opening_id>/refusal": _requested({"reasons": TEXT}),
    f"{_OPENING}/<opening_id>/readings": _opened,
    "POST /api/v1/clues/<clue_id>/readings": _read,
}
"""By the names of the written table."""
