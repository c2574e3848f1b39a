"""The fields of erasure by their Chinese names, beside those that other events have too."""

from __future__ import annotations

from collections.abc import Mapping

ERASURE_FIELDS: Mapping[str, str] = {
    "allowed_by": "同意人",
    "approved_by": "批准人",
    "erasure_id": "删除申请编号",
    "hours": "可以查阅的小时数",
    "locked_by": "封存人",
    "locked_until": "封存至",
    "purpose": "用途",
    "readers": "可以查阅的人",
    "refused_by": "决定人",
    "requested_by": "申请人",
    "scope": "删除的范围",
    "subjects": "涉及的信息主体",
}
