"""What a service says of what it holds: whose keys lie behind a stream, and whether it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.contracts.erasure.vocabulary import ErasureScope
from shared.service.work import Work


@dataclass(frozen=True)
class Held:
    """subjects: whose keys are destroyed, or locked · over: nothing is to be done about it

    beside: whose keys are destroyed with them, and never locked
    needed: who is part of it and whom another matter still needs: not locked, and kept from being
    erased for as long as it is
    """

    division: str
    subjects: tuple[str, ...]
    over: bool
    beside: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


FindHeld = Callable[[Work, str, ErasureScope], Held]
"""(work, stream, scope). Raises NotFound for a stream that holds nobody's data, or is not there;
Refused for an actor who stays out of it, and for a scope that it does not have."""
