"""A thousand objections to one notice: the last costs what the first did, and none is lost."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shared.contracts.errors import Conflict, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ObjectionOutcome
from tests.service.town import OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples

THOUSAND = 1_000


def objected(town: Town, notice_id: str, unit: str) -> str:
    command = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit
    )
    town.send(command, PUBLIC)
    return str(command.objection_id)


def on_notice(town: Town) -> tuple[str, str]:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    return town.noticed(batch_id, unit), unit


def test_the_thousandth_objection_takes_little_longer_than_the_first_ones(town: Town) -> None:
    full, empty = on_notice(town), on_notice(town)

    def seconds(notice_id: str, unit: str) -> float:
        begun = time.perf_counter()
        objected(town, notice_id, unit)
        return time.perf_counter() - begun

    for _ in range(THOUSAND - 50):
        objected(town, *full)
    # Turn by turn, so that whatever else the machine does weighs on both.
    took = [(seconds(*full), seconds(*empty)) for _ in range(50)]
    last, first = (statistics.median(its) for its in zip(*took, strict=True))

    assert len(town.types(f"notice-{full[0]}")) == THOUSAND + 1
    # Reading the whole stream each time made it twenty times as long.
    assert last < 5 * first


def test_no_objector_is_turned_away_because_others_object_at_the_same_moment(town: Town) -> None:
    notice_id, unit = on_notice(town)
    with ThreadPoolExecutor(8) as crowd:
        raised = list(crowd.map(lambda _: objected(town, notice_id, unit), range(64)))

    assert len(set(raised)) == 64
    assert town.types(f"notice-{notice_id}").count("NoticeObjected") == 64


@pytest.mark.parametrize("expecting", [True, False], ids=["by version", "without a version"])
def test_of_two_officers_who_decide_at_once_one_decides_and_the_other_is_told(
    town: Town, expecting: bool
) -> None:
    notice_id, unit = on_notice(town)
    decision = replace(
        examples.OVERRULE, notice_id=notice_id, objection_id=objected(town, notice_id, unit)
    )
    sustained = replace(decision, outcome=ObjectionOutcome.SUSTAINED)
    envelope = {"expected_version": 2} if expecting else {}

    def decide(command: object) -> str:
        try:
            town.send(command, OFFICER, **envelope)
        except Conflict:
            return "conflict"
        except Refused as refused:
            return refused.reason
        return "decided"

    with ThreadPoolExecutor(2) as officers:
        told = sorted(officers.map(decide, (decision, sustained)))

    assert told == sorted(["decided", "conflict" if expecting else Reason.OBJECTION_DECIDED])
    assert town.types(f"notice-{notice_id}").count("ObjectionDecided") == 1
