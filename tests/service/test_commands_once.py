"""Invariants 3 and 13: a command is carried out once, over versions that nobody changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import psycopg
import pytest
from psycopg import conninfo

from deploy.local.urls import with_path
from services.registry.definition import DEFINITION
from services.registry.handlers.aggregates import APPLICATION
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Conflict, Refused
from shared.contracts.reasons import Reason
from shared.service.aggregate import Aggregate
from shared.service.parts import Parts
from tests.eventlog.making import an_append
from tests.messaging.waiting import wait_until
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh
from tests.services.registry import examples


def at_once(count: int, work: Any) -> list[Any]:
    """`work(number)` in that many threads, all begun together."""
    together = Barrier(count)

    def begin(number: int) -> Any:
        together.wait()
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(begin, range(count)))


def test_a_repeated_command_returns_the_first_result_even_when_the_state_has_moved_on(
    town: Town,
) -> None:
    batch_id = town.batch()
    submission, command_id = town.submission(batch_id), fresh()
    first = town.send(submission, APPLICANT, command_id)
    stream = f"application-{submission.application_id}"
    assert first == {"stream": stream, "version": 1, "events": ["ApplicationSubmitted"]}
    town.send(replace(examples.PASS, application_id=submission.application_id), OFFICER)
    before = town.counted()

    assert town.send(submission, APPLICANT, command_id) == first
    assert town.counted() == before


def test_a_repeated_command_returns_the_first_result_when_it_would_be_refused_today(
    town: Town,
) -> None:
    submission, command_id = town.submission(town.batch()), fresh()
    first = town.send(submission, APPLICANT, command_id)
    town.clock.time = examples.NOW.replace(year=2027)  # the batch takes nothing any more
    with pytest.raises(Refused):
        town.send(town.submission(submission.batch_id), APPLICANT)
    assert town.send(submission, APPLICANT, command_id) == first


def test_the_id_of_a_command_that_was_refused_can_be_used_again(town: Town) -> None:
    submission, command_id = town.submission(town.batch()), fresh()
    with pytest.raises(Refused):
        town.send(submission, PUBLIC, command_id)
    town.send(submission, APPLICANT, command_id)


@pytest.mark.parametrize("what", ["payload", "sealed payload", "actor", "role", "type"])
def test_the_id_of_another_command_is_refused(town: Town, what: str) -> None:
    submission, command_id = town.submission(town.batch()), fresh()
    town.send(submission, APPLICANT, command_id)
    before = town.counted()
    other, actor = submission, APPLICANT
    if what == "payload":
        other = replace(submission, staff=1_201)
    elif what == "sealed payload":
        other = replace(submission, contact_name="王五")
    elif what == "actor":
        actor = replace(APPLICANT, id="applicant-2")
    elif what == "role":
        actor = replace(OFFICER, id=APPLICANT.id)
    else:
        other, actor = replace(examples.PASS, application_id=submission.application_id), OFFICER

    with pytest.raises(Refused) as refusal:
        town.send(other, actor, command_id)
    assert refusal.value.reason == Reason.COMMAND_ID_REUSED
    assert town.counted() == before


def test_twins_sent_at_the_same_moment_happen_once(town: Town) -> None:
    submission, command_id = town.submission(town.batch()), fresh()
    results = at_once(6, lambda _: town.send(submission, APPLICANT, command_id))

    assert results == [results[0]] * 6
    assert town.types(f"application-{submission.application_id}") == ["ApplicationSubmitted"]


def test_of_two_commands_that_make_the_same_thing_one_happens(town: Town) -> None:
    submission = town.submission(town.batch())

    def submit(_: int) -> str:
        try:
            town.send(submission, APPLICANT)
        except Refused as refused:
            return refused.reason
        return "done"

    # Which of the two reasons depends on how close behind the first the others were.
    told = at_once(4, submit)
    assert told.count("done") == 1
    assert set(told) <= {"done", Reason.ALREADY_EXISTS, Reason.UNIT_APPLIED_ALREADY}


@pytest.mark.parametrize("expected", [0, 2, 99])
def test_a_stale_expected_version_is_a_conflict(town: Town, expected: int) -> None:
    application_id = town.submitted(town.batch())
    before = town.counted()
    with pytest.raises(Conflict) as conflict:
        town.send(
            replace(examples.PASS, application_id=application_id),
            OFFICER,
            expected_version=expected,
        )
    assert (conflict.value.expected, conflict.value.actual) == (expected, 1)
    assert town.counted() == before


def test_the_right_expected_version_is_carried_out_once(town: Town) -> None:
    application_id = town.submitted(town.batch())
    command, command_id = replace(examples.PASS, application_id=application_id), fresh()
    for _ in range(2):
        result = town.send(command, OFFICER, command_id, expected_version=1)
        assert result["version"] == 2


def test_of_writers_that_expect_the_same_version_one_succeeds(town: Town) -> None:
    application_id = town.submitted(town.batch())
    town.send(replace(examples.PASS, application_id=application_id), OFFICER)
    check = replace(examples.CHECK, application_id=application_id)

    def record(_: int) -> str:
        try:
            town.send(check, REVIEWER, expected_version=2)
        except Conflict:
            return "conflict"
        return "done"

    assert sorted(at_once(5, record)) == ["conflict"] * 4 + ["done"]


def test_eight_who_object_to_one_notice_at_once_are_all_heard(town: Town) -> None:
    batch_id = town.batch()
    application_id = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, application_id)
    objections = [
        replace(
            examples.OBJECT,
            notice_id=notice_id,
            application_id=application_id,
            objection_id=fresh(),
        )
        for _ in range(8)
    ]
    results = at_once(8, lambda number: town.send(objections[number], PUBLIC))

    assert sorted(result["version"] for result in results) == list(range(2, 10))
    assert town.types(f"notice-{notice_id}") == ["NoticePublished"] + ["NoticeObjected"] * 8


def test_one_unit_applies_once_a_batch_however_many_try_at_once(town: Town) -> None:
    first = town.submission(town.batch())
    rivals = [replace(first, application_id=fresh()) for _ in range(4)]

    def submit(number: int) -> str:
        try:
            town.send(rivals[number], APPLICANT)
        except Refused as refused:
            return refused.reason
        return "done"

    assert sorted(at_once(4, submit)) == ["done"] + [Reason.UNIT_APPLIED_ALREADY] * 3


def test_notices_over_the_same_units_in_another_order_end_in_one_of_them(town: Town) -> None:
    """Each writes both applications' streams, one in the order opposite to the other's."""
    batch_id = town.batch()
    one, two = town.qualified(batch_id), town.qualified(batch_id)
    town.listed(batch_id, one, two)
    orders = [(one, two), (two, one)] * 2

    def publish(number: int) -> str:
        try:
            town.send(town.publication(batch_id, *orders[number]), LEADER)
        except Refused as refused:
            return refused.reason
        return "done"

    assert sorted(at_once(4, publish)) == ["done"] + [Reason.WRONG_STATE] * 3


def test_a_command_that_saw_one_stream_before_another_command_and_one_after_is_decided_anew(
    town: Town,
) -> None:
    """Who takes back what is designated meanwhile is told so, and nothing of the notice's part."""
    batch_id = town.batch_on(town.clock.time)
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.clock.time += 9 * ONE_DAY
    patient = town.commands

    class Overtaken(Parts):
        """Once the application is loaded, somebody else's command comes between."""

        def load(self, aggregate: Aggregate, identifier: object) -> tuple[int, Any]:
            loaded = super().load(aggregate, identifier)
            if aggregate is APPLICATION and town.types(notice)[-1] == "NoticePublished":
                impatient, town.commands = town.commands, patient
                town.send(town.designation(notice_id, unit), LEADER)
                town.commands = impatient
            return loaded

    notice = f"notice-{notice_id}"
    town.commands = town.bus_over(Overtaken(town.log, town.keyring, DEFINITION.events, town.files))
    with pytest.raises(Refused) as refusal:
        town.send(replace(examples.TAKE_BACK, application_id=unit), APPLICANT)

    assert refusal.value.reason == Reason.WRONG_STATE
    assert "WithdrawApplication" in str(refusal.value)
    assert town.types(f"application-{unit}")[-1] == "ApplicationDesignated"


def test_a_command_that_postgresql_picks_out_of_a_deadlock_is_decided_anew(
    town: Town, postgres_url: str
) -> None:
    """Which one it picks is certain: the rival waits first and does not look for deadlocks."""
    batch_id = town.batch()
    units = [town.qualified(batch_id) for _ in range(3)]
    town.listed(batch_id, *units)
    one, two, three = (f"application-{unit}" for unit in units)
    version = len(town.log.stream(one))

    with (
        _superuser(town, postgres_url) as rival,
        town.pool.connection() as gate,
        ThreadPoolExecutor(2) as threads,
    ):
        rival.execute("SET deadlock_timeout = '1h'")
        with rival.transaction(force_rollback=True):
            with gate.transaction(force_rollback=True):
                _write(rival, three, version)
                _write(gate, two, version)
                result = threads.submit(town.send, town.publication(batch_id, *units), LEADER)
                _wait_until_so_many_wait(town, 1)  # with `one` written, for the gate
                written = threads.submit(_write, rival, one, version)
                _wait_until_so_many_wait(town, 2)  # the rival, for the command
            # Now the command goes on to `three` and waits for the rival in its turn.
            written.result()
        assert result.result()["events"].count("ApplicationPutOnNotice") == 3


def _superuser(town: Town, postgres_url: str) -> psycopg.Connection[Any]:
    database = conninfo.conninfo_to_dict(town.pool.conninfo)["dbname"]
    return psycopg.connect(with_path(postgres_url, str(database)), autocommit=True)


def _write(connection: psycopg.Connection[Any], stream: str, version: int) -> None:
    parameter = an_append({stream: version}).parameter().decode()
    connection.execute("SELECT eventlog.append(%s::jsonb)", (parameter,))


def _wait_until_so_many_wait(town: Town, count: int) -> None:
    waiting = (
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE a.datname = current_database() AND NOT l.granted AND l.locktype = 'transactionid'"
    )

    def reached() -> bool:
        with town.pool.connection() as connection:
            return connection.execute(waiting.encode()).fetchone() == (count,)

    wait_until(reached, 60.0, f"{count} waiting transactions")
