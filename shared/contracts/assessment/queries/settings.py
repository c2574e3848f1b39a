"""The figures of the assessment service."""

from __future__ import annotations

import datetime as dt

from shared.contracts.assessment.queries.vocabulary import QUERIES
from shared.contracts.fields import Day
from shared.contracts.message import define, public


@define(QUERIES)
class ShowAssessmentSettings:
    """The figures of a day, of today without one; to come included."""

    day: dt.date | None = public(Day(allow_none=True))
