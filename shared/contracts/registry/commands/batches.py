"""Batches and deliberation."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, Text, Whole
from shared.contracts.message import Part, define, internal, part, public, sealed, value
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class OpenBatch:
    batch_id: str = public(Identifier())
    division: str = public(division())
    title: str = public(Text())
    places: int = public(Whole(1, 1000))
    opens_on: dt.date = public(Day())
    closes_on: dt.date = public(Day())


@value
class LeftOut:
    """A qualified application that gets no place, and why."""

    application_id: str = part(Identifier())
    reasons: str = part(Text(LONG))


@define(COMMANDS)
class RecordDeliberation:
    """The bureau's collective decision over the qualified applications of a batch.

    reserves: candidates in their order, who move up when a place is freed
    left_out: given, it closes the round: every qualified application is then listed, a reserve
        or left out; null leaves those not named for a later meeting
    proposed: the ranked candidates that it went by, the first first, as RankCandidates tells them
    """

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = internal(Many(Identifier(), distinct=True))
    reserves: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))
    left_out: tuple[LeftOut, ...] | None = sealed(
        Many(Part(LeftOut), allow_none=True), under="deliberation_id"
    )
    proposed: tuple[str, ...] | None = internal(
        Many(Identifier(), least=1, distinct=True, allow_none=True)
    )
