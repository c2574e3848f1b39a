"""Cases of the writes about publicity, trainings, quarterly reports, questions and funds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.roles import Role
from tests.portal.matrix.point_cases import _point
from tests.portal.matrix.scene import Case, Make, Scene
from tests.system.bureau import DISTRICT, LEADER, OFFICER, new_id
from tests.system.installation import PATIENCE

_TEXT = "在社区讲解如何反映乱收费"
_REASONS = {"reasons": "请补充具体情况"}


def _send(scene: Scene, actor: Actor, command: str, payload: Mapping[str, Any]) -> None:
    scene.bureau.client.command(actor, "assessment", command, dict(payload))


def duty_point(scene: Scene, caller: str) -> Actor:
    """A point that the assessment knows; the caller acts for it if they act for any."""
    unit = _point(scene, caller) if caller else scene.point()
    actor = Actor(f"of-{new_id()}", Role.POINT, unit=unit)
    trial = {"question_id": new_id(), "text": "请问怎么登记？"}

    def is_known() -> bool:
        try:
            _send(scene, actor, "AskBureau", trial)
        except Refused:
            return False
        return True

    assert wait_until(is_known, PATIENCE)
    return actor


def _publicity(scene: Scene) -> dict[str, Any]:
    today = scene.bureau.today.isoformat()
    told = {"form": "lecture", "subject": "条例宣讲", "audience": 60, "account": _TEXT}
    return {"held_on": today, **told}


def recorded(scene: Scene, by: Actor) -> str:
    publicity_id = new_id()
    _send(scene, by, "RecordPublicity", {"publicity_id": publicity_id, **_publicity(scene)})
    return publicity_id


def report_of(_: Scene, by: Actor) -> str:
    """The id of the point's report of a quarter that is over."""
    return f"2020q4-{by.unit}"


def handed_in(scene: Scene, by: Actor) -> str:
    report_id = report_of(scene, by)
    _send(scene, by, "HandInReport", {"report_id": report_id, "text": _TEXT})
    return report_id


def asked(scene: Scene, by: Actor) -> str:
    question_id = new_id()
    _send(scene, by, "AskBureau", {"question_id": question_id, "text": _TEXT})
    return question_id


def _allocated(scene: Scene, by: Actor, year: int = 2020) -> str:
    funding_id = f"{year}-{by.unit}"
    given = {"funding_id": funding_id, "entry_id": new_id(), "amount": 100_000, **_REASONS}
    _send(scene, LEADER, "AllocateFunding", given)
    return funding_id


def _training(scene: Scene) -> dict[str, Any]:
    where = {"division": DISTRICT, "title": "业务培训", "place": "会议室"}
    return {**where, "planned_on": scene.bureau.today.isoformat()}


def _of_a_training(body: Callable[[Scene], Mapping[str, Any]]) -> Make:
    def make(scene: Scene, _: str) -> Case:
        training_id = new_id()
        given = {"training_id": training_id, **_training(scene)}
        _send(scene, OFFICER, "PlanTraining", given)
        return Case({"training_id": training_id}, body(scene))

    return make


def _came(scene: Scene) -> Mapping[str, Any]:
    by = duty_point(scene, "")
    return {"held_on": scene.bureau.today.isoformat(), "attended": [by.unit], "absent": []}


def _by_a_point(name: str, made: Callable[[Scene, Actor], str], body: Mapping[str, Any]) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        return Case({name: made(scene, duty_point(scene, caller))}, body)

    return make


def _as_a_point(body: Callable[[Scene], Mapping[str, Any]]) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        duty_point(scene, caller)
        return Case({}, body(scene))

    return make


def _spending(scene: Scene, caller: str) -> Case:
    funding_id = _allocated(scene, duty_point(scene, caller), scene.bureau.today.year)
    its = {"amount": 100, "spent_on": scene.bureau.today.isoformat()}
    return Case({"funding_id": funding_id}, {**its, "purpose": "印制资料", "proof": "发票 1"})


_MONEY = {"amount": 100, **_REASONS}
_API = "POST /api/v1"

DUTY_CASES: dict[str, Make] = {
    f"{_API}/publicity": _as_a_point(_publicity),
    f"{_API}/publicity/<publicity_id>/confirmation": _by_a_point("publicity_id", recorded, {}),
    f"{_API}/publicity/<publicity_id>/return": _by_a_point("publicity_id", recorded, _REASONS),
    f"{_API}/trainings": lambda scene, _: Case({}, _training(scene)),
    f"{_API}/trainings/<training_id>/attendance": _of_a_training(_came),
    f"{_API}/trainings/<training_id>/cancellation": _of_a_training(lambda _: _REASONS),
    f"{_API}/quarterly-reports/<report_id>/handing-in": _by_a_point(
        "report_id", report_of, {"text": _TEXT}
    ),
    f"{_API}/quarterly-reports/<report_id>/return": _by_a_point("report_id", handed_in, _REASONS),
    f"{_API}/point-questions": _as_a_point(lambda _: {"text": _TEXT}),
    f"{_API}/point-questions/<question_id>/answer": _by_a_point(
        "question_id", asked, {"answer": _TEXT}
    ),
    f"{_API}/funding/<funding_id>/allocations": _by_a_point("funding_id", _allocated, _MONEY),
    f"{_API}/funding/<funding_id>/takings-back": _by_a_point("funding_id", _allocated, _MONEY),
    f"{_API}/funding/<funding_id>/spendings": _spending,
}
"""By the names of the written table."""


def duty_things(scene: Scene) -> dict[str, str]:
    """One of each that an address names, shown already."""
    by = duty_point(scene, "")
    ids = {"publicity_id": recorded(scene, by), "report_id": handed_in(scene, by)}
    ids |= {"funding_id": _allocated(scene, by)}
    training_id = new_id()
    _send(scene, OFFICER, "PlanTraining", {"training_id": training_id, **_training(scene)})
    for name, query in (("publicity_id", "OpenPublicity"), ("report_id", "OpenQuarterlyReport")):
        assert wait_until(lambda q=query, a={name: ids[name]}: _is_shown(scene, q, a), PATIENCE)  # type: ignore[misc]
    return {**ids, "training_id": training_id}


def _is_shown(scene: Scene, query: str, asked_for: dict[str, str]) -> bool:
    try:
        scene.bureau.client.query(OFFICER, "assessment", query, asked_for)
    except NotFound:
        return False
    return True
