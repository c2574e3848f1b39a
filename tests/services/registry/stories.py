"""Stories that together take every pair of every table: commands from the beginning on.

An event within a story happens without a command, to lead where a command cannot go alone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType
from typing import Any

from services.registry.domain import (
    application,
    appointment,
    batch,
    figures,
    meeting,
    notice,
    partner,
    setting,
)
from shared.contracts.registry.vocabulary import LimitName
from tests.services.registry import examples as example
from tests.services.registry.point_stories import POINT_STORIES
from tests.services.registry.point_stories import moment_of as moment_of_point
from tests.services.registry.review_stories import REVIEW_STORIES
from tests.services.registry.review_stories import moment_of as moment_of_review

_BATCH = [
    *(example.OPEN_BATCH, example.PLANNED, example.EXTEND, example.RANKING),
    *(example.DELIBERATE, example.FREE_PLACE),
]
Told = tuple[ModuleType, Any, list[Any]]
"""An aggregate, its initial state, and what is told of it."""

_SETTING = [example.CHANGE_SETTINGS, example.SET_SIZE_LIMITS, example.LOAD_WORKING_DAYS]
_REVIEWED = [example.SUBMITTED, example.PASS, *example.ALL_CHECKS]
_ON_NOTICE = [*_REVIEWED, example.CONCLUDE, example.LIST, example.PUT_ON_NOTICE]
_KEPT = [*_REVIEWED, example.CONCLUDE, example.RESERVE]
_FILES = [example.ATTACH_EVIDENCE, example.WITHDRAW_EVIDENCE]
_OBJECTED = [example.PUBLISH, example.OBJECT, example.OTHER_OBJECTION]
_MEETING = [example.MEET, example.EXTEND_TASK, example.COMPLETE_TASK, example.LET_TASK_LAPSE]

_RECOMMENDED = replace(example.SUBMITTED, command=example.SUBMIT_RECOMMENDED)
_ASKED = [example.SUBMITTED, example.REQUEST_SUPPLEMENT]
_SPOKEN = [example.DECLINE_RECOMMENDATION, example.CONFIRM_RECOMMENDATION]
_ENTRIES: list[list[Any]] = [
    [example.SUBMITTED, example.REPORT_OVERDUE],
    [*_ASKED, example.SUPPLIED, example.TAKE_BACK],
    [*_ASKED, *_FILES, example.LAPSE],
    [*_ASKED, example.TAKE_BACK],
    [_RECOMMENDED, *_SPOKEN],
    [_RECOMMENDED, example.REQUEST_SUPPLEMENT, *_SPOKEN],
    [example.SUBMITTED, example.PASS, example.TAKE_BACK],
    [example.SUBMITTED, *example.counted_wrongly(LimitName.FORMAL_CHECK)],
    [*_ASKED, *example.counted_wrongly(LimitName.SUPPLEMENT)],
]
"""What happens before the formal check is passed."""

STORIES: list[Told] = [
    (figures, figures.Figures(), [example.RECORD_FIGURES, example.RECORD_FIGURES]),
    (appointment, appointment.Appointment(), [example.APPOINT, example.END_APPOINTMENT]),
    (partner, partner.Partner(), [example.REGISTER_PARTNER, example.END_PARTNERSHIP]),
    (meeting, meeting.Meeting(), _MEETING),
    *(
        (setting, setting.Setting(), [first, *(each for each in _SETTING if each is not first)])
        for first in _SETTING
    ),
    (setting, setting.Setting(), [example.SET_SIZE_LIMITS, example.SET_SIZE_LIMITS]),
    (batch, batch.Batch(), _BATCH),
    (application, application.Application(), [example.SUBMITTED, example.FAIL]),
    *(
        (application, application.Application(), [*_ON_NOTICE[:steps], *_FILES])
        for steps in range(1, len(_ON_NOTICE) + 1)
        if _ON_NOTICE[steps - 1] not in example.ALL_CHECKS
    ),
    (application, application.Application(), [*_REVIEWED, example.REJECT]),
    *((application, application.Application(), its) for its in _ENTRIES),
    (application, application.Application(), [*_KEPT, *_FILES]),
    *(
        (application, application.Application(), [*stands, leaves])
        for stands in (*(_ON_NOTICE[:upto] for upto in (-2, -1, None)), _KEPT)
        for leaves in (example.TAKE_BACK, example.STRIKE_OFF)
    ),
    (notice, notice.Notice(), [*_OBJECTED, example.LEAVE_NOTICE, example.OTHER_OVERRULE]),
    (batch, batch.Batch(), [*_BATCH, example.RECORD_STRIKING_OFF]),
    (application, application.Application(), [*_ON_NOTICE, example.DESIGNATE_APPLICATION]),
    (application, application.Application(), [*_ON_NOTICE, example.DROP_OUT]),
    (notice, notice.Notice(), [*_OBJECTED, example.SUSTAIN, example.OTHER_OVERRULE]),
    (notice, notice.Notice(), [example.PUBLISH, example.DESIGNATE]),
    *POINT_STORIES,
    *REVIEW_STORIES,
]

SENT_WHOLE = {type(command) for command in example.COMMANDS}
ANYWHERE = (example.CORRECT, example.CORRECT_DATA, example.DECLARE_RECUSAL)
"""Commands that depend on nothing of the state, and leave its status as it is."""


def moment_of(command: Any) -> dt.datetime:
    """When a command of a story is given."""
    if command in (example.LAPSE, example.REPORT_OVERDUE):
        return example.AFTER_LIMIT
    waits = moment_of_review(command)
    if waits is not None:
        return waits
    late = command in (example.DESIGNATE, example.LET_TASK_LAPSE)
    return example.AFTER_NOTICE if late else moment_of_point(command)
