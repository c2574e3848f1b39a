"""Limits that fall due while nobody keeps time: none is lost, none is done twice."""

from __future__ import annotations

import datetime as dt

import pytest

from deploy.local.processes import wait_until
from tests.system.bureau import CITY, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE, Installation, one

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]

LOG = "registry-log"
TASKS = 40
LAPSED = "SELECT count(*), count(DISTINCT body->'public'->>'task_id') FROM eventlog.event"


def a_meeting(bureau: Bureau, due_on: dt.date) -> str:
    """A meeting of today with many tasks for one day."""
    meeting_id = new_id()
    task = {"owner": "市司法局", "what": "编印手册", "due_on": due_on.isoformat()}
    bureau.send(
        OFFICER,
        "RecordCoordinationMeeting",
        {
            "meeting_id": meeting_id,
            "division": CITY,
            "held_on": bureau.today.isoformat(),
            "subject": "联系点工作推进会",
            "bodies": ["市司法局"],
            "minutes": "会议研究了联系点工作",
            "tasks": [{**task, "task_id": new_id()} for _ in range(TASKS)],
        },
    )
    return meeting_id


def lapsed(system: Installation, meeting_id: str) -> tuple[int, int]:
    """How many events say so, and of how many tasks."""
    with system.superuser() as connection:
        where = f" WHERE stream = 'meeting-{meeting_id}' AND type = 'MeetingTaskLapsed'"
        return one(connection, LAPSED + where)


@pytest.mark.parametrize("years", [0, 5])
def test_what_fell_due_while_the_log_process_was_dead_is_done_once_when_one_is_back(
    healed: Installation, bureau: Bureau, years: int
) -> None:
    meeting_id = a_meeting(bureau, bureau.today)
    healed.kill(LOG)
    healed.clock.advance(dt.timedelta(days=1 + 365 * years))
    assert lapsed(healed, meeting_id) == (0, 0)

    healed.up()
    assert wait_until(lambda: lapsed(healed, meeting_id)[1] == TASKS, PATIENCE)
    assert lapsed(healed, meeting_id) == (TASKS, TASKS)


def test_a_timekeeper_killed_in_the_middle_of_it_leaves_the_rest_to_the_next(
    healed: Installation, bureau: Bureau
) -> None:
    meeting_id = a_meeting(bureau, bureau.today)
    healed.clock.advance(dt.timedelta(days=1))
    for share in (1, TASKS // 4, TASKS // 2):
        assert wait_until(lambda least=share: lapsed(healed, meeting_id)[1] >= least, PATIENCE)  # type: ignore[misc]
        healed.kill(LOG)
        healed.up()
    assert wait_until(lambda: lapsed(healed, meeting_id)[1] == TASKS, PATIENCE)
    assert lapsed(healed, meeting_id) == (TASKS, TASKS)
