"""A theme: clues of one kind about one body that come up again and again (rules.md section 2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.clues.domain.context import Context
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueKind, ThemeStatus
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Theme:
    """recent: clues counted since it was concluded last, with their days, in order."""

    status: ThemeStatus = ThemeStatus.ABSENT
    theme_id: str = ""
    kind: ClueKind = ClueKind.OTHER
    division: str = ""
    body: str = ""
    recent: tuple[tuple[str, dt.date], ...] = ()


@dataclass(frozen=True)
class Count:
    """Part of a filing: one of the clue's kinds about its body."""

    theme_id: str
    kind: ClueKind
    body: str
    division: str
    clue_id: str


def count(state: Theme, command: Count, context: Context) -> list[Any]:
    """It is raised when enough clues lie within the days of the rule; once raised, it stays."""
    if any(clue_id == command.clue_id for clue_id, _ in state.recent):
        raise Refused(Reason.NOTHING_CHANGES, "that clue was counted")
    counted = events.ClueCounted(
        theme_id=command.theme_id,
        kind=command.kind,
        body=state.body or command.body,
        division=_spread(state.division, command.division),
        clue_id=command.clue_id,
        counted_on=context.today,
    )
    within = _within(state, context)
    if state.status is ThemeStatus.RAISED or len(within) + 1 < context.settings.theme_clues:
        return [counted]
    days = [day for _, day in within]
    return [
        counted,
        events.ThemeRaised(
            theme_id=command.theme_id,
            kind=command.kind,
            division=counted.division,
            body=counted.body,
            clue_ids=(*(clue_id for clue_id, _ in within), command.clue_id),
            first_on=min(days, default=context.today),
            last_on=context.today,
        ),
    ]


def _spread(before: str, division: str) -> str:
    """Whose theme it is: the district's, and the city's once two districts have met it."""
    return division if before in ("", division) else f"{division[:4]}00"


def _within(state: Theme, context: Context) -> list[tuple[str, dt.date]]:
    """The clues of the last days, today's included."""
    first = context.today - (context.settings.theme_days - 1) * ONE_DAY
    return [each for each in state.recent if each[1] >= first]


def conclude(state: Theme, command: commands.ConcludeTheme, _: Context) -> list[Any]:
    return [events.ThemeConcluded(theme_id=state.theme_id, measures=command.measures)]


_S = ThemeStatus

TRANSITIONS: Transitions = {
    **{(status, Count): count for status in _S},
    (_S.RAISED, commands.ConcludeTheme): conclude,
}


def decide(state: Theme, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


MOST_RECENT = 400
"""Clues that are remembered: more than any figure asks for."""


def evolve(state: Theme, event: Any) -> Theme:
    match event:
        case events.ClueCounted():
            counted = (*state.recent, (event.clue_id, event.counted_on))[-MOST_RECENT:]
            watched = state.status in (_S.ABSENT, _S.CONCLUDED)
            return Theme(
                status=_S.WATCHED if watched else state.status,
                theme_id=event.theme_id,
                kind=event.kind,
                division=event.division,
                body=event.body,
                recent=counted,
            )
        case events.ThemeRaised():
            return replace(state, status=_S.RAISED)
        case events.ThemeConcluded():
            return replace(state, status=_S.CONCLUDED, recent=())
    raise TypeError(f"a theme knows nothing of {type(event).__name__}")
