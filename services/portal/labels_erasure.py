"""Chinese words for the vocabularies of erasure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.erasure.vocabulary import (
    ErasureGround,
    ErasureScope,
    ErasureStatus,
    LockGround,
)

ERASURE_KINDS: Mapping[str, type[StrEnum]] = {
    "erasure_ground": ErasureGround,
    "erasure_scope": ErasureScope,
    "erasure_status": ErasureStatus,
    "lock_ground": LockGround,
}
"""Name in templates → vocabulary."""

ERASURE_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    ErasureGround: {
        ErasureGround.SUBJECT_ASKS: "本人要求删除",
        ErasureGround.RETENTION_OVER: "保存期限已满",
    },
    ErasureScope: {
        ErasureScope.WHOLE: "全部个人信息",
        ErasureScope.REPORTER: "只删除反映人的姓名和联系方式",
    },
    ErasureStatus: {
        ErasureStatus.ABSENT: "不存在",
        ErasureStatus.REQUESTED: "等待两人批准",
        ErasureStatus.APPROVED: "已有一人批准",
        ErasureStatus.REFUSED: "不予删除",
        ErasureStatus.LOCKED: "已封存",
        ErasureStatus.ERASED: "已删除",
    },
    LockGround: {
        LockGround.KEEPING_BY_LAW: "法定保存期限未满",
        LockGround.PROCEEDINGS: "复议、诉讼等程序需要",
    },
}
