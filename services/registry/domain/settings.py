"""The figures of the scheme, each set with the day from which it holds.

A case is judged by the figures of its own day; what was decided by them is written into the
events, so a later change alters no past.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The registry's figures.

    notice_days: whole calendar days of the public notice, counted from the day after
    term_years: length of a term
    quorum_percent: share of members who must be present, which must be exceeded
    """

    notice_days: int = 7
    term_years: int = 3
    quorum_percent: int = 50


DEFAULTS: tuple[tuple[dt.date, Settings], ...] = ((dt.date(1949, 10, 1), Settings()),)


def in_force(day: dt.date, schedule: tuple[tuple[dt.date, Settings], ...] = DEFAULTS) -> Settings:
    """The settings that hold on `day`; `schedule` is ordered by its days."""
    holding = [settings for since, settings in schedule if since <= day]
    if not holding:
        raise ValueError(f"no settings hold on {day}")
    return holding[-1]
