"""A body sees what it is ordered to refund beside its referral, and reports what it has paid."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import ReferralTarget
from shared.contracts.errors import NotFound, Refused
from tests.service.clues.town import BODY, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

OTHER_BODY = dataclasses.replace(BODY, unit="市市场监督管理局")
NAMESAKE = dataclasses.replace(BODY, division="430203")


def owing(town: ClueTown, **referral: Any) -> tuple[str, str]:
    """A clue whose body is ordered to refund 30,000 yuan; the clue and its referral."""
    clue_id, referral_id = town.accepted(town.point()), fresh()
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=referral_id, **referral))
    answer = dataclasses.replace(example.ANSWER, clue_id=clue_id, referral_id=referral_id)
    town.send(answer, OFFICER)
    town.does(clue_id, example.START, example.TAKE_STEP, example.CLAIM_REFUND)
    town.does(clue_id, example.VERIFY_REFUND, example.CONCLUDE)
    town.does(clue_id, example.GIVE_NOTICE, example.ORDER_REFUND)
    return clue_id, referral_id


def opened(town: ClueTown, referral_id: str) -> dict[str, Any]:
    found: dict[str, Any] = town.ask(queries.OpenReferral(referral_id=referral_id), BODY)
    return found


def test_it_reports_its_payments_until_nothing_is_owed(town: ClueTown) -> None:
    clue_id, referral_id = owing(town)
    (row,) = [
        its
        for its in town.ask(queries.ListReferrals(open=True, limit=100), BODY)["items"]
        if its["referral_id"] == referral_id
    ]
    assert (row["standing"], row["owed"]) == ("answered", 3_000_000), "answered, but not paid"
    (refund,) = opened(town, referral_id)["refunds"]
    assert (refund["ordered"], refund["paid"], refund["unpaid"]) == (3_000_000, 0, 3_000_000)
    assert refund["due_on"] is not None

    town.send(dataclasses.replace(example.PAY, clue_id=clue_id), BODY)
    told = opened(town, referral_id)
    assert told["refunds"][0]["unpaid"] == 2_000_000
    (paid,) = [its for its in told["records"] if its["type"] == "RefundPaid"]
    assert paid["role"] == "enforcement_body"
    town.send(dataclasses.replace(example.PAY_REST, clue_id=clue_id), BODY)
    assert opened(town, referral_id)["refunds"][0]["due_on"] is None
    still_open = town.ask(queries.ListReferrals(open=True, limit=100), BODY)["items"]
    assert referral_id not in [its["referral_id"] for its in still_open]


def test_it_never_reads_the_bureaus_reasons_nor_to_whom_the_money_goes(town: ClueTown) -> None:
    clue_id, referral_id = owing(town)
    town.send(dataclasses.replace(example.PAY, clue_id=clue_id), BODY)
    town.does(clue_id, example.REVERSE, example.REDUCE_ORDER)
    told = json.dumps(opened(town, referral_id), ensure_ascii=False)
    for secret in (example.REVERSE.reasons, example.REDUCE_ORDER.reasons):
        assert secret not in told
    assert example.CLAIM_REFUND.claimant not in told


def test_nobody_pays_for_another_body(town: ClueTown) -> None:
    clue_id, _ = owing(town)
    pay = dataclasses.replace(example.PAY, clue_id=clue_id)
    for other in (OTHER_BODY, NAMESAKE):
        with pytest.raises(NotFound):
            town.send(pay, other)
    with pytest.raises(NotFound):
        town.send(dataclasses.replace(pay, claim_id=fresh()), BODY)


def test_who_was_asked_as_another_authority_owes_nothing(town: ClueTown) -> None:
    clue_id, referral_id = owing(
        town, target=ReferralTarget.OTHER_AUTHORITY, authority="市市场监督管理局"
    )
    assert opened(town, referral_id)["refunds"] == []
    with pytest.raises(NotFound):
        town.send(dataclasses.replace(example.PAY, clue_id=clue_id), BODY)


def test_a_payment_of_more_than_is_owed_is_refused_whoever_reports_it(town: ClueTown) -> None:
    clue_id, _ = owing(town)
    much = dataclasses.replace(example.PAY, clue_id=clue_id, amount=3_000_001)
    with pytest.raises(Refused) as refusal:
        town.send(much, BODY)
    assert (refusal.value.reason, refusal.value.fields) == ("more_than_unpaid", ("amount",))
