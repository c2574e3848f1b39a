"""What each service with personal data can be asked to erase, in the imperative."""

from __future__ import annotations

import datetime as dt

from shared.contracts.erasure.vocabulary import ErasureScope, LockGround
from shared.contracts.fields import Day, Identifier, OneOf, Text
from shared.contracts.message import Vocabulary, define, internal, public
from shared.contracts.registry.fields import LONG, stream_name

ERASURE_COMMANDS = Vocabulary("erasure", "command")


@define(ERASURE_COMMANDS)
class RequestErasure:
    """Ask that what is known of the subject of a stream be erased, because they ask for it.

    reason: who asked, when and how, as it is kept on file
    """

    erasure_id: str = public(Identifier())
    stream: str = public(stream_name())
    scope: ErasureScope = public(OneOf(ErasureScope))
    reason: str = internal(Text(LONG))


@define(ERASURE_COMMANDS)
class ProposeErasure:
    """Propose to erase what has been kept as long as the settings say; sent by the service."""

    erasure_id: str = public(Identifier())
    stream: str = public(stream_name())


@define(ERASURE_COMMANDS)
class ApproveErasure:
    """Agree to an erasure; with the second leader's word it is decided."""

    erasure_id: str = public(Identifier())


@define(ERASURE_COMMANDS)
class RefuseErasure:
    """Decide that nothing is erased; the subject is told why."""

    erasure_id: str = public(Identifier())
    reasons: str = internal(Text(LONG))


@define(ERASURE_COMMANDS)
class LockSubject:
    """Keep what the law says must be kept, unread, and to the end of which day."""

    erasure_id: str = public(Identifier())
    ground: LockGround = internal(OneOf(LockGround))
    locked_until: dt.date = internal(Day())
    reasons: str = internal(Text(LONG))


@define(ERASURE_COMMANDS)
class AllowReading:
    """Let locked data be read, for a stated purpose; once two leaders do, both may for a while."""

    erasure_id: str = public(Identifier())
    purpose: str = internal(Text(LONG))


@define(ERASURE_COMMANDS)
class EndLock:
    """The day up to which the law has it kept is over; sent by the service."""

    erasure_id: str = public(Identifier())
