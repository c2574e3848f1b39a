"""Telling whoever told it, and hearing what they say to that."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import FeedbackMeans, OpinionResolution, Satisfaction
from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(COMMANDS)
class GiveFeedback:
    """Tell the point, or where there is none, the reporter."""

    clue_id: str = public(Identifier())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))
    text: str = sealed(Text(LONG), under="clue_id")


@define(COMMANDS)
class RelayFeedback:
    """The point has told the reporter."""

    clue_id: str = public(Identifier())
    relayed_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))


@define(COMMANDS)
class RateSatisfaction:
    """What the reporter says; once, whenever it comes.

    `not_solved` reopens the case within its days; after them the leader decides (ReopenClue).
    """

    clue_id: str = public(Identifier())
    satisfaction: Satisfaction = internal(OneOf(Satisfaction))
    comment: str | None = sealed(Text(LONG, allow_none=True), under="clue_id")


@define(COMMANDS)
class AnswerOpinion:
    """Answer an opinion; one that is adopted becomes a proposal for improvement.

    proposal_id, responsible, proposal: of an adopted opinion, and of no other: what is to change,
    and whose it is to change it
    """

    opinion_id: str = public(Identifier())
    resolution: OpinionResolution = public(OneOf(OpinionResolution))
    answer: str = sealed(Text(LONG), under="opinion_id")
    proposal_id: str | None = internal(Identifier(allow_none=True))
    responsible: str | None = internal(Text(allow_none=True))
    proposal: str | None = internal(Text(LONG, allow_none=True))


@define(COMMANDS)
class RelayAnswer:
    """The point has told the opinion's source."""

    opinion_id: str = public(Identifier())
    relayed_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))
