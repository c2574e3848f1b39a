"""What may be done next about a clue, and why not, in words; the clues service says which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.labels import label
from services.portal.pages.clues.acts import ACTS
from services.portal.pages.clues.acts_entry import ASSIGN
from services.portal.pages.clues.case_act import CaseAct
from services.portal.pages.clues.story import Story
from services.portal.pages.steps import why_not as why_not_in_general
from shared.contracts.reasons import Reason

_LATER = frozenset(
    {
        *(Reason.WRONG_STATE, Reason.NOTHING_CHANGES, Reason.MORE_THAN_UNPAID),
        *(Reason.NOTHING_PAUSED, Reason.NOT_CALLED_UNSOLVED, Reason.NEVER_ACCEPTED),
    }
)
"""Reasons that leave nothing to do now."""
_BY_LETTER = {"AnswerReferral": "登记来函答复", "RefuseReferral": "登记不予接办"}


@dataclass(frozen=True)
class Shown:
    """One step. `path` leads to where it is done, None when it is not possible now.

    soon: it is this clue's turn, only something is missing
    aside: not what comes next, but possible besides
    """

    command: str
    text: str
    path: str | None = None
    why_not: str | None = None
    soon: bool = False
    aside: bool = False


def shown_steps(clue: Mapping[str, Any], story: Story) -> list[Shown]:
    """The steps of an opened clue, in the order of its way."""
    found = [step for act in ACTS for step in _shown(clue, story, act)]
    return [*found, *_by_letter(clue, story)]


def why_not(step: Mapping[str, Any], act: CaseAct) -> str:
    if step["reason"] == Reason.WRONG_STATE:
        return f"线索处于{statuses(act)}时办理。"
    return why_not_in_general(step)


def statuses(act: CaseAct) -> str:
    return "、".join(f"“{label(its, 'clue_status')}”" for its in act.when)


def waiting(steps: Sequence[Shown]) -> list[tuple[str, str]]:
    """Steps whose turn it is but which must wait: `(what, why)`, those of one reason together."""
    told: dict[str, list[str]] = {}
    for step in steps:
        if step.soon and step.why_not:
            told.setdefault(step.why_not, []).append(step.text)
    return [("、".join(dict.fromkeys(texts)), reason) for reason, texts in told.items()]


def later(steps: Sequence[Shown]) -> list[tuple[str, str]]:
    """All that is not possible for another reason, each once."""
    refused = {its.text: its.why_not for its in steps if its.why_not and not its.soon}
    possible = {its.text for its in steps if its.path}
    return [(text, why) for text, why in refused.items() if text not in possible and why]


def _shown(clue: Mapping[str, Any], story: Story, act: CaseAct) -> Iterator[Shown]:
    aside = act.aside or (act is ASSIGN and bool(clue.get("handlers")))
    for step in clue["steps"]:
        if not act.is_step(step):
            continue
        text = act.title
        if act.about:
            text = f"{text}（{story.name_of(act.about, step['about'])}）"
        if step["possible"]:
            path = f"/clues/{clue['clue_id']}/{act.path}"
            about = f"?about={step['about']}" if act.about else ""
            yield Shown(act.command, text, path + about, aside=aside)
            continue
        soon = Reason(step["reason"]) not in _LATER and not aside
        yield Shown(act.command, text, why_not=why_not(step, act), soon=soon, aside=aside)


def _by_letter(clue: Mapping[str, Any], story: Story) -> Iterator[Shown]:
    """What an authority without an account has written, registered where its referral is."""
    for step in clue["steps"]:
        if step["command"] in _BY_LETTER and step["possible"] and story.referrals:
            tail = "" if step["command"] == "AnswerReferral" else "/refusal"
            path = f"/referrals/{story.referrals[-1]}{tail}"
            yield Shown(step["command"], _BY_LETTER[step["command"]], path, aside=True)
