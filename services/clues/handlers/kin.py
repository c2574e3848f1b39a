"""Clues that belong together: handled as one, or one the retaliation for the other.

Each shows what was told or found in the other, so what is kept from somebody there is kept here.
"""

from __future__ import annotations

from services.clues.domain import handling
from services.clues.domain.clue import Clue
from services.clues.handlers.aggregates import CLUE
from shared.service.work import Work


def family_of(work: Work, clue_id: str) -> dict[str, Clue]:
    """The clue and all that belong with it, near or far, by their ids, itself the first."""
    found: dict[str, Clue] = {}
    left = [clue_id]
    while left:
        its = left.pop(0)
        if its not in found and work.version(CLUE, its):
            found[its] = work.state(CLUE, its)
            left.extend(sorted(found[its].kin))
    return found


def carry_recusals(work: Work, clue_id: str) -> None:
    """Whoever stays out of one of a family stays out of all of it."""
    family = family_of(work, clue_id)
    recused = frozenset[str]().union(*(state.recused for state in family.values()))
    for identifier, state in family.items():
        if recused - state.recused:
            work.decide(CLUE, identifier, handling.CarryRecusals(recused))
