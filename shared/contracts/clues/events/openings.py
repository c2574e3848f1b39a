"""A confidential reporter's identity, opened for one person and a time, and who reads a case.

Nobody else's business: of these others get nothing but the hashes of their leaves.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

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


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class IdentityRead:
    """Name and phone are shown to whoever asked for the opening. reading_id: as of CaseRead."""

    clue_id: str = internal(Identifier())
    opening_id: str = internal(Identifier())
    reading_id: str = internal(Identifier())
    read_by: str = internal(Text())
    purpose: Sealable[str] = sealed(Text(), under="reading_id")


@define(EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class CaseRead:
    """Somebody reads a case whose reporter is not named; what they open in half an hour is one.

    reading_id: the clue's id again, by which what a case's readers write has a key of its own: it
    goes with the case, and is not shut while the case is locked and two may read it
    """

    clue_id: str = internal(Identifier())
    reading_id: str = internal(Identifier())
    read_by: str = internal(Text())
    read_at: dt.datetime = internal(Moment())
    purpose: Sealable[str] = sealed(Text(), under="reading_id")


@EVENTS.upcaster("IdentityRead", 1)
@EVENTS.upcaster("CaseRead", 1)
def _with_its_purpose_in_clear(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "reading_id": values["clue_id"]}
