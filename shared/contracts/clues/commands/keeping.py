"""What the timekeeper asks for."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.vocabulary import ClueLimit
from shared.contracts.fields import Identifier, OneOf
from shared.contracts.message import define, public
from shared.contracts.registry.fields import stream_name


@define(COMMANDS)
class RaiseAlarm:
    """Raise what is due of a running limit; the timekeeper sends it."""

    stream: str = public(stream_name())
    name: ClueLimit = public(OneOf(ClueLimit))
    about: str | None = public(Identifier(allow_none=True))


@define(COMMANDS)
class RecomputeLimit:
    """Count a running limit of the stream anew, by the working calendar as it is now."""

    stream: str = public(stream_name())
    name: ClueLimit = public(OneOf(ClueLimit))
    about: str | None = public(Identifier(allow_none=True))
