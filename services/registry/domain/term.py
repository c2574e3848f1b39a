"""A point's terms: how long each is, when it is reminded of, and when it may be renewed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.point_state import Point, PointStatus, Term
from services.registry.domain.settings import Settings
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events


def last_day_of_term(first: dt.date, years: int) -> dt.date:
    """The day before the anniversary; a term from 29 February ends with 28 February."""
    try:
        anniversary = first.replace(year=first.year + years)
    except ValueError:
        anniversary = dt.date(first.year + years, 3, 1)
    return anniversary - ONE_DAY


def begin(point_id: str, number: int, first_day: dt.date, context: Context) -> events.TermBegun:
    """A term of the length in force today, with its reminders still to come."""
    last_day = last_day_of_term(first_day, context.settings.term_years)
    return begin_as_set(point_id, Term(number, first_day, last_day), context)


def begin_as_set(point_id: str, term: Term, context: Context) -> events.TermBegun:
    """A term whose days are set, with its reminders still to come."""
    settings, last_day, first_day = context.settings, term.last_day, term.first_day
    before = sorted({settings.first_reminder_days, settings.second_reminder_days}, reverse=True)
    reminders = [
        events.TermReminder(days_left=days, day=last_day - (days - 1) * ONE_DAY) for days in before
    ]
    return events.TermBegun(
        point_id=point_id,
        number=term.number,
        first_day=first_day,
        last_day=last_day,
        reminders=tuple(its for its in reminders if its.day > max(context.today, first_day)),
    )


def remind(state: Point, command: commands.RemindOfTerm, context: Context) -> list[Any]:
    """The next reminder of the term that runs, once its day has come."""
    if not state.reminders or state.reminders[0].day != command.day:
        raise Refused(Reason.WRONG_STATE, f"no reminder of {command.day} is to be given")
    if context.today < command.day:
        raise Refused(Reason.LIMIT_RUNNING, "the reminder is not due yet")
    now, *later = state.reminders
    return [
        events.TermReminderDue(
            point_id=state.point_id,
            last_day=state.term_ends_on,
            days_left=now.days_left,
            next_on=later[0].day if later else None,
        )
    ]


def set_next(state: Point, context: Context) -> events.NextTermSet:
    """The term that follows the running one without a gap, of the length in force today."""
    first_day = state.term_ends_on + ONE_DAY
    return events.NextTermSet(
        point_id=state.point_id,
        number=state.term_number + 1,
        first_day=first_day,
        last_day=last_day_of_term(first_day, context.settings.term_years),
    )


def renewal_opens_on(ends_on: dt.date, days: int) -> dt.date:
    """The first day of the last `days` of a term that ends with `ends_on`."""
    return ends_on - (days - 1) * ONE_DAY


def refuse_untimely(
    day: dt.date, ends_on: dt.date, context: Context, fields: Sequence[str] = ()
) -> None:
    """Raise Refused for a day on which a renewal is not to be proposed or agreed on.

    It belongs to the last days of the term, as many as the settings say, and not behind it.
    """
    if day > ends_on:
        raise Refused(Reason.RENEWAL_TOO_LATE, f"the term ended with {ends_on}", fields)
    opens_on = renewal_opens_on(ends_on, context.settings_on(day).renewal_window_days)
    if day < opens_on:
        raise Refused(Reason.RENEWAL_TOO_EARLY, f"it can be renewed from {opens_on} on", fields)


def terms_in_a_row(last: Point, context: Context) -> int:
    """How many terms in a row a unit has behind it that was this point and is to be one anew.

    It does not matter on what ground it retired, nor whether it was merged; a pause as long as
    the settings say ends the row. 0 for a point that never was.
    """
    if last.status is not PointStatus.RETIRED:
        return 0
    return terms_behind(last.term_number, last.retired_on, context.today, context.settings)


def terms_behind(terms: int, retired_on: dt.date, today: dt.date, settings: Settings) -> int:
    """What is left on a day of the terms in a row that ended with a retirement: all, or none."""
    pause = last_day_of_term(retired_on, settings.term_break_years)
    return terms if today <= pause else 0


def refuse_used_up(terms: int, context: Context, day: dt.date | None = None) -> None:
    """Raise Refused for as many terms in a row as there may be, whatever points they were of.

    day: on which a further one was agreed on, by whose figures it goes, if not today
    """
    most = context.settings_on(day or context.today).most_terms
    if terms >= most:
        raise Refused(Reason.TERMS_USED_UP, f"the unit has had {terms} of {most} terms")


def retirement_after(point_id: str, last_day: dt.date) -> str:
    """The id of the retirement that follows from a term's end: one a term."""
    return str(uuid.uuid5(uuid.UUID(point_id), f"retirement after {last_day}"))
