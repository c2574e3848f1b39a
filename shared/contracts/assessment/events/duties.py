"""Publicity, training, quarterly reports, questions to the bureau, and funds of points."""

from __future__ import annotations

import datetime as dt

from shared.contracts.assessment.events.vocabulary import EVENTS
from shared.contracts.assessment.fields import (
    LARGEST_AUDIENCE,
    MOST_POINTS,
    fen,
    funding_id,
    report_id,
)
from shared.contracts.assessment.vocabulary.duties import PublicityForm
from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text, Whole
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Part, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division


@define(EVENTS)
class PublicityRecorded:
    """What a point says it has done; recorded again, it takes the place of what was returned."""

    publicity_id: str = public(Identifier())
    point_id: str = public(Identifier())
    division: str = public(division())
    held_on: dt.date = public(Day())
    form: PublicityForm = public(OneOf(PublicityForm))
    subject: str = internal(Text())
    audience: int = public(Whole(1, LARGEST_AUDIENCE))
    account: Sealable[str] = sealed(Text(LONG), under="publicity_id")


@define(EVENTS)
class PublicityConfirmed:
    publicity_id: str = public(Identifier())
    point_id: str = public(Identifier())
    held_on: dt.date = public(Day())


@define(EVENTS, unpublished=True)
class PublicityReturned:
    publicity_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class TrainingPlanned:
    training_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    planned_on: dt.date = public(Day())
    place: str = public(Text())


@define(EVENTS)
class TrainingAttendanceRecorded:
    """Which points came to it, and which did not although they were to."""

    training_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    attended: tuple[str, ...] = public(Many(Identifier(), most=MOST_POINTS, distinct=True))
    absent: tuple[str, ...] = internal(Many(Identifier(), most=MOST_POINTS, distinct=True))


@define(EVENTS)
class TrainingCancelled:
    training_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class QuarterlyReportHandedIn:
    """in_time: whether it came within the limit, the first time if it was returned

    number: of the handing in, from 1
    """

    report_id: str = public(report_id())
    point_id: str = public(Identifier())
    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    quarter: int = public(Whole(1, 4))
    number: int = public(Whole(1, 1_000))
    handed_in_on: dt.date = public(Day())
    due: TimeLimit = public(Part(TimeLimit))
    in_time: bool = internal(Flag())
    text: Sealable[str] = sealed(Text(LONG), under="report_id")


@define(EVENTS, unpublished=True)
class QuarterlyReportReturned:
    report_id: str = public(report_id())
    reasons: str = internal(Text(LONG))


@define(EVENTS, unpublished=True)
class PointAsked:
    """answering: within which the bureau is to answer"""

    question_id: str = public(Identifier())
    point_id: str = internal(Identifier())
    division: str = internal(division())
    asked_on: dt.date = internal(Day())
    answering: TimeLimit = internal(Part(TimeLimit))
    text: Sealable[str] = sealed(Text(LONG), under="question_id")


@define(EVENTS, unpublished=True)
class PointQuestionAnswered:
    question_id: str = public(Identifier())
    answered_on: dt.date = internal(Day())
    in_time: bool = internal(Flag())
    answer: Sealable[str] = sealed(Text(LONG), under="question_id")


@define(EVENTS)
class FundingAllocated:
    """allocated: what the point has been given of the year, with this"""

    funding_id: str = public(funding_id())
    point_id: str = public(Identifier())
    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    entry_id: str = internal(Identifier())
    amount: int = public(fen())
    allocated: int = public(fen())
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class FundingTakenBack:
    """allocated: what the point has been given of the year, without this"""

    funding_id: str = public(funding_id())
    entry_id: str = internal(Identifier())
    amount: int = public(fen())
    allocated: int = public(Whole(0))
    reasons: str = internal(Text(LONG))


@define(EVENTS)
class FundingSpent:
    """spent: what has been spent of the year's funds, with this"""

    funding_id: str = public(funding_id())
    entry_id: str = internal(Identifier())
    amount: int = public(fen())
    spent: int = public(fen())
    spent_on: dt.date = public(Day())
    purpose: str = internal(Text(LONG))
    proof: str = internal(Text())
