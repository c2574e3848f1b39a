"""The limits in a row of a list are those of the case itself, whatever has happened to it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import ChainMap
from typing import Any

from services.clues.handlers.aggregates import CLUE, FOLLOW_UPS, OPINION
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from tests.service.clues.town import ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

DAY = dt.timedelta(days=1)


def of_the_log(town: ClueTown, aggregate: Any, identifier: str) -> dict[tuple[str, Any], str]:
    """What runs by the log: `(name, about)` → the last day."""
    state = aggregate.initial
    for event in town.log.stream(aggregate.stream(identifier)):
        values = EVENTS.upcast(event.type, event.schema_version, event.clear())
        state = aggregate.evolve(state, EVENTS.find(event.type).restore(values, event.handles()))
    return {
        (str(name), about): its.span.due_on.isoformat()
        for (name, about), its in state.limits.items()
    }


def rows(town: ClueTown, table: str, key: str) -> dict[str, dict[str, Any]]:
    town.show()
    with town.pool.connection() as connection:
        query = f"SELECT {key}, limits, turn, next_due::text FROM readmodel.{table}"
        found = connection.execute(query.encode(), prepare=False).fetchall()
    return {row[0]: dict(zip(("limits", "turn", "next_due"), row[1:], strict=True))
            for row in found}  # fmt: skip


def test_every_row_has_the_limits_that_run_by_the_log(town: ClueTown) -> None:
    point = town.point()
    town.filed(point, retaliation=True)
    clue_id = town.accepted(point)
    town.does(clue_id, example.REFER, example.ANSWER, example.START, example.EXTEND, example.PAUSE)
    town.clock.time += 9 * DAY
    town.does(clue_id, example.RESUME, example.EXTEND_CASE)
    ordered = town.accepted(point)
    town.does(ordered, example.START, example.TAKE_STEP, example.CLAIM_REFUND)
    town.does(ordered, example.VERIFY_REFUND, example.CONCLUDE, example.GIVE_NOTICE)
    town.does(ordered, example.ORDER_REFUND)
    town.does(ordered, example.GIVE_OPINION, dataclasses.replace(example.PAY, paid_on=town.today))
    opinion = {"opinion_id": fresh(), "reporter_id": fresh()}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **opinion), point)
    town.clock.time += 40 * DAY
    for _ in range(3):
        town.look()
    for table, key, aggregates in (
        ("clues_clues", "clue_id", (CLUE, FOLLOW_UPS)),
        ("opinions_opinions", "opinion_id", (OPINION,)),
    ):
        for identifier, row in rows(town, table, key).items():
            told = {(its["name"], its["about"]): its["due_on"] for its in row["limits"]}
            logged = [of_the_log(town, its, identifier) for its in aggregates]
            assert told == dict(ChainMap(*logged)), identifier
            assert row["next_due"] == min(told.values(), default="9999-12-31")
            assert (row["turn"] <= 1) == bool(told)
    (asked,) = [its for its in town.ask(queries.ListClues(limit=100), point)["items"]
                if its["clue_id"] == ordered]  # fmt: skip
    raised = {its["name"]: its for its in asked["limits"]}
    assert raised["refund_payment"]["raised"] is not None
    assert raised["refund_payment"]["raised_on"] == town.today.isoformat()
