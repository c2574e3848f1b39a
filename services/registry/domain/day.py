"""The day on which something happened, as whoever records it says."""

from __future__ import annotations

import datetime as dt

from services.registry.domain.context import Context
from shared.contracts.errors import Invalid


def refuse_day(path: str, day: dt.date, earliest: dt.date, context: Context) -> None:
    """Raise Invalid for a day before the earliest that there can be, or in the future."""
    if not earliest <= day <= context.today:
        raise Invalid.one(path, "out_of_range", f"must be from {earliest} to {context.today}")
