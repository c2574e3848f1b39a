"""A confidential reporter's identity, opened for one person and a time, and who reads a case.

Nobody else's business: of these others get nothing but the hashes of their leaves.
"""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.fields import Identifier, Many, Moment, Text
from shared.contracts.message import Precision, Sealable, define, internal, sealed
from shared.contracts.registry.fields import LONG, division


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class OpeningRequested:
    """Somebody who works on the case asks to know who told it; requested_by: their account."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    division: str = internal(division())
    requested_by: str = internal(Text())
    reason: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class OpeningApproved:
    """One of the two different leaders that it takes agrees."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    approved_by: str = internal(Text())


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class OpeningRefused:
    """A leader says no, or that it is not needed any more."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    refused_by: str = internal(Text())
    reasons: Sealable[str] = sealed(Text(LONG), under="clue_id")


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class IdentityOpened:
    """Two leaders have agreed: whoever asked may read the identity before `until`, nobody else."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    requested_by: str = internal(Text())
    approvers: tuple[str, ...] = internal(Many(Text(), least=2, most=2, distinct=True))
    until: dt.datetime = internal(Moment())


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class IdentityRead:
    """Name and phone are shown to whoever asked for the opening."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    read_by: str = internal(Text())
    purpose: str = internal(Text())


@define(EVENTS, precision=Precision.DAY, unpublished=True)
class CaseRead:
    """Somebody reads a case whose reporter is not named; what they open in half an hour is one."""

    clue_id: str = internal(Identifier())
    read_by: str = internal(Text())
    read_at: dt.datetime = internal(Moment())
    purpose: str = internal(Text())
