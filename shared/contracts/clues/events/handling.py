"""Whether a clue is accepted, who handles it, and what it is joined to."""

from __future__ import annotations

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import DeclineGround, TieKind
from shared.contracts.fields import Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG


@define(EVENTS, precision=Precision.DAY)
class ClueAccepted:
    """overall: within which the whole case is to be done"""

    clue_id: str = public(Identifier())
    overall: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY)
class ClueDeclined:
    """feedback: within which whoever told it is to learn that, and why."""

    clue_id: str = public(Identifier())
    ground: DeclineGround = public(OneOf(DeclineGround))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")
    feedback: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ClueAssigned:
    """These accounts handle the case, instead of those before."""

    clue_id: str = public(Identifier())
    handlers: tuple[str, ...] = internal(Many(Text(), least=1, most=10, distinct=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class OfficerRecused:
    """Somebody of the bureau stays out of the case from here on (回避)."""

    clue_id: str = public(Identifier())
    account_id: str = internal(Text())
    tie: TieKind = internal(OneOf(TieKind))
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class RecusalsCarried:
    """Whoever stays out of a clue that this one belongs with stays out of this one too.

    It belongs with those it is or was handled with, and with the case of retaliation against its
    reporter: each shows what was told or found in the other.
    """

    clue_id: str = public(Identifier())
    recused: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ConsentRecorded:
    """Whether the unit concerned lets itself be named to the body."""

    clue_id: str = public(Identifier())
    given: bool = internal(Flag())
    evidence: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY)
class ClueJoined:
    """The clue is handled with another one; its reporter is told of the outcome on its own."""

    clue_id: str = public(Identifier())
    into_clue_id: str = internal(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class ClueGathered:
    """Another clue is handled with this one; who stays out of that stays out of this."""

    clue_id: str = public(Identifier())
    joined_clue_id: str = internal(Identifier())
    recused: tuple[str, ...] = internal(Many(Text(), distinct=True))
