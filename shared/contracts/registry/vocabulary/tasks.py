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
    term_ending: a point's term of whose end was reminded, and that nothing is done about yet
    renewal_grade, renewal_decision, renewal_completion: what a proposed renewal waits for
    retirement_facts, retirement_decision, retirement_announcement: what a retirement waits for
    plaque: one that a retired point has not given back
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
    TERM_ENDING = "term_ending"
    RENEWAL_GRADE = "renewal_grade"
    RENEWAL_DECISION = "renewal_decision"
    RENEWAL_COMPLETION = "renewal_completion"
    RETIREMENT_FACTS = "retirement_facts"
    RETIREMENT_DECISION = "retirement_decision"
    RETIREMENT_ANNOUNCEMENT = "retirement_announcement"
    PLAQUE = "plaque"
