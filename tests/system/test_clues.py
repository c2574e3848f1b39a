"""The clues service on real servers: a point files, and the timekeeper keeps time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from deploy.local.processes import wait_until
from services.registry.handlers.common import point_of
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.system.bureau import DISTRICT, LEADER, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE, Installation

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]

BODY = Actor("body-1", Role.ENFORCEMENT_BODY, "430200", "市生态环境局")
LOG = "clues-log"


def clue(**instead: Any) -> dict[str, Any]:
    return {
        "clue_id": new_id(),
        "way": "point",
        "kinds": ["illegal_fine"],
        "division": DISTRICT,
        "body": str(BODY.unit),
        "happened_on": None,
        "amount": 5_000_000,
        "urgent": False,
        "retaliation": False,
        "reporting": "confidential",
        "reporter_id": new_id(),
        "text": "对同行企业检查时超标罚款",
        "place": None,
        "unit_concerned": None,
        "reporter_name": "赵某",
        "reporter_phone": "13900001111",
        **instead,
    }


def send(bureau: Bureau, actor: Actor, command: str, payload: dict[str, Any]) -> dict[str, Any]:
    bureau.last = bureau.client.command(actor, "clues", command, payload)
    return bureau.last


def opened(bureau: Bureau, clue_id: str) -> dict[str, Any]:
    its = {"clue_id": clue_id, "purpose": "办理"}
    with suppress(Refused):  # on record already
        bureau.client.command(OFFICER, "clues", "ReadCase", its)
    found: dict[str, Any] = bureau.client.query(
        OFFICER, "clues", "OpenClue", its, after=bureau.last
    )
    return found


@pytest.fixture(scope="module")
def point(bureau: Bureau) -> Actor:
    """Somebody of a point that was designated in the registry a moment ago."""
    _, notice_id, (application_id,) = bureau.on_notice([(UnitKind.ENTERPRISE, DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(notice_id, [application_id])
    return Actor("of-a-point", Role.POINT, unit=point_of(application_id))


def filed(bureau: Bureau, point: Actor) -> str:
    """A clue of the point, once the clues service has heard of it."""
    payload = clue()

    def is_filed() -> bool:
        try:
            send(bureau, point, "FileClue", payload)
        except Refused as refused:
            if refused.reason != "point_not_active":
                raise
            return False
        return True

    assert wait_until(is_filed, PATIENCE), "the point is not known"
    return str(payload["clue_id"])


def test_a_clue_goes_its_whole_way_from_the_registrys_point_to_the_answer(
    bureau: Bureau, point: Actor
) -> None:
    clue_id = filed(bureau, point)
    about = {"clue_id": clue_id}
    referral = {**about, "referral_id": new_id()}
    claim = {**about, "claim_id": new_id()}
    day, paid = bureau.today.isoformat(), {"paid_on": bureau.today.isoformat(), "proof": "回单"}
    send(bureau, OFFICER, "AcceptClue", about)
    send(bureau, OFFICER, "AssignClue", {**about, "handlers": [OFFICER.id]})
    send(bureau, OFFICER, "ReferClue", {
        **referral, "target": "body", "authority": None, "unit": BODY.unit, "names_unit": False,
        "summary": "反映罚款超过法定幅度，请核查答复",
    })  # fmt: skip
    says = {"facts": "罚款五万元", "basis": None, "action": "重新裁量", "refund": None}
    send(bureau, BODY, "AnswerReferral", {**referral, **says})
    assert opened(bureau, clue_id)["status"] == "referred"
    says |= {"basis": "裁量基准", "refund": "退还三万元"}
    send(bureau, BODY, "AnswerReferral", {**referral, **says})
    send(bureau, OFFICER, "StartVerification", about)
    send(bureau, OFFICER, "TakeVerificationStep", {
        **about, "step_id": new_id(), "taken_on": day, "means": "case_file", "account": "调卷",
    })  # fmt: skip
    send(bureau, OFFICER, "ClaimRefund", {**claim, "amount": 5_000_000, "claimant": "某厂"})
    send(bureau, OFFICER, "VerifyRefund", {**claim, "amount": 3_000_000, "basis": "超出部分"})
    finding = {"finding": "substantiated", "facts": "超过上限", "basis": "行政处罚法"}
    send(bureau, OFFICER, "ConcludeVerification", {**about, **finding})
    notice = {"kind": "notice", "document_number": "1号", "persons": None, "details": "请退还"}
    send(bureau, LEADER, "RecordOutcome", {**about, "outcome_id": new_id(), **notice})
    send(bureau, LEADER, "OrderRefund", {**claim, "amount": 3_000_000, "document_number": "1号"})
    first = {**claim, "payment_id": new_id(), "amount": 1_000_000, **paid}
    send(bureau, OFFICER, "RecordRefundPayment", first)
    with pytest.raises(Refused) as refusal:
        send(bureau, OFFICER, "CloseClue", {**about, "summary": "属实"})
    assert refusal.value.reason == "refund_unpaid"
    second = {**claim, "payment_id": new_id(), "amount": 2_000_000, **paid}
    send(bureau, OFFICER, "RecordRefundPayment", second)
    send(bureau, OFFICER, "CloseClue", {**about, "summary": "属实，已退还"})
    send(bureau, OFFICER, "GiveFeedback", {**about, "means": "online", "text": "已退还三万元"})
    send(bureau, point, "RelayFeedback", {**about, "relayed_on": day, "means": "in_person"})
    rating = {**about, "satisfaction": "not_solved", "comment": None}
    send(bureau, point, "RateSatisfaction", rating)
    row = opened(bureau, clue_id)
    assert (row["status"], row["round"]) == ("accepted", 2)
    assert row["ledger"]["totals"]["unpaid"] == 0
    told = [its["values"].get("text") for its in row["records"] if its["type"] == "ClueFiled"]
    assert told == ["对同行企业检查时超标罚款"]


def test_a_month_without_a_timekeeper_raises_every_alarm_once(
    healed: Installation, bureau: Bureau, point: Actor
) -> None:
    clues = [filed(bureau, point) for _ in range(5)]
    healed.kill(LOG)
    healed.clock.advance(dt.timedelta(days=30))
    healed.up()

    def raised() -> Counter[tuple[str, str]]:
        with healed.superuser("clues") as connection:
            rows = connection.execute(
                "SELECT stream, body->'internal'->'stage'->>'value' FROM eventlog.event"
                " WHERE type = 'AlarmRaised' AND stream = ANY (%s)",
                ([f"clue-{each}" for each in clues],),
            ).fetchall()
        return Counter((str(stream), str(stage)) for stream, stage in rows)

    stages = ("yellow", "red", "nudge", "supervise", "publish")
    wanted = Counter({(f"clue-{each}", stage): 1 for each in clues for stage in stages})
    assert wait_until(lambda: raised() >= wanted, PATIENCE)
    assert raised() == wanted
