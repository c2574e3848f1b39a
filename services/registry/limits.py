"""What the registry's limits lead to when their last day has ended: a command a limit.

A limit is opened and closed by rules in `views/limits.py`; here stands what becomes of it.
"""

from __future__ import annotations

from services.registry.handlers.moment import working_calendar
from services.registry.views.limits import LIMITS
from shared.contracts.days import ONE_DAY
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import LimitName
from shared.service.timekeeping import CommandFor, RunningLimit, Timekeeping

FALLEN: dict[LimitName, CommandFor] = {
    LimitName.MEETING_TASK: lambda limit: commands.LetMeetingTaskLapse(
        meeting_id=limit.identifier, task_id=str(limit.about)
    ),
    LimitName.FORMAL_CHECK: lambda limit: commands.ReportFormalCheckOverdue(
        application_id=limit.identifier
    ),
    LimitName.SUPPLEMENT: lambda limit: commands.LapseApplication(application_id=limit.identifier),
    LimitName.OPINION: lambda its: commands.MarkOpinionOverdue(
        application_id=its.identifier, opinion_id=its.about or ""
    ),
    LimitName.OBJECTION_VERIFICATION: lambda its: commands.MarkObjectionOverdue(
        notice_id=its.identifier, objection_id=its.about or ""
    ),
    LimitName.TERM_REMINDER: lambda limit: commands.RemindOfTerm(
        point_id=limit.identifier, day=limit.due_on + ONE_DAY
    ),
    LimitName.TERM_END: lambda limit: commands.EndTerm(
        point_id=limit.identifier, last_day=limit.due_on
    ),
}
"""A reminder is given as its day begins: its limit is the eve. Not named: nothing follows by
itself when a point has not stated its case, or has not given its plaque back.
"""


def recompute(limit: RunningLimit) -> commands.RecomputeLimit:
    return commands.RecomputeLimit(
        stream=limit.stream, name=LimitName(limit.name), about=limit.about
    )


TIMEKEEPING = Timekeeping(
    model=LIMITS,
    fallen={str(name): command for name, command in FALLEN.items()},
    recompute=recompute,
    calendar=working_calendar,
)
