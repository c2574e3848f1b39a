"""What the bureau and a reporter say to each other, and what the bureau notes for itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.clues.domain import dialogue
from services.clues.handlers.aggregates import CLUE, DIALOGUE
from services.clues.handlers.common import BUREAU, case_within, of
from services.clues.handlers.filing import REPORTER_ID
from services.clues.handlers.reporters import RECEIPT, by_reporter, reported_clue
from shared.contracts.clues import commands
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def ask_reporter(work: Work, command: commands.AskReporter) -> None:
    """Raises Refused where nobody has a code by which to find the question."""
    state = case_within(work, command.clue_id)
    first = work.holder_of(REPORTER_ID, (state.reporter_id,)) or CLUE.stream(command.clue_id)
    if not work.holds(first, RECEIPT):
        raise Refused(Reason.NO_RECEIPT, "whoever told it has no receipt code")
    work.decide(DIALOGUE, command.clue_id, command)


def of_the_bureau(work: Work, command: Any) -> None:
    """What the bureau says to itself."""
    case_within(work, command.clue_id)
    work.decide(DIALOGUE, command.clue_id, command)


def answer_question(work: Work, command: commands.AnswerQuestion) -> None:
    """Of the reporter's clue, or of the case that is open for the retaliation they suffer."""
    asked = (
        clue_id
        for clue_id in _cases(work)
        if command.question_id in work.state(DIALOGUE, clue_id).questions
    )
    clue_id = next(asked, None)
    if clue_id is None:
        raise Refused(Reason.QUESTION_UNKNOWN, "no such question", ["question_id"])
    _say(work, clue_id, dialogue.Answer(clue_id, command))


def add_information(work: Work, command: commands.AddInformation) -> None:
    clue_id, _ = reported_clue(work)
    _say(work, clue_id, dialogue.Add(clue_id, command))


def _say(work: Work, clue_id: str, said: dialogue.Answer | dialogue.Add) -> None:
    work.about(DIALOGUE.stream(clue_id))
    work.decide(DIALOGUE, clue_id, said)


def _cases(work: Work) -> Iterator[str]:
    """The reporter's clue, and the cases of retaliation that came of it."""
    clue_id, state = reported_clue(work)
    yield clue_id
    while state.retaliation_clue_id:
        yield state.retaliation_clue_id
        state = work.state(CLUE, state.retaliation_clue_id)


_OFFICER = frozenset({Role.OFFICER})
_REPORTER = frozenset({Role.REPORTER})
_OF_CASE = of(DIALOGUE, "clue_id")

ROUTES: dict[type, Route] = {
    commands.AskReporter: Route(_OFFICER, _OF_CASE, ask_reporter),
    commands.KeepNote: Route(BUREAU, _OF_CASE, of_the_bureau),
    commands.MarkDialogueRead: Route(_OFFICER, _OF_CASE, of_the_bureau),
    commands.AnswerQuestion: Route(_REPORTER, by_reporter, answer_question),
    commands.AddInformation: Route(_REPORTER, by_reporter, add_information),
}
