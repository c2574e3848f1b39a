"""Cases of the writes about clues, opinions and what they are collected with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.roles import Role
from tests import files
from tests.portal.matrix.point_cases import _point
from tests.portal.matrix.scene import Case, Make, Scene, without
from tests.portal.people import CONSOLE
from tests.system.bureau import ANYONE, CITY, DISTRICT, LEADER, new_id
from tests.system.installation import PATIENCE

TEXT = "经核实，情况属实。"
_REASONS = {"reasons": TEXT}
_UNIT = "unit-1"
"""Of the accounts of enforcement bodies in these tests."""
Payload = Mapping[str, Any]
Step = tuple[str, Payload]
"""A command about the clue, and the rest of it."""


def clue(way: str, **instead: Any) -> dict[str, Any]:
    return {
        "way": way,
        "kinds": ["illegal_fine"],
        "division": DISTRICT,
        "body": "市生态环境局",
        "happened_on": None,
        "amount": None,
        "urgent": False,
        "retaliation": False,
        "reporting": "named",
        "text": "对同行企业检查时超标罚款",
        "place": None,
        "unit_concerned": "某机械厂",
        "reporter_name": "赵某",
        "reporter_phone": "13900001111",
        **instead,
    }


def opinion(way: str) -> dict[str, Any]:
    return {
        "way": way,
        "topics": ["efficiency"],
        "division": DISTRICT,
        "body": None,
        "reporting": "named",
        "text": "建议合并检查事项",
        "reporter_name": "赵某",
        "reporter_phone": "13900001111",
    }


def send(scene: Scene, actor: Actor, command: str, payload: Payload) -> None:
    scene.bureau.client.command(actor, "clues", command, dict(payload))


def handler(caller: str) -> Actor:
    """The caller as an officer: what one handles is one's own to verify."""
    return Actor(caller, Role.OFFICER, CITY)


def meeting_of(scene: Scene) -> Payload:
    where = {"division": DISTRICT, "place": "会议室", "subject": "听取意见"}
    return {**where, "planned_on": scene.bureau.today.isoformat()}


def of_point(scene: Scene, caller: str) -> Actor:
    """A point that the clues service knows; the caller acts for it if they act for any."""
    actor = Actor(f"of-{new_id()}", Role.POINT, unit=_point(scene, caller))
    trial = {"symposium_id": new_id(), **meeting_of(scene)}

    def is_known() -> bool:
        try:
            send(scene, actor, "ScheduleSymposium", trial)
        except Refused:
            return False
        return True

    assert wait_until(is_known, PATIENCE)
    return actor


def way_of(scene: Scene, caller: str) -> str:
    """By which way the caller brings something in; who acts for points gets one at work."""
    if not caller:
        return "form"
    shown = scene.people.console.query(CONSOLE, "portal", "ShowAccount", {"account_id": caller})
    roles = {grant["role"] for grant in shown["grants"]}
    if "point" in roles:
        of_point(scene, caller)
        return "point"
    return "bureau" if roles & {"officer", "leader"} else "form"


def referral_of(clue_id: str) -> str:
    """The id of the only referral of a clue."""
    return str(uuid.uuid5(uuid.UUID(clue_id), "referral"))


def filed(
    scene: Scene, caller: str, steps: Sequence[Step] = (), point: bool = False, **instead: Any
) -> str:
    """A clue that the caller handles, so far on its way; the clue's id."""
    clue_id = new_id()
    by = of_point(scene, caller) if point else ANYONE
    told = clue("point" if point else "form", **instead)
    given = {"clue_id": clue_id, "reporter_id": new_id(), **told}
    send(scene, by, "FileClue", given)
    go_on(scene, caller, clue_id, steps)
    return clue_id


def go_on(scene: Scene, caller: str, clue_id: str, steps: Sequence[Step]) -> None:
    """The steps of a clue that is there, by the caller or, if one is theirs, the leader."""
    for command, rest in steps:
        its = {"clue_id": clue_id, **rest}
        if "referral_id" in rest:
            its |= {"referral_id": referral_of(clue_id)}
        if command == "AssignClue":
            its |= {"handlers": [caller]}
        if command == "TakeVerificationStep":
            its |= {"step_id": new_id(), "taken_on": scene.bureau.today.isoformat()}
        send(scene, LEADER if command in _LEADERS else handler(caller), command, its)


def adopted(scene: Scene, caller: str) -> str:
    """An opinion that was adopted; the id of the proposal that it has become."""
    opinion_id, proposal_id = new_id(), new_id()
    told = {"opinion_id": opinion_id, "reporter_id": new_id(), **opinion("form")}
    send(scene, ANYONE, "FileOpinion", told)
    answer = {"opinion_id": opinion_id, "resolution": "adopted", "answer": TEXT}
    its = {"proposal_id": proposal_id, "responsible": "市司法局", "proposal": "合并检查事项。"}
    send(scene, handler(caller), "AnswerOpinion", {**answer, **its})
    return proposal_id


_LEADERS = ("OrderRefund", "PauseLimits", "PauseVerification", "RecordOutcome")
CLAIM, PAYMENT, OUTCOME, NOTICE = (new_id() for _ in range(4))
"""Ids within a clue: the same in every one."""
REFER = {"referral_id": "", "target": "body", "authority": None, "unit": _UNIT,
         "names_unit": False, "summary": "请核查答复罚款事项"}  # fmt: skip
ANSWER = dict.fromkeys(("facts", "basis", "action", "refund"), TEXT)
FINDING = {"finding": "substantiated", "facts": TEXT, "basis": TEXT}
DISCIPLINE = {"kind": "discipline", "document_number": None, "persons": 1, "details": TEXT}
OPINION = {"kind": "supervision_opinion", "document_number": "1号", "persons": None,
           "details": TEXT}  # fmt: skip
GIVE_NOTICE = {"outcome_id": NOTICE, "kind": "notice", "document_number": "1号", "persons": None,
               "details": TEXT}  # fmt: skip
PAUSE = {"ground": "court", **_REASONS}
PAUSE_LIMITS = {"limits": ["overall"], **PAUSE}
STEP = {"means": "case_file", "account": TEXT}
TELL = {"means": "in_person"}
_AMOUNT = {"claim_id": CLAIM, "amount": 1_000}

ACCEPTED: list[Step] = [("AcceptClue", {}), ("AssignClue", {})]
WAITING: list[Step] = [*ACCEPTED, ("PauseLimits", PAUSE_LIMITS)]
REFERRED: list[Step] = [*ACCEPTED, ("ReferClue", REFER)]
ANSWERED: list[Step] = [*REFERRED, ("AnswerReferral", {"referral_id": "", **ANSWER})]
STARTED: list[Step] = [*ACCEPTED, ("StartVerification", {})]
VERIFYING: list[Step] = [*STARTED, ("TakeVerificationStep", STEP)]
CLAIMED: list[Step] = [*VERIFYING, ("ClaimRefund", {**_AMOUNT, "claimant": "某机械厂"})]
VERIFIED: list[Step] = [*VERIFYING, ("ConcludeVerification", FINDING)]
OWED: list[Step] = [
    *CLAIMED,
    ("VerifyRefund", {**_AMOUNT, "basis": TEXT}),
    ("ConcludeVerification", FINDING),
    ("RecordOutcome", GIVE_NOTICE),
]
ORDERED: list[Step] = [*OWED, ("OrderRefund", {**_AMOUNT, "document_number": "1号"})]
ORDERED_OF_BODY: list[Step] = [*ANSWERED, *ORDERED[len(ACCEPTED) :]]
"""The same, of a body that was asked before and can report what it pays."""
DONE: list[Step] = [*VERIFIED, ("RecordOutcome", {"outcome_id": OUTCOME, **DISCIPLINE})]
DECIDED: list[Step] = [
    *ANSWERED,
    *VERIFIED[len(ACCEPTED) :],
    ("RecordOutcome", {"outcome_id": OUTCOME, **OPINION}),
]
"""Referred, answered, verified all the same, and a document issued."""
CLOSED: list[Step] = [*DONE, ("CloseClue", {"summary": TEXT})]
FED_BACK: list[Step] = [*CLOSED, ("GiveFeedback", {**TELL, "text": TEXT})]

Body = Callable[[Scene, str], Payload]


def on_clue(
    body: Payload | Body, steps: Sequence[Step] = (), point: bool = False, **ids: str
) -> Make:
    """A clue so far on its way; `ids` name what lies within it."""

    def make(scene: Scene, caller: str) -> Case:
        clue_id = filed(scene, caller, steps, point)
        given = body(scene, caller) if callable(body) else body
        named = {"clue_id": clue_id, "referral_id": referral_of(clue_id), **ids}
        return Case(named, given)

    return make


def day(name: str, **rest: Any) -> Body:
    """A body with the day of today."""
    return lambda scene, _: {name: scene.bureau.today.isoformat(), **rest}


def _told(scene: Scene, caller: str) -> Case:
    clue_id = filed(scene, caller, FED_BACK, point=True)
    relay = {"relayed_on": scene.bureau.today.isoformat(), **TELL}
    send(scene, handler(caller), "RelayFeedback", {"clue_id": clue_id, **relay})
    return Case({"clue_id": clue_id}, {"satisfaction": "satisfied", "comment": None})


def _called_unsolved_too_late(scene: Scene, caller: str) -> Case:
    told = _told(scene, caller)
    scene.bureau.clock.advance(dt.timedelta(days=16))
    unsolved = {"satisfaction": "not_solved", "comment": None}
    send(scene, handler(caller), "RateSatisfaction", {**told.ids, **unsolved})
    return Case(told.ids, _REASONS)


def _paid(scene: Scene, caller: str) -> Case:
    clue_id = filed(scene, caller, ORDERED)
    its = {"payment_id": PAYMENT, "paid_on": scene.bureau.today.isoformat(), "proof": TEXT}
    payment = {"clue_id": clue_id, **_AMOUNT, **its}
    send(scene, handler(caller), "RecordRefundPayment", payment)
    ids = {"clue_id": clue_id, "claim_id": CLAIM, "payment_id": PAYMENT}
    return Case(ids, _REASONS)


def _evidence(scene: Scene, caller: str) -> Case:
    return Case({"clue_id": filed(scene, caller, point=True)}, files.pdf())


def _joining(scene: Scene, caller: str) -> Case:
    main = filed(scene, caller, ACCEPTED)
    return Case({"clue_id": filed(scene, caller)}, {"into_clue_id": main, **_REASONS})


_CLUE = "POST /api/v1/clues/<clue_id>"
_CLAIM = f"{_CLUE}/refunds/<claim_id>"
_VERIFICATION = f"{_CLUE}/verification"

CLUE_CASES: dict[str, Make] = {
    "POST /api/v1/clues": lambda scene, caller: Case({}, clue(way_of(scene, caller))),
    f"{_CLUE}/retaliation": on_clue({"text": "检查次数突然增多"}, point=True),
    f"{_CLUE}/evidence": _evidence,
    f"{_CLUE}/acceptance": on_clue({}),
    f"{_CLUE}/declining": on_clue({"ground": "not_enforcement", **_REASONS}),
    f"{_CLUE}/handlers": on_clue({"handlers": ["officer-9"]}),
    f"{_CLUE}/recusals": on_clue(
        lambda _, caller: {"account_id": caller, "tie": "relative", **_REASONS}
    ),
    f"{_CLUE}/consent": on_clue({"given": True, "evidence": TEXT}),
    f"{_CLUE}/joining": _joining,
    f"{_CLUE}/extension": on_clue(_REASONS, ACCEPTED),
    f"{_CLUE}/outcomes": on_clue(DISCIPLINE, VERIFIED),
    f"{_CLUE}/outcomes/<outcome_id>/compliance": on_clue(
        day("complied_on", account=TEXT),
        [*VERIFIED, ("RecordOutcome", {"outcome_id": OUTCOME, **OPINION})],
        outcome_id=OUTCOME,
    ),
    f"{_CLUE}/closing": on_clue({"summary": TEXT}, DONE),
    f"{_CLUE}/feedback": on_clue({**TELL, "text": TEXT}, CLOSED),
    f"{_CLUE}/feedback/relay": on_clue(day("relayed_on", **TELL), FED_BACK, point=True),
    f"{_CLUE}/satisfaction": _told,
    f"{_CLUE}/reopening": _called_unsolved_too_late,
    f"{_CLUE}/pause": on_clue(PAUSE_LIMITS, ACCEPTED),
    f"{_CLUE}/resumption": on_clue(_REASONS, WAITING),
    f"{_CLUE}/referrals": on_clue(without(REFER, "referral_id"), ACCEPTED),
    f"{_CLUE}/referrals/<referral_id>/refusal": on_clue(_REASONS, REFERRED),
    f"{_CLUE}/referrals/<referral_id>/answer": on_clue(ANSWER, REFERRED),
    f"{_CLUE}/referral/return": on_clue({"missing": ["basis"], "remarks": TEXT}, ANSWERED),
    f"{_CLUE}/referral/withdrawal": on_clue(_REASONS, REFERRED),
    _VERIFICATION: on_clue({}, ACCEPTED),
    f"{_VERIFICATION}/steps": on_clue(day("taken_on", **STEP), STARTED),
    f"{_VERIFICATION}/extension": on_clue(_REASONS, STARTED),
    f"{_VERIFICATION}/pause": on_clue(PAUSE, STARTED),
    f"{_VERIFICATION}/resumption": on_clue(_REASONS, [*STARTED, ("PauseVerification", PAUSE)]),
    f"{_VERIFICATION}/conclusion": on_clue(FINDING, VERIFYING),
    f"{_CLUE}/refunds": on_clue({"amount": 1_000, "claimant": "某机械厂"}, ACCEPTED),
    f"{_CLAIM}/verification": on_clue({"amount": 1_000, "basis": TEXT}, CLAIMED, claim_id=CLAIM),
    f"{_CLAIM}/order": on_clue({"amount": 1_000, "document_number": "1号"}, OWED, claim_id=CLAIM),
    f"{_CLAIM}/reduction": on_clue({"amount": 10, **_REASONS}, ORDERED, claim_id=CLAIM),
    f"{_CLAIM}/payments": on_clue(
        day("paid_on", amount=1_000, proof=TEXT), ORDERED_OF_BODY, claim_id=CLAIM
    ),
    f"{_CLAIM}/payments/<payment_id>/reversal": _paid,
}
"""By the names of the written table."""
