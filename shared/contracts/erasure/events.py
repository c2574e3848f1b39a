"""What happens to a request for erasure, in the past tense. Nothing of it is for outsiders."""

from __future__ import annotations

import datetime as dt

from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope, LockGround
from shared.contracts.fields import Day, Identifier, Many, OneOf, Text, Whole
from shared.contracts.message import Precision, Vocabulary, define, internal, public
from shared.contracts.registry.fields import LONG, division, stream_name

ERASURE_EVENTS = Vocabulary("erasure", "event")


@define(ERASURE_EVENTS, precision=Precision.DAY)
class ErasureRequested:
    """requested_by: null where the service has proposed it, for it was kept long enough."""

    erasure_id: str = public(Identifier())
    stream: str = internal(stream_name())
    scope: ErasureScope = internal(OneOf(ErasureScope))
    division: str = internal(division())
    ground: ErasureGround = internal(OneOf(ErasureGround))
    reason: str | None = internal(Text(LONG, allow_none=True))
    requested_by: str | None = internal(Text(allow_none=True))


@define(ERASURE_EVENTS, precision=Precision.DAY)
class ErasureApproved:
    """One leader agrees."""

    erasure_id: str = public(Identifier())
    approved_by: str = internal(Text())


@define(ERASURE_EVENTS, precision=Precision.DAY)
class ErasureRefused:
    """Nothing is erased. subjects: those that were locked, and are open again."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), distinct=True))
    refused_by: str = internal(Text())
    reasons: str = internal(Text(LONG))


@define(ERASURE_EVENTS, precision=Precision.DAY)
class SubjectErased:
    """From here on, the keys of these subjects are destroyed wherever they turn up."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))


@define(ERASURE_EVENTS, precision=Precision.DAY)
class SubjectLocked:
    """From here on, what lies under the keys of these subjects is kept and not read."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    ground: LockGround = internal(OneOf(LockGround))
    locked_until: dt.date = internal(Day())
    reasons: str = internal(Text(LONG))
    locked_by: str = internal(Text())


@define(ERASURE_EVENTS, precision=Precision.DAY)
class ReadingAllowed:
    """One leader would have the locked data read."""

    erasure_id: str = public(Identifier())
    allowed_by: str = internal(Text())
    purpose: str = internal(Text(LONG))


@define(ERASURE_EVENTS, precision=Precision.DAY)
class LockedDataOpened:
    """Two leaders do: these two may read it for so many hours from now."""

    erasure_id: str = public(Identifier())
    subjects: tuple[str, ...] = internal(Many(Text(), least=1, distinct=True))
    readers: tuple[str, ...] = internal(Many(Text(), least=2, distinct=True))
    hours: int = internal(Whole(1, 1_000))


@define(ERASURE_EVENTS, precision=Precision.DAY)
class LockEnded:
    """The law has it kept no longer: it stays shut, and two leaders may have it erased."""

    erasure_id: str = public(Identifier())
