"""Improvement proposals: an adopted opinion, followed to the rule or practice that it changed."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.vocabulary import FeedbackMeans, ProposalResult
from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import Precision, define, internal, public
from shared.contracts.registry.fields import LONG, division


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ProposalOpened:
    """responsible: the body or office that is to change something"""

    proposal_id: str = public(Identifier())
    opinion_id: str = internal(Identifier())
    division: str = public(division())
    point_id: str | None = internal(Identifier(allow_none=True))
    responsible: str = internal(Text())
    proposal: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ProposalStepTaken:
    proposal_id: str = public(Identifier())
    taken_on: dt.date = internal(Day())
    account: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY)
class ProposalCompleted:
    """document: the changed rule, or where the changed practice is laid down"""

    proposal_id: str = public(Identifier())
    result: ProposalResult = public(OneOf(ProposalResult))
    document: str = internal(Text())
    account: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY)
class ProposalDropped:
    proposal_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ProposalToldBack:
    """The opinion's source knows what its opinion has changed, or why nothing."""

    proposal_id: str = public(Identifier())
    told_on: dt.date = internal(Day())
    means: FeedbackMeans = internal(OneOf(FeedbackMeans))
