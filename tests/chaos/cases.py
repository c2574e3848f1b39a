"""A whole case as the load sends it, command by command: to the refund in parts and the answer.

Each is sent when the one before was acknowledged, so none of them may be refused.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from services.clues.definition import DEFINITION as CLUES
from shared.access.actor import Actor
from shared.contracts.clues import commands
from shared.contracts.roles import Role
from tests.chaos.messages import OFFICER, Message, clue
from tests.services.clues import examples as example

CITY = "430200"
LEADER = Actor("chaos-leader", Role.LEADER, CITY)
BODY = Actor("chaos-body", Role.ENFORCEMENT_BODY, CITY, example.BODY)
MOST_PARTS = 4

Today = Callable[[], dt.date]


def case(chance: random.Random, today: Today) -> Iterator[Message]:
    """A clue from its filing to the end, with now and then another that is joined to it."""
    main, joined = _filed(chance), _filed(chance)
    clue_id, other = str(main.payload["clue_id"]), str(joined.payload["clue_id"])
    its = _Case(clue_id, today)
    yield main
    yield from its.told(example.ACCEPT)
    yield its.sent(OFFICER, dataclasses.replace(example.ASSIGN, handlers=(OFFICER.id,)))
    yield from its.referred()
    yield from its.told(example.START, example.TAKE_STEP)
    with_other = chance.random() < 0.5
    if with_other:
        yield joined
        join = commands.JoinClue(clue_id=other, into_clue_id=clue_id, reasons="同一处罚")
        yield _message(OFFICER, join)
    yield from its.told(example.CLAIM_REFUND, example.VERIFY_REFUND, example.CONCLUDE)
    yield from its.told(example.DISCIPLINE, example.ORDER_REFUND)
    yield from its.paid(chance)
    yield from its.told(example.CLOSE, example.GIVE_FEEDBACK)
    if with_other:
        yield from _Case(other, today).told(example.GIVE_FEEDBACK)


class _Case:
    """The commands of the examples, about one clue and with ids of its own."""

    def __init__(self, clue_id: str, today: Today) -> None:
        self._clue_id, self._today = clue_id, today
        self._claim_id, self._referral_id = str(uuid.uuid4()), str(uuid.uuid4())

    def told(self, *given: Any) -> Iterator[Message]:
        """By an officer or, of what is the leader's, by the leader."""
        for each in given:
            roles = CLUES.routes[type(each)].roles
            yield self.sent(OFFICER if Role.OFFICER in roles else LEADER, each)

    def referred(self) -> Iterator[Message]:
        """To the body, which answers badly, and then well."""
        yield self.sent(OFFICER, example.REFER)
        yield self.sent(BODY, example.ANSWER_BADLY)
        yield self.sent(BODY, example.ANSWER)

    def paid(self, chance: random.Random) -> Iterator[Message]:
        """In parts, some told by the body and some by an officer; together what was ordered."""
        for part in parts(chance, example.ORDER_REFUND.amount):
            payment = dataclasses.replace(
                example.PAY, payment_id=str(uuid.uuid4()), amount=part, paid_on=self._today()
            )
            yield self.sent(chance.choice((OFFICER, BODY)), payment)

    def sent(self, actor: Actor, command: Any) -> Message:
        about = {
            "clue_id": self._clue_id,
            "claim_id": self._claim_id,
            "referral_id": self._referral_id,
            "step_id": str(uuid.uuid4()),
            "outcome_id": str(uuid.uuid4()),
            "taken_on": self._today(),
        }
        names = {field.name for field in dataclasses.fields(command)}
        mine = {name: value for name, value in about.items() if name in names}
        return _message(actor, dataclasses.replace(command, **mine))


def parts(chance: random.Random, amount: int) -> list[int]:
    """The amount in a few parts, each of a fen at least."""
    cuts = sorted(chance.sample(range(1, amount), chance.randrange(1, MOST_PARTS)))
    return [after - before for before, after in zip([0, *cuts], [*cuts, amount], strict=True)]


def _filed(chance: random.Random) -> Message:
    """Of the body whose account answers, and without retaliation, which is another's case."""
    its = clue(chance)
    return dataclasses.replace(
        its, payload={**its.payload, "body": example.BODY, "retaliation": False}
    )


def _message(actor: Actor, command: Any) -> Message:
    message_type = CLUES.commands.type_of(command)
    return Message(actor, "clues", message_type.name, message_type.dump(command))
