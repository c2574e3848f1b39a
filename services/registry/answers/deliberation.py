"""Meetings of the bureau over a batch, with their minutes."""

from __future__ import annotations

from typing import Any

from services.registry.answers.applications import opened_units
from services.registry.handlers.aggregates import BATCH
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.events import EVENTS
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_MEETINGS = ("DeliberationRecorded", "DeliberationAdjourned", "StrikingOffRecorded")
_DECIDED = ("listed", "reserves", "left_out", "struck_off")


def open_deliberation(asked: Asked) -> Any:
    """What the meeting says, and in `units` the applications that it decided about, named."""
    rows = asked.rows(
        "SELECT division, version FROM readmodel.batches_batches WHERE batch_id = %s",
        asked.query.batch_id,
    )
    if not rows or not covers(asked.actor.division, rows[0]["division"]):
        raise NotFound("deliberation", asked.query.deliberation_id)
    stream = BATCH.stream(asked.query.batch_id)
    held = [
        its
        for its in recorded(asked, EVENTS, stream, _MEETINGS, rows[0]["version"])
        if its["values"]["deliberation_id"] == asked.query.deliberation_id
    ]
    if not held:
        raise NotFound("deliberation", asked.query.deliberation_id)
    asked.note_opening(f"deliberation:{asked.query.deliberation_id}", asked.query.purpose)
    (meeting,) = held
    said = meeting["values"]
    if meeting["type"] == "StrikingOffRecorded":
        said = {**said, "struck_off": [said.pop("application_id")]}
    units = [each for name in _DECIDED for each in said.get(name) or ()]
    return {
        **said,
        "decided": meeting["type"] != "DeliberationAdjourned",
        "units": opened_units(asked, units),
    }


QUERIES: dict[type, QueryRoute] = {
    queries.OpenDeliberation: QueryRoute(
        {Role.OFFICER, Role.LEADER}, ("batches", "applications"), open_deliberation
    ),
}
