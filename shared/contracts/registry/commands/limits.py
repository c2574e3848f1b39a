"""What the timekeeper has counted anew; nobody else sends it."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Pattern
from shared.contracts.message import define, public
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.vocabulary import LimitName


def stream_name() -> Pattern:
    """The name of a stream: what kind of thing, and its id."""
    return Pattern(
        r"[a-z_]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "must be a stream such as application-0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    )


@define(COMMANDS)
class RecomputeLimit:
    """Count a running limit of the stream anew, by the working calendar as it is now."""

    stream: str = public(stream_name())
    name: LimitName = public(OneOf(LimitName))
    about: str | None = public(Identifier(allow_none=True))
