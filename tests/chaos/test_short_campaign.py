"""The kill campaign in short; `make chaos` and `make long` run the long one.

The registry's log process is struck in test_takeover.py, with the same checks afterwards.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.chaos.campaign import LONGEST_RECOVERY_SECONDS, plan, run
from tests.chaos.faults import FREEZE, KILL, Fault, Replicated
from tests.chaos.messages import clue
from tests.system.installation import Installation

SHORT = [
    Fault("registry-api", FREEZE, 4.0),
    Fault("clues-api", KILL),
    Fault("clues-log", KILL),
    Fault("postgres", KILL),
    Fault("rabbitmq", KILL),
]


@pytest.mark.fault
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_whatever_dies_under_load(replicated: Installation) -> None:
    told: list[str] = []
    outcome = run(replicated, SHORT, 7, told.append)

    assert outcome.held, "\n".join(told)
    assert outcome.slowest < LONGEST_RECOVERY_SECONDS, "\n".join(told)
    assert outcome.acknowledged > 50
    assert outcome.payments > 2
    assert outcome.positions > 25


def test_a_plan_strikes_every_process_both_ways_and_is_the_same_for_a_seed() -> None:
    planned = plan(40, 5)
    everybody = {name for name, _, _ in Replicated().members()} | {"rabbitmq", "postgres"}
    assert {fault.target for fault in planned} == everybody
    assert {fault.kind for fault in planned} == {KILL, FREEZE}
    assert planned == plan(40, 5) != plan(40, 6)


@pytest.mark.long
@pytest.mark.fault
@pytest.mark.timeout(3_600)
def test_nothing_is_lost_or_doubled_in_forty_faults(replicated: Installation) -> None:
    told: list[str] = []
    outcome = run(replicated, plan(40, 20261130), 20261130, told.append)

    assert outcome.held, "\n".join(told)
    assert outcome.slowest < LONGEST_RECOVERY_SECONDS, "\n".join(told)
    assert outcome.fed_back > 10


def test_loads_of_one_seed_never_file_a_clue_under_one_id() -> None:
    """What is on record already is refused for ever, and looks as if an answer were lost."""
    first, second = (clue(Random(5)).payload for _ in range(2))
    assert first["clue_id"] != second["clue_id"]
    assert first["reporter_id"] != second["reporter_id"]
