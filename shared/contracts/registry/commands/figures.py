"""The figures of districts."""

from __future__ import annotations

from shared.contracts.fields import Many, Text, Whole
from shared.contracts.message import Part, define, internal, public
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.events import DistrictFigure
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class RecordDistrictFigures:
    """Put a bureau's figures of a year on record; again replaces all that was said of it, for a
    `reason`.

    `division` is the bureau's, the figures are those of its districts and counties.
    """

    division: str = public(division())
    year: int = public(Whole(1949, 9999))
    figures: tuple[DistrictFigure, ...] = public(Many(Part(DistrictFigure), least=1))
    reason: str | None = internal(Text(LONG, allow_none=True))
