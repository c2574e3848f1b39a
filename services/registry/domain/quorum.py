"""A collective decision needs a quorum, and minutes of a meeting that was held."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from services.registry.domain.context import Context
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason


class Meeting(Protocol):
    """What a command says of a deliberation."""

    @property
    def held_on(self) -> dt.date: ...
    @property
    def members(self) -> int: ...
    @property
    def present(self) -> int: ...


def is_quorum(meeting: Meeting, context: Context) -> bool:
    """Whether more were present than the share that the rules of the day ask for.

    Raises Invalid for a meeting that cannot have been.
    """
    if meeting.present > meeting.members:
        raise Invalid.one("present", "out_of_range", "more are present than there are members")
    if meeting.held_on > context.today:
        raise Invalid.one("held_on", "out_of_range", "lies in the future")
    percent = context.settings_on(meeting.held_on).quorum_percent
    return meeting.present * 100 > meeting.members * percent


def refuse_no_meeting(meeting: Meeting, context: Context) -> None:
    """Raise Invalid for a meeting that cannot have been, Refused for one without a quorum."""
    if not is_quorum(meeting, context):
        raise Refused(
            Reason.NO_QUORUM,
            f"{meeting.present} of {meeting.members} members are not a quorum",
            ["present"],
        )
