"""Corrections as they are shown where the corrected thing is shown, and who may make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.pages.asking import Part, ask_part
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

CORRECTING = (Role.OFFICER, Role.LEADER)
READING = (*CORRECTING, Role.REVIEWER)
_CORRECTED = "RecordCorrected"


def corrections_of(part: Part, purpose: str) -> Sequence[Mapping[str, Any]]:
    """What was said to be wrong in the records of the thing that was asked for; opened for whom
    it may be, for the purpose, and none for everybody else.
    """
    if part.result is None or current_visitor().role not in READING:
        return []
    asked = {"stream": part.result["stream"], "purpose": purpose}
    try:
        found = ask_part("registry", "OpenCorrections", asked)
    except NotFound:
        return []
    items: Sequence[Mapping[str, Any]] = found.result["items"] if found.result else []
    return items


def has_corrections(history: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a stream's history says that something in it is wrong."""
    return any(event["type"] == _CORRECTED for event in history)


def marked(
    rows: Sequence[dict[str, Any]],
    stream: str,
    history: Sequence[Mapping[str, Any]],
    corrections: Sequence[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Rows of a history, one an event, with what the timeline says of corrections.

    corrections: of this event, where they were opened
    corrected: where they can be read, if there are some and they were not
    correct: where the event can be corrected
    """
    role, path = current_visitor().role, f"/records/{stream}/corrections"
    wrong = {its["changed"].get("version") for its in history if its["type"] == _CORRECTED}
    return [
        {
            **row,
            "corrections": [its for its in corrections if its["corrects"] == event["version"]],
            "corrected": path if role in READING and event["version"] in wrong else None,
            "correct": f"{path}/new?version={event['version']}"
            if role in CORRECTING and event["type"] != _CORRECTED
            else None,
        }
        for row, event in zip(rows, history, strict=True)
    ]
