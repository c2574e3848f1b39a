"""Each alarm comes when it should, names what it is about, and goes when it is over."""

from __future__ import annotations

import dataclasses

import pytest

from shared.service.alarms import (
    HEARTBEAT_SECONDS,
    MODEL_PATIENCE_SECONDS,
    PATIENCE_SECONDS,
    Alarm,
    alarms,
)
from shared.service.worker_states import SeenState

WELL = [
    SeenState("numbering", position=9, lag=0, lag_seconds=0.0, age=0.5),
    SeenState("publishing", position=9, lag=0, lag_seconds=0.0, age=0.5),
    SeenState("model notes", "notes", "registry", 9, 0, 0.0, age=0.5),
]


def told(*workers: SeenState, parked: int = 0) -> list[Alarm]:
    others = [well for well in WELL if well.name not in {worker.name for worker in workers}]
    return alarms("registry", [*others, *workers], parked)


def test_all_well_is_no_alarm() -> None:
    assert told() == []


def test_no_leader_when_nobody_ever_told_anything() -> None:
    (alarm,) = alarms("registry", [], 0)
    assert (alarm.code, alarm.facts["heartbeat_age"]) == ("no_leader", None)
    assert "services.registry log" in alarm.message


def test_no_leader_when_the_last_heartbeat_is_old_and_stale_lags_are_not_repeated() -> None:
    old = [dataclasses.replace(its, age=HEARTBEAT_SECONDS + 1, lag_seconds=500.0) for its in WELL]
    assert [alarm.code for alarm in alarms("registry", old, 0)] == ["no_leader"]


def test_a_stopped_projection_names_model_source_event_and_error() -> None:
    stopped = dataclasses.replace(WELL[2], trouble="KeyError: 'division'", troubled_seconds=4.0)
    (alarm,) = told(stopped)
    assert alarm.code == "projection_stopped"
    assert alarm.facts == {
        "model": "notes",
        "source": "registry",
        "position": 9,
        "stopped_at": 10,
        "trouble": "KeyError: 'division'",
    }
    for text in ("notes", "registry", "10", "KeyError: 'division'"):
        assert text in alarm.message


def test_a_stopped_projection_is_told_even_after_its_process_died() -> None:
    dead = dataclasses.replace(WELL[2], trouble="KeyError: 'division'", age=3_600.0)
    found = alarms("registry", [dead], 0)
    assert [alarm.code for alarm in found] == ["no_leader", "projection_stopped"]


def test_a_worker_in_trouble_is_an_alarm_with_its_reason() -> None:
    (alarm,) = told(SeenState("checkpoints", trouble="OperationalError: no route", age=0.1))
    assert (alarm.code, alarm.facts["worker"]) == ("worker_in_trouble", "checkpoints")
    assert "OperationalError: no route" in alarm.message


@pytest.mark.parametrize(
    ("worker", "code"),
    [
        ("numbering", "numbering_lag"),
        ("publishing", "publication_lag"),
        ("checkpoints", "signing_lag"),
    ],
)
def test_what_waits_longer_than_its_patience_is_an_alarm(worker: str, code: str) -> None:
    patience = PATIENCE_SECONDS[worker]
    waiting = SeenState(worker, position=1, lag=8, lag_seconds=patience, age=0.1)
    assert told(waiting) == []
    (alarm,) = told(dataclasses.replace(waiting, lag_seconds=patience + 1))
    assert (alarm.code, alarm.facts["lag"]) == (code, 8)


def test_a_model_that_falls_behind_is_an_alarm() -> None:
    behind = dataclasses.replace(WELL[2], lag=400, lag_seconds=MODEL_PATIENCE_SECONDS + 1)
    (alarm,) = told(behind)
    assert (alarm.code, alarm.facts["model"]) == ("projection_lag", "notes")


def test_parked_reactions_are_an_alarm_that_says_how_to_see_them() -> None:
    (alarm,) = told(parked=2)
    assert (alarm.code, alarm.facts["parked"]) == ("parked", 2)
    assert "jiandu parked list" in alarm.message


def test_limits_that_lack_a_years_working_days_are_an_alarm_until_they_are_counted_anew() -> None:
    (alarm,) = told(SeenState("provisional limits", lag=3, age=0.5))
    assert (alarm.code, alarm.facts["limits"]) == ("limits_provisional", 3)
    assert "工作日安排" in alarm.message
    assert told(SeenState("provisional limits", lag=0, age=0.5)) == []
