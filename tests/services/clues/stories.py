"""Stories of a clue that together take every pair of its table."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.clues.domain import clue
from services.clues.domain.limits import Limits
from shared.contracts.clues import commands, events
from shared.contracts.days import ONE_DAY
from tests.services.clues import examples as example
from tests.services.clues.telling import Story


@dataclass(frozen=True)
class Later:
    """So many days pass."""

    days: int


FILED = [example.FILE]
ACCEPTED = [*FILED, example.ACCEPT, example.ASSIGN]
REFERRED = [*ACCEPTED, example.REFER]
ANSWERED = [*REFERRED, example.ANSWER]
VERIFYING = [*ACCEPTED, example.START, example.TAKE_STEP]
PAUSED = [*VERIFYING, example.PAUSE]
VERIFIED = [*VERIFYING, example.CONCLUDE]
CLOSED = [*VERIFIED, example.DISCIPLINE, example.CLOSE]
FED_BACK = [*CLOSED, example.GIVE_FEEDBACK]
TOLD = [*FED_BACK, example.RELAY]

_ANYTIME = [example.RECUSE, example.CONSENT, example.ASSIGN]
_OTHERS = dataclasses.replace(example.ASSIGN, handlers=("officer-9",))
_LATE = [example.START, example.TAKE_STEP, example.EXTEND, Later(61)]
"""The whole case is past its limit, the verification with its extension is not."""

CLUE_STORIES: list[list[Any]] = [
    [*FILED, example.DECLINE, example.GIVE_FEEDBACK, example.RELAY, example.SATISFIED],
    [*FILED, example.JOIN, example.FLAG, example.CLOSE_WITH_MAIN],
    [*FILED, example.ACCEPT, example.JOIN, example.RECUSE, example.CARRY],
    [*REFERRED, example.REFUSE],
    [*REFERRED, example.WITHDRAW],
    [*REFERRED, example.ANSWER_BADLY, example.ANSWER, example.RETURN_ANSWER],
    [*ANSWERED, example.WITHDRAW],
    [*ANSWERED, example.START],
    [*VERIFYING, example.EXTEND, example.PAUSE, example.RESUME, example.CONCLUDE],
    [
        *(example.FILE, example.ACCEPT, example.ASSIGN),
        *(*_LATE, example.PAUSE),
    ],
    [
        *(*VERIFYING, example.CLAIM_REFUND, example.VERIFY_REFUND, example.CONCLUDE),
        *(dataclasses.replace(example.VERIFY_REFUND, amount=35_000 * example.YUAN),),
        *(example.GIVE_NOTICE, example.ORDER_REFUND),
        *(example.PAY, example.REVERSE, example.REDUCE_ORDER),
    ],
    [*VERIFIED, example.GIVE_OPINION, example.COMPLY, example.CLOSE],
    [*TOLD, example.NOT_SOLVED],
    [*TOLD, Later(16), example.NOT_SOLVED, example.REOPEN],
    *(
        [*reached, example.PAUSE_LIMITS, Later(40), example.RESUME_LIMITS]
        for reached in (ACCEPTED, REFERRED, ANSWERED, VERIFIED)
    ),
    *(
        [*reached, _OTHERS, *_ANYTIME, example.EXTEND_CASE, example.CLAIM_REFUND, example.GATHER]
        for reached in (ACCEPTED, REFERRED, ANSWERED, VERIFYING, VERIFIED)
    ),
    [*FILED, _OTHERS, *_ANYTIME],
    [*PAUSED, _OTHERS, *_ANYTIME, example.CLAIM_REFUND, example.GATHER],
    *(
        [*reached, example.FLAG, example.CARRY, example.RECUSE]
        for reached in (
            *(FILED, ACCEPTED, REFERRED, ANSWERED, VERIFYING, PAUSED, VERIFIED),
            *(CLOSED, FED_BACK, TOLD, [*FILED, example.DECLINE]),
        )
    ),
]


def play(told: Sequence[Any]) -> Iterator[tuple[Any, type]]:
    """The pairs of status and command that a story takes, the timekeeper's at each step too."""
    story = Story(clue, clue.Clue())
    for each in told:
        if isinstance(each, Later):
            story.on(story.day + each.days * ONE_DAY)
            continue
        pair = (story.state.status, type(each))
        assert story.when(each), each
        yield pair
        yield from _kept(story)


def _kept(story: Story) -> Iterator[tuple[Any, type]]:
    """What the timekeeper may do about each limit that runs now."""
    stream = f"clue-{example.CLUE}"
    for name, about in story.state.limits:
        watch = story.state.limits[name, about]
        aside = Story(clue, story.state)
        if watch.alarm is not None:
            aside.on(watch.alarm.span.due_on + ONE_DAY)
            assert aside.when(commands.RaiseAlarm(stream=stream, name=name, about=about))
            yield story.state.status, commands.RaiseAlarm
        aside = Story(clue, wrongly_counted(story.state, name, about))
        assert aside.when(commands.RecomputeLimit(stream=stream, name=name, about=about))
        yield story.state.status, commands.RecomputeLimit


def wrongly_counted(state: Any, name: Any, about: str | None) -> Any:
    """The state as it would be had a limit been counted a day too far."""
    limits: Limits = state.limits
    watch = limits[name, about]
    span = dataclasses.replace(watch.span, due_on=watch.span.due_on + dt.timedelta(days=1))
    moved = events.LimitMoved(name=name, about=about, watch=dataclasses.replace(watch, span=span))
    return clue.evolve(state, moved)
