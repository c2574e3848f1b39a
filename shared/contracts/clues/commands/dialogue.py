"""What the bureau and a reporter say to each other; a reporter's receipt says in which case."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.fields import MOST_NEWS
from shared.contracts.clues.vocabulary import FollowUpMeans
from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG, stream_name


@define(COMMANDS)
class AskReporter:
    """Ask whoever reported it; they find the question by their receipt code.

    days: working days in which an answer is hoped for; None: as the figure says
    """

    clue_id: str = public(Identifier())
    question_id: str = public(Identifier())
    days: int | None = internal(Whole(1, 60, allow_none=True))
    text: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class AnswerQuestion:
    """A reporter's answer, also to a question whose days are over."""

    question_id: str = public(Identifier())
    text: str = sealed(Text(LONG), under="question_id")


@define(COMMANDS)
class AddInformation:
    """What a reporter tells besides, at any time: also once the case is closed."""

    information_id: str = public(Identifier())
    text: str = sealed(Text(LONG), under="information_id")


@define(COMMANDS)
class KeepNote:
    """Write something down for those who handle the case, and for nobody else."""

    clue_id: str = public(Identifier())
    note_id: str = public(Identifier())
    text: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class MarkDialogueRead:
    """Say that the first `up_to` of what has come from the reporter were read."""

    clue_id: str = public(Identifier())
    up_to: int = internal(Whole(1, MOST_NEWS))


@define(COMMANDS)
class LapseQuestion:
    """Let a question's days be over; the timekeeper sends it."""

    stream: str = public(stream_name())
    question_id: str = public(Identifier())


@define(COMMANDS)
class RecordFollowUp:
    """How a reporter who suffers retaliation was found to fare.

    suffering: whether it goes on; not said of one who was not reached
    """

    clue_id: str = public(Identifier())
    done_on: dt.date = internal(Day())
    means: FollowUpMeans = internal(OneOf(FollowUpMeans))
    suffering: bool | None = internal(Flag(allow_none=True))
    text: str = sealed(Text(LONG), under="clue_id")
