"""Batches and deliberation."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Identifier, Many, Text, Whole
from shared.contracts.message import define, internal, public, sealed
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


@define(COMMANDS)
class RecordDeliberation:
    """The collective decision. `proposed`: the ranked candidates that it went by, the first first,
    as RankCandidates tells them.
    """

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    held_on: dt.date = public(Day())
    members: int = internal(Whole(1, 100))
    present: int = internal(Whole(1, 100))
    minutes: str = sealed(Text(LONG), under="deliberation_id")
    listed: tuple[str, ...] = internal(Many(Identifier(), least=1, distinct=True))
    proposed: tuple[str, ...] | None = internal(
        Many(Identifier(), least=1, distinct=True, allow_none=True)
    )
