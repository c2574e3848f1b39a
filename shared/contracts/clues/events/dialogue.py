"""What the bureau and a reporter said to each other, and how those who suffer for it fare.

All of it concerns the two of them alone, so none of these events has a public field.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import MOST_NEWS, WatchedLimit
from shared.contracts.clues.vocabulary import FollowUpMeans
from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import Part, Precision, Sealable, define, internal, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class QuestionAsked:
    """answering: within which an answer is hoped for; asked_by: the account of the bureau."""

    clue_id: str = internal(Identifier())
    question_id: str = internal(Identifier())
    asked_by: str = internal(Text())
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")
    answering: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class QuestionAnswered:
    """late: after its days were over, so that it had lapsed"""

    clue_id: str = internal(Identifier())
    question_id: str = internal(Identifier())
    late: bool = internal(Flag())
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class QuestionLapsed:
    """Nobody has answered in its days; the bureau goes on with what it has."""

    clue_id: str = internal(Identifier())
    question_id: str = internal(Identifier())


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class InformationAdded:
    """The reporter has told something besides."""

    clue_id: str = internal(Identifier())
    information_id: str = internal(Identifier())
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class NoteKept:
    """A note of those who handle the case, which neither point, body nor reporter ever reads."""

    clue_id: str = internal(Identifier())
    note_id: str = internal(Identifier())
    kept_by: str = internal(Text())
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class DialogueRead:
    """The bureau has read the first `up_to` answers, lapsed questions and information that came."""

    clue_id: str = internal(Identifier())
    up_to: int = internal(Whole(1, MOST_NEWS))
    read_by: str = internal(Text())


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class FollowUpsScheduled:
    """Whoever suffers retaliation is asked how they fare; `following`: when for the first time."""

    clue_id: str = internal(Identifier())
    opened_on: dt.date = internal(Day())
    following: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY)
class FollowUpRecorded:
    """number: of the follow-up, from 1 · suffering: whether it goes on; null: not reached

    done: whether this one is over; one that was not reached is tried again
    following: when the next is due; null: none is planned, or this one still is
    """

    clue_id: str = internal(Identifier())
    number: int = internal(Whole(1, 1_000))
    done_on: dt.date = internal(Day())
    means: FollowUpMeans = internal(OneOf(FollowUpMeans))
    suffering: bool | None = internal(Flag(allow_none=True))
    recorded_by: str = internal(Text())
    done: bool = internal(Flag())
    following: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")
