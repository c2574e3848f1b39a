"""What can wait for somebody."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """formal_check, review: one application each
    deliberation, notice: a batch's applications that are qualified, or listed
    objection: one that is not decided
    designation: units of a notice whose days are over
    meeting_task: tasks that one coordination meeting gave and that are not completed
    """

    FORMAL_CHECK = "formal_check"
    REVIEW = "review"
    DELIBERATION = "deliberation"
    NOTICE = "notice"
    OBJECTION = "objection"
    DESIGNATION = "designation"
    MEETING_TASK = "meeting_task"
