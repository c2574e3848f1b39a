"""What is written in a request has a key of its own, which goes when its matter is erased.

Who asked, in whose name and why may name the very person. It is sealed under `erasure:<id>`, which
no lock shuts: whoever decides about what is locked can read why. Which requests there were about a
stream is kept in numbered places, so that the words of those that were refused go with the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from shared.contracts.erasure.vocabulary import ErasureStatus
from shared.contracts.reasons import Reason
from shared.erasure.aggregate import ERASURE
from shared.service.work import Work

_CLAIM = "erasure_about"
_OVER = (ErasureStatus.REFUSED, ErasureStatus.ERASED)


def key_of(erasure_id: str) -> str:
    """The subject whose key a request's words lie under."""
    return f"{ERASURE.prefix}:{erasure_id}"


def enter(work: Work, stream: str, erasure_id: str) -> None:
    """Keep that this request is about the stream."""
    place = str(sum(1 for _ in _requests(work, stream)))
    holder = ERASURE.stream(erasure_id)
    work.claim(_CLAIM, (stream, place), holder, Reason.ERASURE_OPEN, "stream")


def keys_over(work: Work, stream: str, erasure_id: str) -> tuple[str, ...]:
    """The subjects of this request's words, and of those of every other about it that is over."""
    others = [its for its in _requests(work, stream) if its != erasure_id]
    over = [its for its in others if work.state(ERASURE, its).status in _OVER]
    return tuple(key_of(its) for its in (erasure_id, *over))


def _requests(work: Work, stream: str) -> Iterator[str]:
    """The ids of those that were entered, the oldest first."""
    place = 0
    while (holder := work.holder_of(_CLAIM, (stream, str(place)))) is not None:
        yield holder.removeprefix(f"{ERASURE.prefix}-")
        place += 1
