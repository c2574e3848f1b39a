"""What whoever told it learns, and what they say to that."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import (
    FeedbackMeans,
    OpinionResolution,
    Satisfaction,
)
from shared.contracts.fields import Day, Identifier, OneOf, Text, Whole
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class FeedbackGiven:
    """The bureau has told the point, or where there is none, the reporter.

    relaying: within which the point tells the reporter; null without a point
    """

    clue_id: str = public(Identifier())
    given_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")
    relaying: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class FeedbackRelayed:
    """The point has told the reporter."""

    clue_id: str = public(Identifier())
    relayed_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))


@define(EVENTS, precision=Precision.DAY, anonymous=True, unpublished=True)
class SatisfactionRated:
    """What the reporter says of the outcome."""

    clue_id: str = public(Identifier())
    satisfaction: Satisfaction = internal(OneOf(Satisfaction))
    comment: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="clue_id")


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class ClueReopened:
    """It is handled anew. `round` counts from 1, so that of the first reopening is 2."""

    clue_id: str = public(Identifier())
    round: int = public(Whole(2, 1_000))
    overall: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY)
class OpinionAnswered:
    """The bureau has answered an opinion.

    proposal_id: of an opinion that was adopted, the proposal it has become
    relaying: within which the point tells its source; null without a point
    """

    opinion_id: str = public(Identifier())
    resolution: OpinionResolution = public(OneOf(OpinionResolution))
    answered_on: dt.date = internal(Day())
    answer: Sealable[str] = sealed(Text(LONG), under="opinion_id")
    proposal_id: str | None = internal(Identifier(allow_none=True))
    relaying: WatchedLimit | None = internal(Part(WatchedLimit, allow_none=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class OpinionTakenAsClue:
    """It tells of misconduct, and goes on as the clue."""

    opinion_id: str = public(Identifier())
    clue_id: str = internal(Identifier())


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class AnswerRelayed:
    """The point has told the opinion's source."""

    opinion_id: str = public(Identifier())
    relayed_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))
