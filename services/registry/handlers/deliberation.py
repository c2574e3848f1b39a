"""The bureau's collective decision over a batch, and the reserves that move up."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.handlers.aggregates import APPLICATION, BATCH
from services.registry.handlers.common import about, known, of
from services.registry.handlers.panels import refuse_tied
from services.registry.handlers.plan import record_ranking
from services.registry.handlers.unit_names import confirm_names, end_application
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work

DELIBERATION_ID = "deliberation_id"


def record_deliberation(work: Work, command: commands.RecordDeliberation) -> None:
    known(work, BATCH, command.batch_id)
    record_ranking(work, command)
    work.decide(BATCH, command.batch_id, command)
    claim_meeting(work, command.batch_id, command.deliberation_id)
    held = (command.batch_id, command.deliberation_id)
    for index, application_id in enumerate(command.listed):
        _decide(work, f"listed[{index}]", application_id, application.ListApplication(*held))
        confirm_names(work, application_id, f"listed[{index}]")
    reserves = command.reserves or ()
    before = work.state(BATCH, command.batch_id).reserved - len(reserves)
    for index, application_id in enumerate(reserves):
        entry = application.Reserve(*held, rank=before + index + 1)
        _decide(work, f"reserves[{index}]", application_id, entry)
        confirm_names(work, application_id, f"reserves[{index}]")
    for index, its in enumerate(command.left_out or ()):
        left = application.LeaveOut(*held, reasons=its.reasons)
        _decide(work, f"left_out[{index}]", its.application_id, left)
        end_application(work, its.application_id)


def adjourn_deliberation(work: Work, command: commands.AdjournDeliberation) -> None:
    known(work, BATCH, command.batch_id)
    work.decide(BATCH, command.batch_id, command)
    claim_meeting(work, command.batch_id, command.deliberation_id)


def promote_reserve(work: Work, command: commands.PromoteReserve) -> None:
    known(work, BATCH, command.batch_id)
    work.decide(BATCH, command.batch_id, command)
    refuse_tied(work, command.application_id)
    work.decide(APPLICATION, command.application_id, application.MoveUp(command.batch_id))
    confirm_names(work, command.application_id, "application_id")


def close_reserves(work: Work, command: commands.CloseReserves) -> None:
    known(work, BATCH, command.batch_id)
    (closed,) = work.decide(BATCH, command.batch_id, command)
    for index, application_id in enumerate(closed.application_ids):
        _decide(work, f"reserves[{index}]", application_id, application.EndReserve(command.reasons))
        end_application(work, application_id)


def _decide(work: Work, path: str, application_id: str, entry: object) -> None:
    known(work, APPLICATION, application_id)
    with about(path):
        refuse_tied(work, application_id)
        work.decide(APPLICATION, application_id, entry)


def claim_meeting(work: Work, batch_id: str, deliberation_id: str) -> None:
    """A meeting is on record once, whatever it decided."""
    work.claim(
        DELIBERATION_ID,
        (deliberation_id,),
        BATCH.stream(batch_id),
        Reason.ALREADY_EXISTS,
        "deliberation_id",
    )


_OF_BATCH = of(BATCH, "batch_id")

ROUTES: dict[type, Route] = {
    commands.RecordDeliberation: Route({Role.LEADER}, _OF_BATCH, record_deliberation),
    commands.AdjournDeliberation: Route({Role.LEADER}, _OF_BATCH, adjourn_deliberation),
    commands.PromoteReserve: Route({Role.LEADER}, _OF_BATCH, promote_reserve),
    commands.CloseReserves: Route({Role.LEADER}, _OF_BATCH, close_reserves),
}
