"""What of points' duties waits for whoever is at their desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.portal.pages.asking import Part, ask_part
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

_MOST = 5


@dataclass(frozen=True)
class DutyLine:
    """path: where all of it is, and below it each by its id, which is the field `key`"""

    name: str
    query: str
    status: str
    path: str
    key: str


_PUBLICITY = DutyLine("待确认的宣传活动", "ListPublicity", "recorded", "/publicity", "publicity_id")
_QUESTIONS = DutyLine(
    "待答复的联系点提问", "ListPointQuestions", "asked", "/point-questions", "question_id"
)
_LINES: Mapping[Role, tuple[DutyLine, ...]] = {
    Role.OFFICER: (_PUBLICITY, _QUESTIONS),
    Role.LEADER: (_QUESTIONS,),
}


def duties_on_desk() -> list[tuple[DutyLine, Part]]:
    """The most pressing of each, of what there is; nothing while the assessment is away."""
    asked = [
        (its, ask_part("assessment", its.query, {"status": its.status, "limit": _MOST}))
        for its in _LINES.get(current_visitor().role, ())
    ]
    return [(its, part) for its, part in asked if part.away or part.result["items"]]
