"""Contact points."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Text
from shared.contracts.message import define, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG
from shared.contracts.registry.vocabulary import (
    RetirementGround,
)


@define(COMMANDS)
class RetirePoint:
    point_id: str = public(Identifier())
    ground: RetirementGround = public(OneOf(RetirementGround))
    facts: str = sealed(Text(LONG), under="point_id")
