"""Stories of review groups, examinations, reserves and objections, for `stories`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType
from typing import Any

from services.registry.domain import application, batch, notice, review_group
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import LimitName
from tests.services.registry import examples as example
from tests.services.registry.telling import uid

_CHECKED = [*example.ALL_CHECKS, example.CONCLUDE]
_LISTED = [*_CHECKED, example.LIST]
_NOTICED = [*_LISTED, example.PUT_ON_NOTICE]
_WAYS: list[list[Any]] = [
    [],
    _CHECKED,
    _LISTED,
    _NOTICED,
    [*_NOTICED, example.DESIGNATE_APPLICATION],
    [*_NOTICED, example.DROP_OUT],
    [*_CHECKED, example.RESERVE],
    [*_CHECKED, example.RESERVE, example.END_RESERVE],
    [*_CHECKED, example.LEAVE_OUT],
    [example.TAKE_BACK],
]
"""From the formal check to every status that comes after it."""


def _with_opinions(way: list[Any]) -> list[Any]:
    """Opinions asked at first; later one is counted anew and is overdue, the other answered.

    They happen after `way`, as in a log from before they ended with their application.
    """
    asked = example.OPINION_ASKED
    other = replace(asked, opinion_id=uid(34))
    anew = replace(example.RECOMPUTE_LIMIT, name=LimitName.OPINION, about=asked.opinion_id)
    answer = replace(
        example.ANSWER, command=replace(example.ANSWER_OPINION, opinion_id=other.opinion_id)
    )
    return [
        example.SUBMITTED,
        example.PASS,
        *way,
        asked,
        other,
        anew,
        example.OPINION_OVERDUE,
        answer,
    ]


_ASKED = [example.SUBMITTED, example.PASS, example.ASK_OPINION]
_BATCH = [
    example.OPEN_BATCH,
    example.NOTE_QUALIFIED,
    example.NOTE_LEFT,
    example.ADJOURN,
    example.DELIBERATE,
    example.FREE_PLACE,
    example.RESERVING,
    example.PROMOTE,
]
_GROUP = [example.APPOINT_GROUP, example.DECLARE_INTERESTS, example.CHANGE_GROUP]
_RECORDS = [
    *[example.EXAMINE, example.POLITICAL, example.VISIT, example.TALK, example.VOTE],
    *[example.ASK_OPINION, example.OPINION_OVERDUE, example.ANSWER],
]
_EXAMINED = [example.SUBMITTED, example.PASS, *example.FLAGGED, example.RESOLVE, *_RECORDS]
_VILLAGE = [example.SUBMITTED_VILLAGE, example.PASS, example.GOVERNANCE, example.DECLARE_RECUSAL]
_OBJECTED = [example.PUBLISH, example.OBJECT, example.OTHER_OBJECTION]
_LATE = [example.EXTEND_VERIFICATION, example.OBJECTION_OVERDUE]
_LATE_OTHER = [replace(its, objection_id=uid(15)) for its in _LATE]
_ANEW = replace(
    example.RECOMPUTE_LIMIT, name=LimitName.OBJECTION_VERIFICATION, about=example.OBJECTION
)
_FALLEN = [example.PUBLISH, example.OBJECTED, example.OTHER_OBJECTION, example.OTHER_SUSTAIN]

REVIEW_STORIES: list[tuple[ModuleType, Any, list[Any]]] = [
    (review_group, review_group.ReviewGroup(), _GROUP),
    (batch, batch.Batch(), _BATCH),
    (batch, batch.Batch(), [example.OPEN_BATCH, example.RESERVING, example.CLOSE_RESERVES]),
    (application, application.Application(), [*_EXAMINED, example.CONCLUDE_BY_VOTE]),
    (application, application.Application(), _VILLAGE),
    (application, application.Application(), [*_with_opinions(_WAYS[6]), example.MOVE_UP]),
    *((application, application.Application(), _with_opinions(way)) for way in _WAYS),
    *(
        (application, application.Application(), [*_ASKED, *way, example.TAKE_BACK_OPINION])
        for way in ([], _CHECKED, _LISTED, _NOTICED, [*_CHECKED, example.RESERVE])
    ),
    (notice, notice.Notice(), [*_OBJECTED, *_LATE, example.SUSTAIN, example.OTHER_OVERRULE]),
    (notice, notice.Notice(), [*_OBJECTED, example.SUSTAIN, *_LATE_OTHER]),
    (notice, notice.Notice(), [example.PUBLISH, example.OBJECTED, _ANEW]),
    (notice, notice.Notice(), [*_FALLEN, _ANEW]),
    (notice, notice.Notice(), [example.PUBLISH, example.CORRECT_NOTICE, example.SHOW_ANEW]),
    (notice, notice.Notice(), [example.PUBLISH, example.CORRECT_CODE]),
]


def moment_of(command: Any) -> dt.datetime | None:
    """When such a command of these stories may be sent, if not at once."""
    if isinstance(command, (commands.MarkOpinionOverdue, commands.MarkObjectionOverdue)):
        return example.AFTER_LIMITS
    return None
