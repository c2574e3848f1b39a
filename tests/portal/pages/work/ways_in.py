"""Every other way in which somebody is heard, and what goes on between the bureau and a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.access.actor import Actor
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import (
    ACCEPTED,
    ANSWER,
    CLAIM,
    OWED,
    PAYMENT,
    REFER,
    clue,
    go_on,
    handler,
    meeting_of,
    of_point,
    opinion,
    send,
)
from tests.portal.matrix.collecting_cases import SLIP, box_of
from tests.portal.matrix.scene import Scene
from tests.system.bureau import ANYONE, CITY, LEADER, OFFICER, new_id


@dataclass(frozen=True)
class Words:
    """Unique strings by what they are; a different one for every way in."""

    of: Mapping[str, str]

    def told(self, way: str) -> dict[str, str]:
        """What somebody says of a wrong by a way in, and who they are."""
        return {
            "text": self.of[way],
            "unit_concerned": self.of["unit"],
            "reporter_name": self.of["name"],
            "reporter_phone": self.of["phone"],
        }

    def slip(self, way: str) -> dict[str, Any]:
        """The same as a clue on a slip, in a symposium's minutes or a work order."""
        its = {"nature": "clue", "topics": [], "kinds": ["illegal_fine"], "body": "市生态环境局"}
        where = {"place": self.of["address"], "reporting": "confidential"}
        return {**SLIP, **self.told(way), **its, **where, "entry_id": new_id()}


def heard_by_every_way(scene: Scene, officer: str, words: Words) -> None:
    """Through a point, on slips, in a symposium, from the hotline, as an opinion; by a named
    and an anonymous reporter; and a case that goes to the body and comes back paid.
    """
    point = of_point(scene, officer)
    _filed(scene, point, clue("point", reporting="confidential", **words.told("for someone")))
    named = _filed(scene, ANYONE, clue("form", **words.told("named")))
    nobody = {"reporting": "anonymous", "reporter_name": None, "reporter_phone": None}
    anonymous = {**words.told("anonymous"), **nobody}
    joined = _filed(scene, ANYONE, clue("form", **anonymous))
    go_on(scene, officer, named, ACCEPTED)
    together = {"clue_id": joined, "into_clue_id": named, "reasons": "同一件事"}
    send(scene, handler(officer), "JoinClue", together)
    _collected(scene, words)
    _taken_as_clue(scene, point, words)
    _referred_and_paid(scene, officer, named, words)


def _filed(scene: Scene, by: Actor, told: Mapping[str, Any]) -> str:
    clue_id = new_id()
    send(scene, by, "FileClue", {"clue_id": clue_id, "reporter_id": new_id(), **told})
    return clue_id


def _collected(scene: Scene, words: Words) -> None:
    box_id, symposium_id = new_id(), new_id()
    today = scene.bureau.today.isoformat()
    send(scene, OFFICER, "PlaceBox", {"box_id": box_id, **box_of(scene)})
    emptied = {"emptied_on": today, "opened_by": ["王某", "刘某"], "entries": [words.slip("slip")]}
    send(scene, OFFICER, "EmptyBox", {"box_id": box_id, "emptying_id": new_id(), **emptied})
    planned = {"symposium_id": symposium_id, **meeting_of(scene)}
    send(scene, OFFICER, "ScheduleSymposium", planned)
    said = {"minutes": words.of["minutes"], "entries": [words.slip("symposium")]}
    held = {"symposium_id": symposium_id, "held_on": today, "attendees": 9, **said}
    send(scene, OFFICER, "HoldSymposium", held)
    order = {"number": f"HL-{new_id()[:8]}", "entry": words.slip("work order")}
    taken_in = {"import_id": new_id(), "division": CITY, "orders": [order]}
    send(scene, OFFICER, "ImportHotline", taken_in)


def _taken_as_clue(scene: Scene, point: Actor, words: Words) -> None:
    opinion_id = new_id()
    given = {**opinion("point"), "text": words.of["opinion"], "reporter_name": words.of["name"]}
    its = {"opinion_id": opinion_id, "reporter_id": new_id(), **given}
    send(scene, point, "FileOpinion", {**its, "reporter_phone": words.of["phone"]})
    taken = {"opinion_id": opinion_id, "clue_id": new_id(), "kinds": ["inaction"]}
    about = {"body": "市生态环境局", "happened_on": None, "amount": None, "urgent": False}
    unit = {"unit_concerned": words.of["unit"]}
    send(scene, OFFICER, "TakeOpinionAsClue", {**taken, **about, **unit})


def _referred_and_paid(scene: Scene, officer: str, clue_id: str, words: Words) -> None:
    said = dict.fromkeys(ANSWER, words.of["reply"])
    referred = [
        ("ReferClue", {**REFER, "summary": words.of["summary"]}),
        ("AnswerReferral", {"referral_id": "", **said}),
    ]
    go_on(scene, officer, clue_id, [*referred, *OWED[len(ACCEPTED) :]])
    claim = {"clue_id": clue_id, "claim_id": CLAIM, "amount": 1_000}
    send(scene, LEADER, "OrderRefund", {**claim, "document_number": "1号"})
    payment = {**claim, "payment_id": PAYMENT, "paid_on": scene.bureau.today.isoformat()}
    body = Actor(f"body-{new_id()}", Role.ENFORCEMENT_BODY, CITY, unit=REFER["unit"])
    send(scene, body, "RecordRefundPayment", {**payment, "proof": words.of["proof"]})
