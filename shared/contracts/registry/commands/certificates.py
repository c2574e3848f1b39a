"""How a bureau numbers its points' certificates."""

from __future__ import annotations

from shared.contracts.fields import Text
from shared.contracts.message import define, internal, public
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, division


@define(COMMANDS)
class SetCertificatePrefix:
    """What the bureau's certificate numbers begin with from now on."""

    division: str = public(division())
    prefix: str = public(Text(20))
    reason: str = internal(Text(LONG))
