"""What operators can ask of every service, beside its own commands and queries."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Many, Text, Whole
from shared.contracts.message import Vocabulary, define, public

OPERATIONS = Vocabulary("operations", "operation")


@define(OPERATIONS)
class ListParked:
    """Reactions that could not be carried out and wait."""


@define(OPERATIONS)
class RetryParked:
    """Have parked reactions tried again; all of them when `ids` is null.

    With each, everything of its stream that waits behind it.
    """

    ids: tuple[int, ...] | None = public(Many(Whole(1), least=1, distinct=True, allow_none=True))


@define(OPERATIONS)
class ListOpenings:
    """Who opened sealed data, whose and what for, the latest first, for auditors.

    `subject` is as `application:<id>`; `before` is the id of an opening.
    """

    subject: str | None = public(Text(200, allow_none=True))
    actor: str | None = public(Text(200, allow_none=True))
    before: int | None = public(Whole(1, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(OPERATIONS)
class ShowHistory:
    """Events of the log by position, for auditors and operators.

    since, until: days in Asia/Shanghai, both included
    after, before: positions
    latest_first: from the end, or from `before`, backwards
    """

    stream: str | None = public(Text(200, allow_none=True))
    event_type: str | None = public(Text(100, allow_none=True))
    since: dt.date | None = public(Day(allow_none=True))
    until: dt.date | None = public(Day(allow_none=True))
    actor: str | None = public(Text(200, allow_none=True))
    after: int | None = public(Whole(0, allow_none=True))
    before: int | None = public(Whole(1, allow_none=True))
    latest_first: bool | None = public(Flag(allow_none=True))
    limit: int | None = public(Whole(1, 200, allow_none=True))
