"""What a point is told about a step of a clue that is not possible now: what it waits for."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.pages.clues.my_filings import CLUE, RATE, RELAY, _shown
from shared.contracts.clues.vocabulary import ClueStatus

WAITS = {
    ClueStatus.FILED: "司法局还没有反馈结果。",
    ClueStatus.VERIFYING: "司法局还没有反馈结果。",
    ClueStatus.FED_BACK: "请先把结果告诉反映人，登记转告。",
    ClueStatus.TOLD: "反映人已经知道结果。",
}


@pytest.mark.parametrize("status", WAITS)
def test_it_says_what_it_waits_for(status: ClueStatus) -> None:
    for act in (RELAY, RATE):
        step = {"command": act.command, "possible": False, "reason": "wrong_state", "roles": []}
        its: dict[str, Any] = {"clue_id": "1", "status": str(status), "steps": [step]}
        shown = _shown(CLUE, act, its)
        assert (shown.path, shown.why_not) == (None, WAITS[status])
