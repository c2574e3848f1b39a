"""Days that people give: not to come, and not before what they are about."""

from __future__ import annotations

import datetime as dt

from services.clues.domain.context import Context
from shared.contracts.errors import Invalid

EARLIEST = dt.date(1949, 1, 1)
"""The first day of anything that is told here, as of the years that have totals."""


def refuse_day(path: str, day: dt.date, earliest: dt.date, context: Context) -> None:
    """Raise Invalid unless the day lies from `earliest` to today."""
    if not earliest <= day <= context.today:
        raise Invalid.one(path, "out_of_range", f"must be from {earliest} to {context.today}")
