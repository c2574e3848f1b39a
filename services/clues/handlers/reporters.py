"""What a receipt leads to: the one case that whoever holds its code may act on (decision 021).

Of a receipt the service keeps a claim alone, a keyed hash that leads to the stream of what was
told. A reporter's command names no case: it follows from who acts.
"""

from __future__ import annotations

from typing import Any

from services.clues.domain.clue import Clue
from services.clues.domain.opinion import Opinion
from services.clues.handlers.aggregates import CLUE, OPINION
from shared.contracts.errors import NotFound
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.service.aggregate import Aggregate
from shared.service.work import Work

RECEIPT = "receipt"
"""No receipt leads to two things."""


def claim_receipt(work: Work, receipt: str | None, stream: str) -> None:
    """From here on the receipt leads to this stream; None: nobody was given one."""
    if receipt is not None:
        work.claim(RECEIPT, (receipt,), stream, Reason.ALREADY_EXISTS, RECEIPT)


def reported(work: Work) -> str:
    """The stream of the actor's receipt; of an opinion that was taken as a clue, the clue's.

    Raises NotFound, whoever else acts, in the same steps for every receipt that leads nowhere.
    """
    stream = work.holder_of(RECEIPT, (work.actor.id,))
    if stream is None or work.actor.role is not Role.REPORTER:
        raise NotFound(RECEIPT, "")
    prefix, _, identifier = stream.partition("-")
    if prefix == OPINION.prefix:
        state: Opinion = work.state(OPINION, identifier)
        return stream if state.taken_as is None else CLUE.stream(state.taken_as)
    return stream


def reported_clue(work: Work) -> tuple[str, Clue]:
    """The clue that the actor's receipt leads to, and its state.

    Raises NotFound, also for an opinion.
    """
    prefix, _, identifier = reported(work).partition("-")
    if prefix != CLUE.prefix:
        raise NotFound(RECEIPT, "")
    return identifier, work.require(CLUE, identifier)


def refuse_others(work: Work, aggregate: Aggregate, identifier: str) -> None:
    """Raise NotFound unless it is what the actor's receipt leads to."""
    if reported(work) != aggregate.stream(identifier):
        raise NotFound(aggregate.prefix, identifier)


def by_reporter(_: Any) -> str:
    """Names no stream, as a route's command of a reporter cannot; its handler says `about`."""
    return ""
