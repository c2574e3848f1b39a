"""A conversation between the bureau and whoever reported a clue, and the bureau's own notes on it.

What has come is counted: answers, information, questions whose days are over. How many of them
were read is counted too, so a desk can show what is new until somebody has read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.clues.domain import limits
from services.clues.domain.context import Context
from services.clues.domain.limits import Limits
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueLimit, DialogueStatus, QuestionStanding
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

MOST_OPEN = 10
"""Questions of one case that wait for an answer at a time."""
MOST_UNREAD = 20
"""What may come unread: whoever holds a receipt shall not fill a log by it."""


@dataclass(frozen=True)
class Dialogue:
    """known: ids of information and notes · news: what has come · read: how much of it was read"""

    status: DialogueStatus = DialogueStatus.ABSENT
    questions: Mapping[str, QuestionStanding] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=dict)
    news: int = 0
    read: int = 0


@dataclass(frozen=True)
class Answer:
    """AnswerQuestion, with the clue that its receipt is of or belongs to."""

    clue_id: str
    command: commands.AnswerQuestion


@dataclass(frozen=True)
class Add:
    """AddInformation, with the clue that its receipt is of."""

    clue_id: str
    command: commands.AddInformation


@dataclass(frozen=True)
class Lapse:
    """LapseQuestion, with the clue that its stream is of."""

    clue_id: str
    question_id: str


def ask(state: Dialogue, command: commands.AskReporter, context: Context) -> list[Any]:
    _refuse_known(command.question_id in state.questions, "question_id")
    waiting = [its for its in state.questions.values() if its is QuestionStanding.OPEN]
    if len(waiting) >= MOST_OPEN:
        raise Refused(Reason.TOO_MANY_QUESTIONS, f"{MOST_OPEN} wait for an answer")
    days = command.days or context.settings.question_days
    return [
        events.QuestionAsked(
            clue_id=command.clue_id,
            question_id=command.question_id,
            asked_by=context.actor_id,
            text=command.text,
            answering=limits.watch_end(context, days),
        )
    ]


def answer(state: Dialogue, command: Answer, _: Context) -> list[Any]:
    """In its days or after them: whoever is afraid may need longer."""
    question_id = command.command.question_id
    standing = state.questions.get(question_id)
    if standing is None:
        raise Refused(Reason.QUESTION_UNKNOWN, "no such question", ["question_id"])
    if standing is QuestionStanding.ANSWERED:
        raise Refused(Reason.QUESTION_ANSWERED, "it was answered", ["question_id"])
    _refuse_too_many(state)
    return [
        events.QuestionAnswered(
            clue_id=command.clue_id,
            question_id=question_id,
            late=standing is QuestionStanding.LAPSED,
            text=command.command.text,
        )
    ]


def add(state: Dialogue, command: Add, _: Context) -> list[Any]:
    given = command.command
    _refuse_known(given.information_id in state.known, "information_id")
    _refuse_too_many(state)
    return [
        events.InformationAdded(
            clue_id=command.clue_id, information_id=given.information_id, text=given.text
        )
    ]


def keep_note(state: Dialogue, command: commands.KeepNote, context: Context) -> list[Any]:
    _refuse_known(command.note_id in state.known, "note_id")
    return [
        events.NoteKept(
            clue_id=command.clue_id,
            note_id=command.note_id,
            kept_by=context.actor_id,
            text=command.text,
        )
    ]


def mark_read(state: Dialogue, command: commands.MarkDialogueRead, context: Context) -> list[Any]:
    if command.up_to > state.news:
        raise Invalid.one("up_to", "out_of_range", f"must be at most {state.news}")
    if command.up_to <= state.read:
        raise Refused(Reason.NOTHING_CHANGES, "so much was read")
    return [
        events.DialogueRead(clue_id=command.clue_id, up_to=command.up_to, read_by=context.actor_id)
    ]


def lapse(state: Dialogue, command: Lapse, context: Context) -> list[Any]:
    its = limits.running(state.limits, ClueLimit.QUESTION, command.question_id)
    if its is None:
        raise Refused(Reason.WRONG_STATE, "its days are over, or it was answered")
    if not limits.has_passed(its.span, context.today):
        raise Refused(Reason.LIMIT_RUNNING, f"it runs to the end of {its.span.due_on}")
    return [events.QuestionLapsed(clue_id=command.clue_id, question_id=command.question_id)]


def _refuse_known(known: bool, field: str) -> None:
    if known:
        raise Refused(Reason.ALREADY_EXISTS, "that is on record", [field])


def _refuse_too_many(state: Dialogue) -> None:
    if state.news - state.read >= MOST_UNREAD:
        raise Refused(Reason.TOO_MANY_MESSAGES, f"{MOST_UNREAD} were not read yet")


_S = DialogueStatus

TRANSITIONS: Transitions = {
    **{
        (status, command): decision
        for status in _S
        for command, decision in (
            (commands.AskReporter, ask),
            (Add, add),
            (commands.KeepNote, keep_note),
        )
    },
    (_S.OPEN, Answer): answer,
    (_S.OPEN, commands.MarkDialogueRead): mark_read,
    (_S.OPEN, Lapse): lapse,
    (_S.OPEN, commands.RecomputeLimit): limits.recompute,
}


def decide(state: Dialogue, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Dialogue, event: Any) -> Dialogue:
    state = replace(state, status=DialogueStatus.OPEN)
    match event:
        case events.QuestionAsked():
            running = limits.opened(
                state.limits, ClueLimit.QUESTION, event.answering, event.question_id
            )
            asked = {**state.questions, event.question_id: QuestionStanding.OPEN}
            return replace(state, questions=asked, limits=running)
        case events.QuestionAnswered():
            return _over(state, event.question_id, QuestionStanding.ANSWERED)
        case events.QuestionLapsed():
            return _over(state, event.question_id, QuestionStanding.LAPSED)
        case events.InformationAdded():
            known = state.known | {event.information_id}
            return replace(state, known=known, news=state.news + 1)
        case events.NoteKept():
            return replace(state, known=state.known | {event.note_id})
        case events.DialogueRead():
            return replace(state, read=event.up_to)
        case events.LimitMoved():
            return replace(state, limits=limits.evolve(state.limits, event))
    raise TypeError(f"a dialogue knows nothing of {type(event).__name__}")


def _over(state: Dialogue, question_id: str, standing: QuestionStanding) -> Dialogue:
    """An answer and the end of its days are both new to whoever asked."""
    return replace(
        state,
        questions={**state.questions, question_id: standing},
        limits=limits.closed(state.limits, [ClueLimit.QUESTION], question_id),
        news=state.news + 1,
    )
