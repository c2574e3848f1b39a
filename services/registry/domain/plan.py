"""A batch's plan: where its places are to go, until the bureau deliberates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.registry.domain.batch_state import Batch
from services.registry.domain.context import Context
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events


@dataclass(frozen=True)
class PlanPlaces:
    """PlanBatch with the proposal that it names, computed."""

    command: commands.PlanBatch
    proposal: events.SpreadProposal | None


def plan_places(state: Batch, command: PlanPlaces, _: Context) -> list[Any]:
    refuse_deliberated(state)
    given = command.command
    _refuse_sum(state.places, "districts", ((i.division, i.places) for i in given.districts))
    _refuse_sum(state.places, "groups", ((str(i.industry_group), i.places) for i in given.groups))
    _refuse_sum(state.places, "sizes", ((str(i.size), i.places) for i in given.sizes))
    if state.plan is not None and given.reason is None:
        raise Refused(Reason.REASONS_NEEDED, "say why the plan is changed", ["reason"])
    return [
        events.BatchPlanned(
            batch_id=state.batch_id,
            districts=given.districts,
            groups=given.groups,
            sizes=given.sizes,
            proposal=command.proposal,
            reason=given.reason,
        )
    ]


def extend(state: Batch, command: commands.ExtendBatch, _: Context) -> list[Any]:
    refuse_deliberated(state)
    if command.closes_on <= state.closes_on:
        raise Invalid.one("closes_on", "out_of_range", f"must lie after {state.closes_on}")
    return [
        events.BatchExtended(
            batch_id=state.batch_id, closes_on=command.closes_on, reason=command.reason
        )
    ]


def refuse_deliberated(state: Batch) -> None:
    """Raise Refused once the bureau has decided about the batch; a meeting in vain does not."""
    if state.decided:
        raise Refused(Reason.ALREADY_DELIBERATED, "the bureau has deliberated over the batch")


def _refuse_sum(places: int, side: str, planned: Iterable[tuple[str, int]]) -> None:
    """Each name once, and all places or, on a side that is not planned, nothing at all."""
    given = list(planned)
    names = [name for name, _ in given]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise Invalid.one(f"{side}[{index}]", "duplicate", f"{name} is named twice")
    total = sum(number for _, number in given)
    if given and total != places:
        raise Refused(Reason.PLAN_DOES_NOT_FIT, f"{total} places of {places} are planned", [side])
