"""A clue: an alleged wrong, from its telling to the answer that is given to whoever told it.

The decisions stand in modules of their own, a part of the way each; here is the whole table.
"""

from __future__ import annotations

from typing import Any

from services.clues.domain import (
    closing,
    handling,
    limits,
    pausing,
    referring,
    refunds,
    reopening,
    telling_back,
    verifying,
)
from services.clues.domain.clue_folding import evolve as evolve
from services.clues.domain.clue_state import Clue as Clue
from services.clues.domain.context import Context
from shared.contracts.clues.vocabulary import ClueStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

_WITHOUT_LIMITS = (ClueStatus.ABSENT, ClueStatus.JOINED, ClueStatus.TOLD)

TRANSITIONS: Transitions = {
    **limits.keeping(*(status for status in ClueStatus if status not in _WITHOUT_LIMITS)),
    **handling.TRANSITIONS,
    **referring.TRANSITIONS,
    **verifying.TRANSITIONS,
    **refunds.TRANSITIONS,
    **pausing.TRANSITIONS,
    **closing.TRANSITIONS,
    **telling_back.TRANSITIONS,
    **reopening.TRANSITIONS,
}


def decide(state: Clue, command: Any, context: Context) -> list[Any]:
    """Raises Refused with CASE_RECUSED for whoever stays out, whatever the command.

    Recusals are carried from where the actor was heard, which asks nothing of the clue itself.
    """
    carried = isinstance(command, handling.CarryRecusals)
    if context.actor_id in state.recused and not carried:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    return decide_by(TRANSITIONS, state, command, context)
