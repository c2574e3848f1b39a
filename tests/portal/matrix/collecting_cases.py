"""Cases of the writes about boxes, symposia, imports, opinions, proposals and themes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from tests.portal.matrix.clue_cases import (
    TELL,
    TEXT,
    Body,
    clue,
    day,
    meeting_of,
    of_point,
    opinion,
    send,
    way_of,
)
from tests.portal.matrix.scene import Case, Make, Scene, without
from tests.system.bureau import ANYONE, CITY, DISTRICT, LEADER, OFFICER, new_id
from tests.system.installation import PATIENCE

_REASONS = {"reasons": TEXT}
SLIP = {
    **without(opinion(""), "way"),
    "nature": "opinion",
    "kinds": [],
    "unit_concerned": None,
    "happened_on": None,
    "place": None,
    "amount": None,
    "urgent": False,
    "retaliation": False,
}
"""An opinion without its id."""


def _keeper(scene: Scene, caller: str) -> Actor:
    """A point for who acts for points, the bureau for its own people; one of either does."""
    return of_point(scene, caller)


def _boxed(body: Body) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        box_id = new_id()
        send(scene, _keeper(scene, caller), "PlaceBox", {"box_id": box_id, **box_of(scene)})
        return Case({"box_id": box_id}, body(scene, caller))

    return make


def box_of(scene: Scene) -> Mapping[str, Any]:
    where = {"division": DISTRICT, "place": "街道办事处", "contact": "0731-22223333"}
    return {**where, "placed_on": scene.bureau.today.isoformat()}


def collected(scene: Scene) -> tuple[str, str]:
    """A box and a symposium of the city's, which are shown: their ids."""
    box_id, symposium_id = new_id(), new_id()
    send(scene, OFFICER, "PlaceBox", {"box_id": box_id, **box_of(scene)})
    planned = {"symposium_id": symposium_id, **meeting_of(scene)}
    done = scene.bureau.client.command(OFFICER, "clues", "ScheduleSymposium", planned)
    asked = {"symposium_id": symposium_id, "purpose": "办理"}
    scene.bureau.client.query(OFFICER, "clues", "OpenSymposium", asked, after=done)
    return box_id, symposium_id


def _slip() -> Mapping[str, Any]:
    return {**SLIP, "entry_id": new_id()}


def _emptying(scene: Scene, _: str) -> Mapping[str, Any]:
    today = scene.bureau.today.isoformat()
    return {"emptied_on": today, "opened_by": ["王某", "刘某"], "entries": [_slip()]}


def _scheduled(body: Body) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        symposium_id, by = new_id(), _keeper(scene, caller)
        send(scene, by, "ScheduleSymposium", {"symposium_id": symposium_id, **meeting_of(scene)})
        return Case({"symposium_id": symposium_id}, body(scene, caller))

    return make


def _keeping(body: Callable[[Scene], Mapping[str, Any]]) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        _keeper(scene, caller)
        return Case({}, body(scene))

    return make


def _held(scene: Scene, _: str) -> Mapping[str, Any]:
    today = scene.bureau.today.isoformat()
    return {"held_on": today, "attendees": 9, "minutes": TEXT, "entries": [_slip()]}


def _importing(_: Scene, __: str) -> Case:
    order = {"number": f"HL-{new_id()[:8]}", "entry": _slip()}
    return Case({"division": CITY}, {"orders": [order]})


def _of_opinion(scene: Scene, caller: str) -> str:
    opinion_id, by = new_id(), of_point(scene, caller)
    given = {"opinion_id": opinion_id, "reporter_id": new_id(), **opinion("point")}
    send(scene, by, "FileOpinion", given)
    return opinion_id


_EXPLAINED = {"resolution": "explained", "answer": TEXT, "proposal_id": None,
              "responsible": None, "proposal": None}  # fmt: skip


def _unanswered(scene: Scene, caller: str) -> Case:
    return Case({"opinion_id": _of_opinion(scene, caller)}, _EXPLAINED)


def _of_somebody_tied(scene: Scene, caller: str) -> Case:
    tie = {"account_id": caller, "tie": "relative", **_REASONS}
    return Case({"opinion_id": _of_opinion(scene, caller)}, tie)


def _to_be_taken(scene: Scene, caller: str) -> Case:
    told = {"kinds": ["inaction"], "body": "市生态环境局", "happened_on": None, "amount": None}
    body = {**told, "urgent": False, "unit_concerned": None}
    return Case({"opinion_id": _of_opinion(scene, caller)}, body)


def _answered(scene: Scene, caller: str) -> Case:
    opinion_id = _of_opinion(scene, caller)
    send(scene, OFFICER, "AnswerOpinion", {"opinion_id": opinion_id, **_EXPLAINED})
    return Case({"opinion_id": opinion_id}, day("relayed_on", **TELL)(scene, caller))


def _proposed(body: Body, over: bool = False) -> Make:
    def make(scene: Scene, caller: str) -> Case:
        opinion_id, proposal_id = _of_opinion(scene, caller), new_id()
        adopted = {"resolution": "adopted", "answer": TEXT, "proposal_id": proposal_id,
                   "responsible": "市司法局", "proposal": "制定办法"}  # fmt: skip
        send(scene, OFFICER, "AnswerOpinion", {"opinion_id": opinion_id, **adopted})
        if over:
            send(scene, LEADER, "DropProposal", {"proposal_id": proposal_id, **_REASONS})
        return Case({"proposal_id": proposal_id}, body(scene, caller))

    return make


def _raised(scene: Scene, _: str) -> Case:
    """A theme; its id follows from a body that nobody else complains of."""
    body = f"市{new_id()[:8]}局"
    for _number in range(3):
        given = {"clue_id": new_id(), "reporter_id": new_id(), **clue("form", body=body)}
        send(scene, ANYONE, "FileClue", given)

    def found() -> list[str]:
        rows = scene.bureau.client.query_all(LEADER, "clues", "ListThemes", {"status": "raised"})
        return [str(row["theme_id"]) for row in rows if row["body"] == body]

    assert wait_until(lambda: bool(found()), PATIENCE)
    return Case({"theme_id": found()[0]}, {"measures": TEXT})


def _setting(scene: Scene, _: str) -> Case:
    """A value that nobody has set yet."""
    value = 1 + int(new_id()[:4], 16) % 300
    figures = [{"name": "reopening_days", "value": value}]
    later = scene.bureau.today.isoformat()
    body = {"effective_from": later, "figures": figures, "corrects": None, "reason": TEXT}
    return Case({}, body)


def _baseline(_: Scene, __: str) -> Case:
    totals = {"complaints": int(new_id()[:6], 16), "shares": [], "source": "年度统计"}
    return Case({"division": CITY, "year": "2024"}, totals)


_PROPOSAL = "POST /api/v1/proposals/<proposal_id>"

COLLECTING_CASES: dict[str, Make] = {
    "POST /api/v1/cases/search": lambda _, __: Case({}, {"words": "罚款", "purpose": "办理"}),
    "POST /api/v1/opinion-boxes": _keeping(box_of),
    "POST /api/v1/opinion-boxes/<box_id>/emptyings": _boxed(_emptying),
    "POST /api/v1/opinion-boxes/<box_id>/removal": _boxed(day("removed_on", **_REASONS)),
    "POST /api/v1/symposia": _keeping(meeting_of),
    "POST /api/v1/symposia/<symposium_id>/minutes": _scheduled(_held),
    "POST /api/v1/symposia/<symposium_id>/cancellation": _scheduled(lambda _, __: _REASONS),
    "POST /api/v1/divisions/<division>/hotline-imports": _importing,
    "PUT /api/v1/divisions/<division>/baselines/<year>": _baseline,
    "POST /api/v1/inspections": _keeping(
        lambda scene: {
            "division": DISTRICT,
            "inspected_on": scene.bureau.today.isoformat(),
            "body": "市生态环境局",
            "unit": f"食品厂{new_id()[:8]}",
        }
    ),
    "POST /api/v1/opinions-filed": lambda scene, caller: Case({}, opinion(way_of(scene, caller))),
    "POST /api/v1/opinions-filed/<opinion_id>/answer": _unanswered,
    "POST /api/v1/opinions-filed/<opinion_id>/recusals": _of_somebody_tied,
    "POST /api/v1/opinions-filed/<opinion_id>/clue": _to_be_taken,
    "POST /api/v1/opinions-filed/<opinion_id>/relay": _answered,
    f"{_PROPOSAL}/steps": _proposed(day("taken_on", account=TEXT)),
    f"{_PROPOSAL}/completion": _proposed(
        lambda _, __: {"result": "rule_changed", "document": "联合检查办法", "account": TEXT}
    ),
    f"{_PROPOSAL}/dropping": _proposed(lambda _, __: _REASONS),
    f"{_PROPOSAL}/telling-back": _proposed(day("told_on", **TELL), over=True),
    "POST /api/v1/themes/<theme_id>/conclusion": _raised,
    "POST /api/v1/clue-settings": _setting,
}
"""By the names of the written table."""
