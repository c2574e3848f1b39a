"""Duty records as facts: what the assessment is computed from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from services.assessment.domain.duty_fact import DutyFact
from shared.service.query_bus import Asked


def facts_of(
    asked: Asked, point_ids: Iterable[str], first_day: dt.date, last_day: dt.date
) -> list[DutyFact]:
    """The points' facts of the days from `first_day` to `last_day`, both counted.

    In the order of day, source, stream and version, so that the same rows tell the same story.
    """
    raise NotImplementedError
