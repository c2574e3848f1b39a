"""A body reads how far it was urged, and of payments only the proof that it gave itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from shared.contracts.clues import queries
from tests.service.clues.test_refunding_bodies import OTHER_BODY, opened, owing
from tests.service.clues.town import BODY, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

DAY = dt.timedelta(days=1)


def listed(town: ClueTown, referral_id: str) -> dict[str, Any]:
    """The referral in the body's list, however long that is."""
    cursor = None
    while True:
        page = town.ask(queries.ListReferrals(limit=100, cursor=cursor), BODY)
        for row in page["items"]:
            if row["referral_id"] == referral_id:
                return dict(row)
        cursor = page["next"]


def test_it_sees_by_when_it_is_to_answer_and_since_when_it_was_urged(town: ClueTown) -> None:
    clue_id, referral_id = town.accepted(town.point()), fresh()
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=referral_id))
    (limit,) = listed(town, referral_id)["limits"]
    assert (limit["name"], limit["tone"], limit["raised"]) == ("answer", "green", None)

    town.clock.time += 45 * DAY
    for _ in range(4):
        town.look()
    urged_on = town.today.isoformat()
    for shown in (listed(town, referral_id), opened(town, referral_id)):
        (limit,) = shown["limits"]
        assert limit["tone"] == "red"
        assert limit["raised"] in ("nudge", "supervise", "publish")
        assert limit["raised_on"] == urged_on
    alarms = [its for its in shown["records"] if its["type"] == "AlarmRaised"]
    assert alarms[0]["values"]["stage"] == "nudge"
    assert {tuple(its["values"]) for its in alarms} == {("name", "about", "stage")}
    assert {its["values"]["name"] for its in alarms} == {"answer"}, "not the bureau's own limits"

    town.does(clue_id, example.WITHDRAW)
    assert listed(town, referral_id)["limits"] == []
    again = fresh()
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=again))
    (limit,) = listed(town, again)["limits"]
    assert limit["raised"] is None
    records = opened(town, again)["records"]
    assert [its["type"] for its in records] == ["ClueReferred"], "the old urging was of the old one"


def test_it_sees_how_far_an_unpaid_refund_was_urged(town: ClueTown) -> None:
    _, referral_id = owing(town)
    town.clock.time += 60 * DAY
    for _ in range(4):
        town.look()
    (limit,) = listed(town, referral_id)["limits"]
    assert (limit["name"], limit["tone"]) == ("refund_payment", "red")
    assert limit["raised_on"] is not None
    told = [its["values"] for its in opened(town, referral_id)["records"]
            if its["type"] == "AlarmRaised"]  # fmt: skip
    assert {its["name"] for its in told} == {"refund_payment"}


def test_of_payments_it_reads_the_proof_that_it_gave_and_no_officers(town: ClueTown) -> None:
    clue_id, referral_id = owing(town)
    by_officer = dataclasses.replace(example.PAY, proof="转给张三的银行回单")
    by_body = dataclasses.replace(example.PAY, payment_id=fresh(), proof="我局退付回单 18 号")
    town.does(clue_id, by_officer)
    town.send(dataclasses.replace(by_body, clue_id=clue_id), BODY)
    paid = [its["values"] for its in opened(town, referral_id)["records"]
            if its["type"] == "RefundPaid"]  # fmt: skip
    assert [its.get("proof") for its in paid] == [None, "我局退付回单 18 号"]
    assert [its["amount"] for its in paid] == [by_officer.amount, by_body.amount]


def test_nor_the_proof_of_a_body_that_had_the_case_before(town: ClueTown) -> None:
    clue_id, _ = owing(town)
    pay = dataclasses.replace(example.PAY, clue_id=clue_id, proof="原机关的回单")
    town.send(dataclasses.replace(pay, amount=3_000_000), BODY)
    town.does(clue_id, example.CLOSE, example.GIVE_FEEDBACK, example.RELAY, example.NOT_SOLVED)
    again = fresh()
    to_another = {"referral_id": again, "unit": OTHER_BODY.unit, "authority": None}
    town.does(clue_id, dataclasses.replace(example.REFER, **to_another))
    told = town.ask(queries.OpenReferral(referral_id=again), OTHER_BODY)
    assert "RefundPaid" in [its["type"] for its in told["records"]]
    assert "原机关的回单" not in json.dumps(told, ensure_ascii=False)
