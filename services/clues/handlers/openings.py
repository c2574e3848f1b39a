"""Opening a confidential reporter's identity, and reading a case: what leads to the log."""

from __future__ import annotations

from typing import Any

from services.clues.domain import seal
from services.clues.handlers.aggregates import READING, SEAL
from services.clues.handlers.common import BUREAU, clue_within, of
from shared.contracts.clues import commands
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Handler, Work

OPENING_ID = "opening_id"
"""No two requests bear one id, in whatever clue."""


def request_opening(work: Work, command: commands.RequestOpening) -> None:
    _decide(seal.Request)(work, command)
    work.claim(
        OPENING_ID,
        (command.opening_id,),
        SEAL.stream(command.clue_id),
        Reason.ALREADY_EXISTS,
        "opening_id",
    )


def _decide(wrapped: type) -> Handler:
    """By what the clue is like now. Raises NotFound for one of other divisions."""

    def carry_out(work: Work, command: Any) -> None:
        clue = clue_within(work, command.clue_id)
        case = seal.Case(clue, leads=work.actor.role is Role.LEADER)
        work.decide(SEAL, command.clue_id, wrapped(command, case))

    return carry_out


def read_case(work: Work, command: commands.ReadCase) -> None:
    """By whoever may open it: the bureau, or the point that it came through."""
    if work.actor.id in clue_within(work, command.clue_id).recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    work.decide(READING, command.clue_id, command)


_SEAL, _LEADER = of(SEAL, "clue_id"), frozenset({Role.LEADER})

ROUTES: dict[type, Route] = {
    commands.RequestOpening: Route(BUREAU, _SEAL, request_opening),
    commands.ApproveOpening: Route(_LEADER, _SEAL, _decide(seal.Approve)),
    commands.RefuseOpening: Route(_LEADER, _SEAL, _decide(seal.Refuse)),
    commands.ReadIdentity: Route(BUREAU, _SEAL, _decide(seal.Read)),
    commands.ReadCase: Route(BUREAU | {Role.POINT}, of(READING, "clue_id"), read_case),
}
