"""What happens to a request for erasure, in the past tense. Nothing of it is for outsiders.

What people write of it may name the very person, so it lies under the request's own key, which is
destroyed with what it is about.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope, LockGround
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import (
    Precision,
    Sealable,
    Vocabulary,
    define,
    internal,
    public,
    sealed,
)
from shared.contracts.registry.fields import LONG, division, stream_name

ERASURE_EVENTS = Vocabulary("erasure", "event")


@define(ERASURE_EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class ErasureRequested:
    """requested_by: null where the service has proposed it, for it was kept long enough."""

    erasure_id: str = public(Identifier())
    stream: str = internal(stream_name())
    scope: ErasureScope = internal(OneOf(ErasureScope))
    division: str = internal(division())
    ground: ErasureGround = internal(OneOf(ErasureGround))
    reason: Sealable[str | None] = sealed(Text(LONG, allow_none=True), under="erasure_id")
    requested_by: str | None = internal(Text(allow_none=True))


@define(ERASURE_EVENTS, precision=Precision.DAY, unpublished=True)
class ErasureApproved:
    """One leader agrees."""

    erasure_id: str = public(Identifier())
    approved_by: str = internal(Text())


@define(ERASURE_EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class ErasureRefused:
    """Nothing is erased. subjects: those that were locked, and are open again."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), distinct=True))
    refused_by: str = internal(Text())
    reasons: Sealable[str] = sealed(Text(LONG), under="erasure_id")


@define(ERASURE_EVENTS, precision=Precision.DAY, unpublished=True)
class SubjectErased:
    """From here on, the keys of these subjects are destroyed wherever they turn up."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))


@define(ERASURE_EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class SubjectLocked:
    """From here on, what lies under the keys of these subjects is kept and not read."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    ground: LockGround = internal(OneOf(LockGround))
    locked_until: dt.date = internal(Day())
    reasons: Sealable[str] = sealed(Text(LONG), under="erasure_id")
    locked_by: str = internal(Text())


@define(ERASURE_EVENTS, schema_version=2, precision=Precision.DAY, unpublished=True)
class ReadingAllowed:
    """One leader would have the locked data read."""

    erasure_id: str = public(Identifier())
    allowed_by: str = internal(Text())
    purpose: Sealable[str] = sealed(Text(LONG), under="erasure_id")


@define(ERASURE_EVENTS, precision=Precision.DAY, unpublished=True)
class LockedDataOpened:
    """Two leaders do: these two may read it for so many hours from now."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    readers: tuple[str, ...] = internal(Many(Text(), least=2, distinct=True))
    hours: int = internal(Whole(1, 1_000))


@define(ERASURE_EVENTS, precision=Precision.DAY, unpublished=True)
class LockEnded:
    """The law has it kept no longer: it stays shut, and two leaders may have it erased."""

    erasure_id: str = public(Identifier())


def _told_in_clear(values: dict[str, Any]) -> dict[str, Any]:
    """Of the first version; no read model takes these words up, and no page shows them."""
    return values


for _event in (ErasureRequested, ErasureRefused, SubjectLocked, ReadingAllowed):
    ERASURE_EVENTS.upcaster(_event.__name__, 1)(_told_in_clear)
