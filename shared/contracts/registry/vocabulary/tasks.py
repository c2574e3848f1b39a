"""What can wait for somebody."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """formal_check, review, vote: one application each
    opinion: one that a body was asked for, and that is to be entered or called for
    deliberation, notice: a batch's applications that are qualified, or listed
    promotion: places of a batch that an objection has freed, while it has reserves
    objection, overdue_objection: one that is not decided, within its limit or past it
    designation: units of a notice whose days are over
    meeting_task: tasks that one coordination meeting gave and that are not completed
    plaque: one that a retired point has not given back within its limit
    """

    FORMAL_CHECK = "formal_check"
    REVIEW = "review"
    VOTE = "vote"
    OPINION = "opinion"
    DELIBERATION = "deliberation"
    PROMOTION = "promotion"
    NOTICE = "notice"
    OBJECTION = "objection"
    OVERDUE_OBJECTION = "overdue_objection"
    DESIGNATION = "designation"
    MEETING_TASK = "meeting_task"
    PLAQUE = "plaque"
