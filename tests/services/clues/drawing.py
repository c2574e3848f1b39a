"""What the stories of the clues service do, to be drawn (tests/services/diagrams.py)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from services.clues.domain import (
    box,
    clue,
    follow_ups,
    opinion,
    proposal,
    seal,
    symposium,
    theme,
)
from shared.contracts.clues import commands
from shared.contracts.days import ONE_DAY
from tests.services.clues import examples as example
from tests.services.clues.stories import CLUE_STORIES, Later
from tests.services.clues.telling import OFFICER, Story, uid
from tests.services.diagrams import Drawn


@dataclass(frozen=True)
class By:
    """A command of somebody else than the officer."""

    actor: str
    command: Any


_COUNTS = [dataclasses.replace(example.COUNT, clue_id=uid(n)) for n in range(101, 105)]
STORIES: list[tuple[ModuleType, Any, Sequence[Any]]] = [
    *((clue, clue.Clue(), told) for told in CLUE_STORIES),
    (opinion, opinion.Opinion(), [example.FILE_OPINION, example.ADOPT, example.RELAY_ANSWER]),
    (opinion, opinion.Opinion(), [example.FILE_OPINION, example.TAKE_AS_CLUE]),
    (
        opinion,
        opinion.Opinion(),
        [
            dataclasses.replace(example.FILE_OPINION, origin=example.DIRECTLY),
            example.EXPLAIN,
        ],
    ),
    (box, box.Box(), [example.PLACE, example.EMPTY, example.REMOVE]),
    (symposium, symposium.Symposium(), [example.SCHEDULE, example.HOLD]),
    (symposium, symposium.Symposium(), [example.SCHEDULE, example.CANCEL]),
    *(
        (
            proposal,
            proposal.Proposal(),
            [example.OPEN_PROPOSAL, example.PROPOSAL_STEP, end, example.TELL_BACK],
        )
        for end in (example.COMPLETE, example.DROP)
    ),
    (
        seal,
        seal.Seal(),
        [
            *(example.REQUEST, By("leader-1", example.APPROVE), By("leader-2", example.APPROVE)),
            *(example.READ, example.REQUEST_AGAIN, example.READ),
            By("leader-1", example.REFUSE_AGAIN),
        ],
    ),
    (follow_ups, follow_ups.FollowUps(), [example.SCHEDULE_FOLLOW_UPS, *[example.FOLLOW_UP] * 4]),
    (theme, theme.Theme(), [*_COUNTS[:3], example.CONCLUDE_THEME, _COUNTS[3]]),
]


def edges() -> dict[ModuleType, dict[tuple[str, str], set[str]]]:
    """What the stories do, by aggregate."""
    found: dict[ModuleType, dict[tuple[str, str], set[str]]] = {}
    for module, initial, told in STORIES:
        its, story = found.setdefault(module, defaultdict(set)), Story(module, initial)
        for each in told:
            if isinstance(each, Later):
                story.on(story.day + each.days * ONE_DAY)
                continue
            before = str(story.state.status)
            command, actor = (each.command, each.actor) if isinstance(each, By) else (each, OFFICER)
            story.when(command, actor=actor)
            its[before, str(story.state.status)].add(type(command).__name__)
    return found


ASIDE = (
    *(commands.RaiseAlarm, commands.RecomputeLimit, commands.RecuseOfficer),
    *(commands.RecordConsent, commands.AssignClue, commands.RecuseFromOpinion),
    *(commands.PauseLimits, commands.ResumeLimits),
)
"""Commands that belong to no stage, and leave the status as it is."""

CLUES = Drawn("clues", edges(), ASIDE)
