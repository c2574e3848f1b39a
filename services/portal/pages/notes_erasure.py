"""What pages of erasure say on top after something was done (see notes.py)."""

from __future__ import annotations

from collections.abc import Mapping

ERASURE_NOTES: Mapping[str, str] = {
    "erasure_requested": "删除申请已提交，须由两名负责人分别批准。",
    "erasure_approved": "已批准。两人都批准以后，密钥随即销毁。",
    "erasure_refused": "不予删除的决定已登记，请告知申请人。",
    "subject_locked": "已封存：信息只保存、不使用。",
    "reading_allowed": "已同意查阅。两名负责人都同意以后，这两人在二十四小时内可以查阅。",
}
"""Code → what is said."""
