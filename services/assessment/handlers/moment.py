"""What a decision of the assessment service may know."""

from __future__ import annotations

import datetime as dt
from typing import cast

from services.assessment.domain.context import Context
from services.assessment.domain.settings import Schedule
from services.assessment.handlers.aggregates import SETTINGS
from shared.access.actor import Actor
from shared.contracts.days import business_date
from shared.contracts.working_days import WorkingDays
from shared.keeping.domain.setting import Setting
from shared.keeping.handlers import SCHEME, calendar_of
from shared.service.standing import Standing


def context(now: dt.datetime, actor: Actor, standing: Standing) -> Context:
    """What a decision of this moment may know: by the settings as the log has them."""
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return Context(
        now=now,
        today=business_date(now),
        actor_id=actor.id,
        schedule=cast(Schedule, setting.schedule),
        calendar=calendar_of(setting),
    )


def working_calendar(standing: Standing) -> WorkingDays:
    """The working calendar as the log has it; the same object until a table is noted."""
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return calendar_of(setting)
