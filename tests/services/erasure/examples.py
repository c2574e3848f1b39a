"""One well-formed example of each command of erasure, as sent and as the aggregate decides it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.erasure import commands, events
from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope, LockGround
from shared.erasure import domain

ERASURE = "00000000-0000-4000-8000-000000000901"
STREAM = "clue-00000000-0000-4000-8000-000000000001"
SUBJECTS = ("clue:00000000-0000-4000-8000-000000000001",)
UNTIL = dt.date(2031, 3, 2)

REQUEST = commands.RequestErasure(
    erasure_id=ERASURE,
    stream=STREAM,
    scope=ErasureScope.WHOLE,
    reason="反映人到窗口提出，身份已核对",
)
PROPOSE = commands.ProposeErasure(erasure_id=ERASURE, stream=STREAM)
APPROVE = commands.ApproveErasure(erasure_id=ERASURE)
REFUSE = commands.RefuseErasure(erasure_id=ERASURE, reasons="申请人不是本人")
LOCK = commands.LockSubject(
    erasure_id=ERASURE,
    ground=LockGround.PROCEEDINGS,
    locked_until=UNTIL,
    reasons="行政复议正在进行",
)
ALLOW = commands.AllowReading(erasure_id=ERASURE, purpose="复议机关调卷")
END_LOCK = commands.EndLock(erasure_id=ERASURE)

SENT: list[Any] = [REQUEST, PROPOSE, APPROVE, REFUSE, LOCK, ALLOW, END_LOCK]
"""As they are sent."""


def request(by: str | None = "officer-1") -> domain.Request:
    asks, over = ErasureGround.SUBJECT_ASKS, ErasureGround.RETENTION_OVER
    return domain.Request(
        ERASURE, STREAM, ErasureScope.WHOLE, "430211", asks if by else over, None, by
    )


DECIDED: list[Any] = [
    request(), domain.Approve(SUBJECTS), REFUSE, domain.Lock(LOCK, SUBJECTS), ALLOW, END_LOCK,
]  # fmt: skip
"""As the aggregate decides them."""

DECIDED_EVENTS: list[Any] = [
    events.ErasureRefused(
        erasure_id=ERASURE, subjects=(), refused_by="leader-1", reasons=REFUSE.reasons
    ),
    events.SubjectLocked(
        erasure_id=ERASURE,
        subjects=SUBJECTS,
        ground=LOCK.ground,
        locked_until=UNTIL,
        reasons=LOCK.reasons,
        locked_by="leader-1",
    ),
    events.ReadingAllowed(erasure_id=ERASURE, allowed_by="leader-1", purpose=ALLOW.purpose),
]
"""Those in which somebody has written something."""
