"""Publicity, training, quarterly reports, questions to the bureau, and funds of points."""

from __future__ import annotations

import datetime as dt

from shared.contracts.assessment.commands.vocabulary import COMMANDS
from shared.contracts.assessment.fields import (
    LARGEST_AUDIENCE,
    MOST_POINTS,
    fen,
    funding_id,
    report_id,
)
from shared.contracts.assessment.vocabulary.duties import PublicityForm
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class RecordPublicity:
    """What the point has done to make the scheme known, or again what was returned to it."""

    publicity_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    form: PublicityForm = public(OneOf(PublicityForm))
    subject: str = public(Text())
    audience: int = public(Whole(1, LARGEST_AUDIENCE))
    account: Sealable[str] = sealed(Text(LONG, shortest=5), under="publicity_id")


@define(COMMANDS)
class ConfirmPublicity:
    """It counts."""

    publicity_id: str = public(Identifier())


@define(COMMANDS)
class ReturnPublicity:
    """The point is to say more, or otherwise."""

    publicity_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class PlanTraining:
    training_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    planned_on: dt.date = public(Day())
    place: str = public(Text())


@define(COMMANDS)
class RecordTrainingAttendance:
    """The training was held: these points came, those did not although they were to."""

    training_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    attended: tuple[str, ...] = public(Many(Identifier(), most=MOST_POINTS, distinct=True))
    absent: tuple[str, ...] = public(Many(Identifier(), most=MOST_POINTS, distinct=True))


@define(COMMANDS)
class CancelTraining:
    training_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class HandInReport:
    """The point's report of a quarter, or again one that was returned to it."""

    report_id: str = public(report_id())
    text: Sealable[str] = sealed(Text(LONG, shortest=5), under="report_id")


@define(COMMANDS)
class ReturnReport:
    """The point is to add to its report."""

    report_id: str = public(report_id())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class AskBureau:
    """A point asks the bureau that guides it."""

    question_id: str = public(Identifier())
    text: Sealable[str] = sealed(Text(LONG, shortest=5), under="question_id")


@define(COMMANDS)
class AnswerPointQuestion:
    question_id: str = public(Identifier())
    answer: Sealable[str] = sealed(Text(LONG), under="question_id")


@define(COMMANDS)
class AllocateFunding:
    """A point is given funds of a year, beside what it has of it.

    entry_id: names this entry, so that it is entered once
    """

    funding_id: str = public(funding_id())
    entry_id: str = public(Identifier())
    amount: int = public(fen())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class TakeBackFunding:
    """Funds that were not spent are taken back. entry_id: as in AllocateFunding"""

    funding_id: str = public(funding_id())
    entry_id: str = public(Identifier())
    amount: int = public(fen())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class SpendFunding:
    """Funds were spent. proof: the number of the invoice or voucher

    entry_id: as in AllocateFunding
    """

    funding_id: str = public(funding_id())
    entry_id: str = public(Identifier())
    amount: int = public(fen())
    spent_on: dt.date = public(Day())
    purpose: str = internal(Text(LONG))
    proof: str = internal(Text())
