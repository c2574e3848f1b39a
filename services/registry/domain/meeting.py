"""A coordination meeting, and the tasks it gave: each has an owner and a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from shared.contracts.errors import Invalid, Problem, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import TaskStanding
from shared.contracts.transitions import Transitions, decide_by


class MeetingStatus(StrEnum):
    ABSENT = "absent"
    RECORDED = "recorded"


@dataclass(frozen=True)
class Task:
    due_on: dt.date
    standing: TaskStanding = TaskStanding.OPEN


@dataclass(frozen=True)
class Meeting:
    status: MeetingStatus = MeetingStatus.ABSENT
    division: str = ""
    tasks: Mapping[str, Task] = field(default_factory=dict)


def record(_: Meeting, command: commands.RecordCoordinationMeeting, context: Context) -> list[Any]:
    if command.held_on > context.today:
        raise Invalid.one("held_on", "out_of_range", "lies in the future")
    _refuse_wrong_tasks(command)
    held = events.CoordinationMeetingRecorded(
        meeting_id=command.meeting_id,
        division=command.division,
        held_on=command.held_on,
        subject=command.subject,
        bodies=command.bodies,
        minutes=command.minutes,
    )
    given = [
        events.MeetingTaskAssigned(
            meeting_id=command.meeting_id,
            task_id=task.task_id,
            owner=task.owner,
            what=task.what,
            due_on=task.due_on,
        )
        for task in command.tasks
    ]
    return [held, *given]


def complete(state: Meeting, command: commands.CompleteMeetingTask, context: Context) -> list[Any]:
    _undone(state, command.task_id)
    return [
        events.MeetingTaskCompleted(
            meeting_id=command.meeting_id,
            task_id=command.task_id,
            completed_on=context.today,
            result=command.result,
        )
    ]


def extend(state: Meeting, command: commands.ExtendMeetingTask, context: Context) -> list[Any]:
    task = _undone(state, command.task_id)
    if command.due_on <= task.due_on or command.due_on < context.today:
        raise Invalid.one("due_on", "out_of_range", f"must lie behind {task.due_on}, not past")
    return [
        events.MeetingTaskExtended(
            meeting_id=command.meeting_id,
            task_id=command.task_id,
            due_on=command.due_on,
            reason=command.reason,
        )
    ]


def lapse(state: Meeting, command: commands.LetMeetingTaskLapse, context: Context) -> list[Any]:
    task = _undone(state, command.task_id)
    if task.standing is TaskStanding.OVERDUE:
        raise Refused(Reason.WRONG_STATE, "the task is overdue already")
    if context.today <= task.due_on:
        raise Refused(Reason.LIMIT_RUNNING, f"the task has to the end of {task.due_on}")
    return [
        events.MeetingTaskLapsed(
            meeting_id=command.meeting_id, task_id=command.task_id, due_on=task.due_on
        )
    ]


def _undone(state: Meeting, task_id: str) -> Task:
    task = state.tasks.get(task_id)
    if task is None:
        raise Refused(Reason.TASK_UNKNOWN, "the meeting gave no such task", ["task_id"])
    if task.standing is TaskStanding.COMPLETED:
        raise Refused(Reason.WRONG_STATE, "the task is completed")
    return task


def _refuse_wrong_tasks(command: commands.RecordCoordinationMeeting) -> None:
    named = [task.task_id for task in command.tasks]
    problems = []
    for index, task in enumerate(command.tasks):
        if task.task_id in named[:index]:
            problems.append(Problem(f"tasks[{index}].task_id", "duplicate", "is named twice"))
        if task.due_on < command.held_on:
            problems.append(
                Problem(f"tasks[{index}].due_on", "out_of_range", "lies before the meeting")
            )
    if problems:
        raise Invalid(problems)


TRANSITIONS: Transitions = {
    **correcting(MeetingStatus),
    (MeetingStatus.ABSENT, commands.RecordCoordinationMeeting): record,
    (MeetingStatus.RECORDED, commands.CompleteMeetingTask): complete,
    (MeetingStatus.RECORDED, commands.ExtendMeetingTask): extend,
    (MeetingStatus.RECORDED, commands.LetMeetingTaskLapse): lapse,
}


def decide(state: Meeting, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Meeting, event: Any) -> Meeting:
    match event:
        case events.CoordinationMeetingRecorded():
            return Meeting(MeetingStatus.RECORDED, event.division)
        case events.MeetingTaskAssigned() | events.MeetingTaskExtended():
            return _with_task(state, event.task_id, Task(event.due_on))
        case events.MeetingTaskLapsed():
            return _with_task(state, event.task_id, Task(event.due_on, TaskStanding.OVERDUE))
        case events.MeetingTaskCompleted():
            done = replace(state.tasks[event.task_id], standing=TaskStanding.COMPLETED)
            return _with_task(state, event.task_id, done)
        case events.RecordCorrected():
            return state
    raise TypeError(f"a meeting knows nothing of {type(event).__name__}")


def _with_task(state: Meeting, task_id: str, task: Task) -> Meeting:
    return replace(state, tasks={**state.tasks, task_id: task})
