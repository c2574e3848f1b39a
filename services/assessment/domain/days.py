"""Days that people give: not to come, and not before anything that is told here."""

from __future__ import annotations

import datetime as dt

from services.assessment.domain.context import Context
from shared.contracts.errors import Invalid

EARLIEST = dt.date(1949, 1, 1)


def refuse_day(path: str, day: dt.date, context: Context, *, earliest: dt.date = EARLIEST) -> None:
    """Raise Invalid unless the day lies from `earliest` to today."""
    if not earliest <= day <= context.today:
        raise Invalid.one(path, "out_of_range", f"must be from {earliest} to {context.today}")
