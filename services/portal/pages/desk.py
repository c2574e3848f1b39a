"""The desk: what waits for whoever is here, one click from where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, render_template, request

from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.clues.dialogue import on_desk
from services.portal.pages.clues.identity import waiting_openings
from services.portal.pages.duties.waiting import duties_on_desk
from services.portal.pages.reading import cursor_asked
from services.portal.pages.units import profile
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import ClueStatus, OpinionStatus
from shared.contracts.registry.vocabulary import TaskKind
from shared.contracts.roles import Role

pages = Blueprint("desk", __name__)

WAYS: Mapping[TaskKind, str] = {
    TaskKind.FORMAL_CHECK: "/applications/{}/formal-check",
    TaskKind.REVIEW: "/applications/{}/checks",
    TaskKind.VOTE: "/applications/{}/review/vote",
    TaskKind.OPINION: "/opinions/{}",
    TaskKind.DELIBERATION: "/batches/{}/deliberation",
    TaskKind.PROMOTION: "/batches/{}/reserves",
    TaskKind.NOTICE: "/batches/{}/notice",
    TaskKind.OBJECTION: "/objections/{}",
    TaskKind.OVERDUE_OBJECTION: "/objections/{}",
    TaskKind.DESIGNATION: "/notices/{}/designation",
    TaskKind.MEETING_TASK: "/meetings/{}",
    TaskKind.TERM_ENDING: "/points/{}",
    TaskKind.RENEWAL_GRADE: "/points/{}/renewal-grade",
    TaskKind.RENEWAL_DECISION: "/points/{}/renewal-decision",
    TaskKind.RENEWAL_COMPLETION: "/points/{}/renewal-completion",
    TaskKind.RETIREMENT_FACTS: "/points/{}/retirement-facts",
    TaskKind.RETIREMENT_DECISION: "/points/{}/retirement-decision",
    TaskKind.RETIREMENT_ANNOUNCEMENT: "/points/{}/retirement",
    TaskKind.PLAQUE: "/points/{}/plaque-return",
}
"""Kind of task → where it is done."""
LOOKS: Mapping[TaskKind, str] = {kind: "/".join(way.split("/")[:3]) for kind, way in WAYS.items()}
"""Kind of task → the page about it, which others of the bureau may open too."""


@pages.get("/desk")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def desk() -> str:
    """What waits for the visitor's own role, and with `?others=1` for others of the bureau.

    Not so for a reviewer, who may open little of what the others work on.
    """
    cursor, reviews = cursor_asked(request.args), current_visitor().role is Role.REVIEWER
    others = request.args.get("others") == "1" and not reviews
    part = ask_page("ListTasks", {"others": True} if others else {}, cursor)
    return render_template(
        "desk/desk.html",
        part=part,
        cursor=cursor,
        others=others,
        heard=[] if cursor or others else _waiting(),
        openings=waiting_openings(),
        duties=[] if cursor or others else duties_on_desk(),
        dialogues=[] if cursor or others else on_desk(),
        ways=LOOKS if others else WAYS,
        waited=waited,
        profile=profile,
    )


_MOST_PRESSING = 5


@dataclass(frozen=True)
class Waiting:
    """Clues or opinions that wait for whoever is here: the most pressing of a list.

    path: where all of it is · of: whether it is of clues or of opinions
    """

    name: str
    query: str
    filters: Mapping[str, Any]
    path: str
    of: Literal["clues", "opinions"] = "clues"


_WAITING: Mapping[Role, tuple[Waiting, ...]] = {
    Role.OFFICER: (
        Waiting(
            "待受理的线索", "ListClues", {"status": str(ClueStatus.FILED)}, "/clues?status=filed"
        ),
        Waiting(
            "我承办的线索", "ListClues", {"mine": True, "open": True}, "/clues?mine=1&open=yes"
        ),
        Waiting(
            "待答复的意见建议",
            "ListOpinionsFiled",
            {"status": str(OpinionStatus.FILED)},
            "/opinions-filed?status=filed",
            "opinions",
        ),
    ),
    Role.LEADER: (Waiting("已逾期的线索", "ListClues", {"late": True}, "/clues?late=1"),),
}
"""Role → what of clues and opinions waits for whoever holds it."""


def _waiting() -> list[tuple[Waiting, Part]]:
    """The most pressing of each, of what there is."""
    asked = [
        (its, ask_part("clues", its.query, {**its.filters, "limit": _MOST_PRESSING}))
        for its in _WAITING.get(current_visitor().role, ())
    ]
    return [(its, part) for its, part in asked if part.away or part.result["items"]]


def waited(since: str, today: dt.date) -> str:
    """How long something has waited that came on the day `since`."""
    days = (today - dt.date.fromisoformat(since)).days
    return "今天" if days <= 0 else f"{days} 天"
