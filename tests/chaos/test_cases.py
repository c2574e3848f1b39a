"""The load's cases, and what finds a payment or an alarm that happened twice: without servers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from services.clues.definition import DEFINITION as CLUES
from services.clues.domain import clue, handling
from services.clues.domain.clue import Clue
from services.clues.domain.entries import Origin
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import ClueStatus, Way
from shared.contracts.days import ONE_DAY
from shared.contracts.stored import RecordedEvent
from tests.chaos.cases import case, parts
from tests.chaos.messages import Message
from tests.chaos.money_and_limits import Cases
from tests.projections.making import Source
from tests.services.clues import examples as example
from tests.services.clues.stories import VERIFIED
from tests.services.clues.telling import TODAY, Story

STREAM = f"clue-{example.CLUE}"


class ALog(Source):
    """A log in memory, read as services read theirs."""

    def event_pages(self) -> Iterator[list[RecordedEvent]]:
        yield self.events


class NoLoad:
    """A load to which these payments were acknowledged."""

    def __init__(self, **paid: int) -> None:
        self._paid = paid

    def paid(self) -> dict[str, int]:
        return self._paid


def logged(*told: Any) -> ALog:
    """A log with the story of one clue."""
    story, log = Story(clue, Clue()), ALog("clues")
    for each in told:
        for event in story.when(each):
            log.append(event, CLUES.events.type_of(event), STREAM)
    return log


def again(log: ALog, name: str) -> ALog:
    """The last event of that type a second time, as if its command had been carried out twice."""
    recorded = next(its for its in reversed(log.events) if its.event.type == name)
    twin = dataclasses.replace(recorded.event, version=len(log.events) + 1)
    log.events.append(dataclasses.replace(recorded, position=len(log.events) + 1, event=twin))
    return log


PAID = [
    *(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND),
    *(example.ORDER_REFUND, example.PAY, example.PAY_REST),
]
BOTH_PAID = {example.PAYMENT: example.PAY.amount, example.SECOND_PAYMENT: example.PAY_REST.amount}


def problems(log: Any, **paid: int) -> list[str]:
    load: Any = NoLoad(**paid)
    return list(Cases(log).problems(load))


def test_a_case_as_it_should_be_has_no_problems() -> None:
    assert problems(logged(*PAID, example.CLOSE), **BOTH_PAID) == []


def test_a_payment_that_is_booked_twice_is_found() -> None:
    found = problems(again(logged(*PAID[:-1]), "RefundPaid"))
    assert any("booked twice" in its for its in found), found


def test_a_payment_that_was_acknowledged_and_is_not_booked_is_found() -> None:
    found = problems(logged(*PAID[:-1]), **BOTH_PAID)
    assert any("not booked" in its for its in found), found


def test_a_payment_of_another_amount_is_found() -> None:
    found = problems(logged(*PAID), **{**BOTH_PAID, example.PAYMENT: 1})
    assert found == ["a payment is booked with another amount"]


def test_more_paid_than_ordered_is_found() -> None:
    found = problems(logged_over_paid())
    assert any("does not agree" in its for its in found), found


def logged_over_paid() -> ALog:
    """A ledger in which the order that the payments follow is only of a part of them."""
    log = logged(*PAID)
    at = next(n for n, its in enumerate(log.events) if its.event.type == "RefundOrdered")
    event = log.events[at].event
    amount = {**event.internal["amount"], "value": 1}
    less = dataclasses.replace(event, internal={**event.internal, "amount": amount})
    log.events[at] = dataclasses.replace(log.events[at], event=less)
    return log


def test_an_alarm_that_is_raised_twice_is_found_and_one_that_is_not_raised_is_overdue() -> None:
    log = logged(example.FILE)
    due = TODAY + 5 * ONE_DAY
    assert Cases(log).overdue(TODAY) == []  # type: ignore[arg-type]
    assert Cases(log).overdue(due) == [f"acceptance of {STREAM}"]  # type: ignore[arg-type]

    story, raised = Story(clue, Clue()), ALog("clues")
    for command in (example.FILE, example.RAISE):
        for event in story.when(command):
            raised.append(event, CLUES.events.type_of(event), STREAM)
        story.on(due)
    assert Cases(raised).overdue(due) == []  # type: ignore[arg-type]
    assert problems(raised) == []
    assert any("raised twice" in its for its in problems(again(raised, "AlarmRaised")))


def test_a_refund_is_paid_in_parts_that_are_all_of_it() -> None:
    chance = Random(5)
    for amount in (10, 11, 3_000_000):
        for _ in range(50):
            its = parts(chance, amount)
            assert sum(its) == amount
            assert len(its) > 1
            assert min(its) > 0


@pytest.mark.parametrize("seed", range(12))
def test_no_command_of_a_case_is_refused_and_its_clues_are_told_back(seed: int) -> None:
    """One that was would be sent for ever."""
    stories: dict[str, Story] = {}
    for message in case(Random(seed), lambda: TODAY):
        command = _command(message)
        story = stories.setdefault(command.clue_id, Story(clue, Clue()))
        if isinstance(command, commands.FileClue):
            story.when(handling.File(command, Origin(Way.FORM)))
            continue
        assert story.when(command, actor=message.actor.id), command
        if isinstance(command, commands.JoinClue):
            stories[command.into_clue_id].when(handling.Gather(command.clue_id, frozenset()))
        if isinstance(command, commands.CloseClue):
            for joined in story.state.gathered:
                stories[joined].when(
                    dataclasses.replace(example.CLOSE_WITH_MAIN, main_clue_id=command.clue_id)
                )
    assert {story.state.status for story in stories.values()} == {ClueStatus.TOLD}


def _command(message: Message) -> Any:
    return CLUES.commands.find(message.command).load(message.payload)
