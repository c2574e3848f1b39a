"""Proposals for improvement, themes, and inspections that are counted."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import FeedbackMeans, ProposalResult
from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class TakeProposalStep:
    proposal_id: str = public(Identifier())
    taken_on: dt.date = internal(Day())
    account: str = internal(Text(LONG))


@define(COMMANDS)
class CompleteProposal:
    proposal_id: str = public(Identifier())
    result: ProposalResult = public(OneOf(ProposalResult))
    document: str = internal(Text())
    account: str = internal(Text(LONG))


@define(COMMANDS)
class DropProposal:
    proposal_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class TellProposalBack:
    """The opinion's source was told what it has changed, or why nothing."""

    proposal_id: str = public(Identifier())
    told_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))


@define(COMMANDS)
class ConcludeTheme:
    theme_id: str = public(Identifier())
    measures: str = internal(Text(LONG))


@define(COMMANDS)
class NoteInspection:
    """Put an inspection of a unit on record, so that too many of a year show."""

    inspection_id: str = public(Identifier())
    division: str = internal(division())
    inspected_on: dt.date = internal(Day())
    body: str = internal(Text())
    unit: str = sealed(Text(), under="inspection_id")
