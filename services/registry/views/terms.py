"""Running limits of points: reminders and ends of terms, statements, plaques to be given back."""

from __future__ import annotations

import datetime as dt

from shared.contracts.days import ONE_DAY
from shared.contracts.registry.vocabulary import LimitName, RetirementGround
from shared.projections.model import Key, ReadEvent, Row, Rule
from shared.service.limit_rows import TABLE, WHOLE, closes, eve_of, opens, opens_on


def _eve_of_first_reminder(event: ReadEvent) -> str | None:
    reminders = event.data["reminders"]
    if not reminders:
        return None
    day = dt.date.fromisoformat(reminders[0]["day"])
    return (day - ONE_DAY).isoformat() if day > dt.date.min else None


def _ends_with_retirement(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """A term's end is settled once the retirement that follows from it is open."""
    return None if event.data["ground"] == RetirementGround.TERM_OVER else row


def _term_end(event: ReadEvent) -> list[Key]:
    return [(event.stream, str(LimitName.TERM_END), WHOLE)]


RULES = [
    opens_on("TermBegun", LimitName.TERM_REMINDER, _eve_of_first_reminder),
    opens_on("TermReminderDue", LimitName.TERM_REMINDER, eve_of("next_on")),
    opens_on("TermBegun", LimitName.TERM_END, lambda event: str(event.data["last_day"])),
    closes("NextTermSet", LimitName.TERM_REMINDER),
    Rule("PointProcedureOpened", TABLE, _term_end, _ends_with_retirement),
    closes("PointRetired", LimitName.TERM_REMINDER, LimitName.TERM_END),
    opens("RetirementFactsTold", LimitName.STATEMENT),
    *(
        closes(event, LimitName.STATEMENT)
        for event in ("StatementWaived", "RetirementDecided", "RetirementEnded")
    ),
    opens("PlaqueReturnAsked", LimitName.PLAQUE_RETURN),
    closes("PlaqueReturned", LimitName.PLAQUE_RETURN),
]
