"""Duty records of points, and what the bureau is to do about them."""

from __future__ import annotations

import datetime as dt

from shared.contracts.assessment.fields import report_id
from shared.contracts.assessment.queries.vocabulary import QUERIES
from shared.contracts.assessment.vocabulary.duties import (
    PointQuestionStatus,
    PublicityStatus,
    ReportStatus,
    TrainingStatus,
)
from shared.contracts.fields import Day, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, public

_MOST_PER_PAGE = 100


def _limit() -> Whole:
    return Whole(1, _MOST_PER_PAGE, allow_none=True)


@define(QUERIES)
class ShowDutyRecords:
    """A point's duty records of a span of at most some years, the newest first.

    first_day, last_day: without them, this year's up to today
    """

    point_id: str = public(Identifier())
    first_day: dt.date | None = public(Day(allow_none=True))
    last_day: dt.date | None = public(Day(allow_none=True))


@define(QUERIES)
class ListPublicity:
    """Publicity activities, the newest first; a point sees its own."""

    status: PublicityStatus | None = public(
        OneOf(PublicityStatus, without=("absent",), allow_none=True)
    )
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(_limit())


@define(QUERIES)
class OpenPublicity:
    publicity_id: str = public(Identifier())


@define(QUERIES)
class ListTrainings:
    """Trainings, the newest first."""

    status: TrainingStatus | None = public(
        OneOf(TrainingStatus, without=("absent",), allow_none=True)
    )
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(_limit())


@define(QUERIES)
class ListQuarterlyReports:
    """Quarterly reports, the newest first; a point sees its own."""

    status: ReportStatus | None = public(OneOf(ReportStatus, without=("absent",), allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(_limit())


@define(QUERIES)
class OpenQuarterlyReport:
    report_id: str = public(report_id())


@define(QUERIES)
class ListPointQuestions:
    """Questions of points to the bureau, the next due first; a point sees its own."""

    status: PointQuestionStatus | None = public(
        OneOf(PointQuestionStatus, without=("absent",), allow_none=True)
    )
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(_limit())


@define(QUERIES)
class OpenPointQuestion:
    question_id: str = public(Identifier())


@define(QUERIES)
class ShowFunding:
    """Funds of a year, point by point; a point sees its own. year: without one this year"""

    year: int | None = public(Whole(1949, 9999, allow_none=True))
