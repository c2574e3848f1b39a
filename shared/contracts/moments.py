"""Instants as the log and the messages spell them: one spelling for each microsecond."""

from __future__ import annotations

import datetime as dt
import re

TIMESTAMP = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_TIMESTAMP = re.compile(TIMESTAMP)
_WITHOUT_OFFSET = len("2026-01-05T04:00:00.000000")


def timestamp(moment: dt.datetime) -> str:
    """RFC 3339 in UTC with six decimals: one spelling for each microsecond."""
    utc = moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds")[:_WITHOUT_OFFSET] + "Z"


def instant(text: str) -> dt.datetime:
    """The inverse of `timestamp`. Raises ValueError for any other spelling."""
    # fromisoformat takes many spellings; strptime takes one, and twenty times as long.
    if _TIMESTAMP.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a timestamp of ours")
    return dt.datetime.fromisoformat(text)
