"""Opening what the clues service keeps, for a purpose that it records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.asking import Part, ask_part
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

_PURPOSES: Mapping[Role, str] = {
    Role.OFFICER: "办理线索",
    Role.LEADER: "审批线索",
}


def purpose() -> str:
    """What the visitor opens a clue for."""
    return _PURPOSES[current_visitor().role]


def opened(clue_id: str, after: Mapping[str, Any] | None = None) -> Part:
    """One clue with all that happened. Raises NotFound, also for what cannot be an id."""
    return ask_known("OpenClue", after, clue_id=clue_id, purpose=purpose())


def ask_known(query: str, after: Mapping[str, Any] | None = None, **asked: str) -> Part:
    """What an address names. Raises NotFound, also for what cannot be an id."""
    try:
        return ask_part("clues", query, asked, after)
    except Invalid:
        raise NotFound("clue", next(iter(asked.values()), "")) from None


def evidence_of(clue_id: str) -> Part:
    """The files of a clue that the visitor may open, by `ListEvidence`. Raises as `opened`."""
    return ask_known("ListEvidence", clue_id=clue_id)
