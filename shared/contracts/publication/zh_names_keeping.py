"""What is kept of the registry is called in Chinese; the same in every service that keeps it."""

from __future__ import annotations

from collections.abc import Mapping

KEEPING: Mapping[str, Mapping[str, str]] = {
    "event": {
        "PointNoted": "联系点情况已知悉",
        "WorkingDaysNoted": "年度工作日安排已知悉",
    },
    "command": {
        "NotePoint": "知悉联系点情况",
        "NoteWorkingDays": "知悉年度工作日安排",
    },
}
