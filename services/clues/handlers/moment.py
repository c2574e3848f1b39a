"""What a decision of the clues service may know."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from services.clues.domain.context import Context
from services.clues.domain.setting import Setting
from services.clues.handlers.aggregates import SETTINGS
from shared.access.actor import Actor
from shared.contracts.days import business_date
from shared.contracts.working_days import WorkingDays, YearTable
from shared.service.standing import Standing
from shared.service.working_calendar import calendar

SCHEME = "scheme"
"""The one set of settings there is: the city bureau's, which hold for its districts too."""


def context(now: dt.datetime, actor: Actor, standing: Standing) -> Context:
    """What a decision of this moment may know: by the settings as the log has them."""
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return Context(
        now=now,
        today=business_date(now),
        actor_id=actor.id,
        schedule=setting.schedule,
        calendar=_calendar(tuple(setting.tables.values())),
    )


def working_calendar(standing: Standing) -> WorkingDays:
    """The working calendar as the log has it; the same object until a table is noted."""
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return _calendar(tuple(setting.tables.values()))


@lru_cache(maxsize=8)
def _calendar(tables: tuple[YearTable, ...]) -> WorkingDays:
    return calendar(tables)
