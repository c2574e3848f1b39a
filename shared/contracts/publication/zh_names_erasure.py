"""What erasure is called in Chinese; the same in every service that holds personal data."""

from __future__ import annotations

from collections.abc import Mapping

ERASURE: Mapping[str, Mapping[str, str]] = {
    "event": {
        "ErasureRequested": "已申请删除个人信息",
        "ErasureApproved": "删除个人信息已有一人批准",
        "ErasureRefused": "删除个人信息未获批准",
        "SubjectErased": "个人信息已删除",
        "SubjectLocked": "个人信息已封存",
        "ReadingAllowed": "查阅封存信息已有一人同意",
        "LockedDataOpened": "封存信息已准予查阅",
        "LockEnded": "封存期已满",
    },
    "command": {
        "RequestErasure": "申请删除个人信息",
        "ProposeErasure": "提议删除保存期满的个人信息",
        "ApproveErasure": "批准删除个人信息",
        "RefuseErasure": "不批准删除个人信息",
        "LockSubject": "封存个人信息",
        "AllowReading": "同意查阅封存信息",
        "EndLock": "结束封存",
    },
    "query": {
        "ListErasures": "查询删除申请",
        "ShowErasure": "查看删除申请",
    },
}
