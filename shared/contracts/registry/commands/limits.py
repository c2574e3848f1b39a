"""What the timekeeper has counted anew; nobody else sends it."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf
from shared.contracts.message import define, public
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import stream_name
from shared.contracts.registry.vocabulary import LimitName


@define(COMMANDS)
class RecomputeLimit:
    """Count a running limit of the stream anew, by the working calendar as it is now."""

    stream: str = public(stream_name())
    name: LimitName = public(OneOf(LimitName))
    about: str | None = public(Identifier(allow_none=True))
