"""What stands on the reporter's page beside the case itself: a part has its template and words.

Each is asked for with the case as `FollowReceipt` tells it, in the reporter's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.pages.asking import Part
from services.portal.pages.clues.opening import evidence_of
from services.portal.pages.reporter import conversation

Case = Mapping[str, Any]


@dataclass(frozen=True)
class ReporterPart:
    """template: what is included · told: what it is given as `its`; None: nothing to show"""

    template: str
    told: Callable[[Case], Any]


def _own_evidence(case: Case) -> Part | None:
    """What they brought; an opinion has none."""
    return evidence_of(case["id"]) if case["nature"] == "clue" else None


PARTS: Sequence[ReporterPart] = (
    ReporterPart(conversation.TEMPLATE, conversation.told),
    ReporterPart("reporter/evidence.html", _own_evidence),
    ReporterPart("reporter/openings.html", lambda case: case["openings"]),
)
"""In the order of the page."""
