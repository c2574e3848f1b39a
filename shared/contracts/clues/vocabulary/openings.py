"""Where a request to open a reporter's identity stands."""

from __future__ import annotations

from enum import StrEnum


class OpeningState(StrEnum):
    """`opened` until its time is over, `expired` from then on."""

    REQUESTED = "requested"
    OPENED = "opened"
    REFUSED = "refused"
    EXPIRED = "expired"
