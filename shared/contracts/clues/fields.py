"""Field types and parts that several messages of the clues service have."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.vocabulary import (
    AlarmStage,
    ClueKind,
    Nature,
    OpinionTopic,
    Reporting,
)
from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Pattern, Text, Whole
from shared.contracts.limits import LONGEST_LIMIT
from shared.contracts.message import Part, part, value
from shared.contracts.registry.fields import LONG, division, phone

LARGEST_AMOUNT = 10**12
"""Fen of the largest single amount. A thousand such still fit a number in a leaf."""
MOST_ENTRIES = 200
"""Entries of one emptying, symposium or import."""
MOST_NEWS = 100_000
"""What a reporter can tell in one case, and the questions they let lapse, at the very most."""


def amount(**kwargs: bool) -> Whole:
    """Money in whole fen, at least one."""
    return Whole(1, LARGEST_AMOUNT, **kwargs)


def kinds() -> Many:
    """What is alleged, each once."""
    return Many(OneOf(ClueKind), least=1, distinct=True)


def topics() -> Many:
    """What an opinion is about, each once."""
    return Many(OneOf(OpinionTopic), least=1, distinct=True)


def hotline_number(**kwargs: bool) -> Pattern:
    """The number of a 12345 work order, as the hotline gives it."""
    return Pattern(
        r"[A-Za-z0-9][A-Za-z0-9-]{3,39}",
        "must be a work order's number: letters, digits and hyphens, 4 to 40 of them",
        longest=40,
        **kwargs,
    )


def receipt(**kwargs: bool) -> Pattern:
    """What a receipt code is known by here: its scrypt hash under a key of the portal's, in hex."""
    return Pattern(r"[0-9a-f]{64}", "must be 64 hexadecimal digits", longest=64, **kwargs)


@value
class Entry:
    """One slip of a box, one thing said at a symposium: an opinion or a clue to be.

    entry_id: the id of what it becomes
    kinds: of a clue · topics: of an opinion
    urgent, retaliation, happened_on, place, amount, unit_concerned: of a clue
    """

    entry_id: str = part(Identifier())
    nature: Nature = part(OneOf(Nature))
    kinds: tuple[ClueKind, ...] = part(Many(OneOf(ClueKind), distinct=True))
    topics: tuple[OpinionTopic, ...] = part(Many(OneOf(OpinionTopic), distinct=True))
    division: str = part(division())
    body: str | None = part(Text(allow_none=True))
    text: str = part(Text(LONG, shortest=5))
    unit_concerned: str | None = part(Text(allow_none=True))
    happened_on: dt.date | None = part(Day(allow_none=True))
    place: str | None = part(Text(allow_none=True))
    amount: int | None = part(Whole(1, LARGEST_AMOUNT, allow_none=True))
    urgent: bool = part(Flag())
    retaliation: bool = part(Flag())
    reporting: Reporting = part(OneOf(Reporting))
    reporter_name: str | None = part(Text(50, allow_none=True))
    reporter_phone: str | None = part(phone(allow_none=True))


@value
class Span:
    """Days of a limit, counted after a day: working days, or calendar days.

    It runs to the end of `due_on`, Asia/Shanghai. provisional: as in TimeLimit.
    """

    counted_from: dt.date = part(Day())
    days: int = part(Whole(1, LONGEST_LIMIT))
    working: bool = part(Flag())
    due_on: dt.date = part(Day())
    provisional: bool = part(Flag())


@value
class Alarm:
    """What is raised next of a limit, once the last day of `span` has ended."""

    stage: AlarmStage = part(OneOf(AlarmStage))
    span: Span = part(Part(Span))


@value
class WatchedLimit:
    """A limit, and what is raised of it next; null: all has been raised."""

    span: Span = part(Part(Span))
    alarm: Alarm | None = part(Part(Alarm, allow_none=True))
