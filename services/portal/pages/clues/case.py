"""One clue: what was told, what has happened, what may be done next, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from services.portal.pages.asking import Part
from services.portal.pages.clues import identity, steps
from services.portal.pages.clues.case_act import officers
from services.portal.pages.clues.dialogue import conversation_of
from services.portal.pages.clues.opening import ask_known, evidence_of, opened, purpose
from services.portal.pages.clues.story import Story, clear
from services.portal.pages.reading import after_asked
from services.portal.web.access import allow
from shared.contracts.clues.vocabulary import DOCUMENTS
from shared.contracts.errors import Refused
from shared.contracts.roles import Role

pages = Blueprint("clue", __name__)

_BUREAU = (Role.OFFICER, Role.LEADER)


@pages.get("/clues/<clue_id>")
@allow(*_BUREAU)
def clue(clue_id: str) -> str:
    """Raises NotFound."""
    part = opened(clue_id, after_asked(request.args))
    its = part.result
    told = story_of(its)
    shown = steps.shown_steps(its, told) if its else []
    return render_template(
        "clues/case.html",
        part=part,
        stale=part.stale,
        purpose=purpose(),
        story=told,
        steps=shown,
        waiting=steps.waiting(shown),
        later=steps.later(shown),
        similar=_similar(its) if its else None,
        openings=identity.openings_of(its),
        dialogue=conversation_of(clue_id) if its else None,
        papers=papers_of(its, told) if its else [],
        clear=clear,
        evidence=evidence_of(clue_id) if its else None,
        evidence_address=f"/clues/{clue_id}/evidence",
    )


_PAPERS = (
    ("ClueAccepted", "受理告知书", "acceptance"),
    ("ClueDeclined", "不予受理告知书", "declining"),
    ("FeedbackGiven", "反馈单", "feedback"),
)


def papers_of(clue: Mapping[str, Any], story: Story) -> list[tuple[str, str]]:
    """`(name, address)` of each paper that there is by now."""
    at, why = f"/api/v1/clues/{clue['clue_id']}", urlencode({"purpose": purpose()})
    found = [
        (name, f"{at}/papers/{path}?{why}") for event, name, path in _PAPERS if story.values(event)
    ]
    found += [
        (f"转办函（第 {number} 次转办）", f"{at}/referrals/{each}/papers/letter?{why}")
        for number, each in enumerate(story.referrals, 1)
    ]
    return found + [
        (
            story.name_of("outcome_id", its["outcome_id"]),
            f"{at}/outcomes/{its['outcome_id']}/papers/document?{why}",
        )
        for its in story.outcomes
        if its["kind"] in DOCUMENTS
    ]


def story_of(clue: Mapping[str, Any] | None) -> Story:
    """The story of an opened clue, with the names of those who work on it."""
    if clue is None:
        return Story([], {})
    return Story(clue["records"], dict(officers()))


def _similar(its: Mapping[str, Any]) -> Part:
    """Clues that may be about the same; none for who stays out of this one."""
    try:
        return ask_known("SuggestSimilarClues", clue_id=its["clue_id"])
    except Refused:
        return Part({"items": []})
