"""Fields that an event calls by a word of its own, as the general one would mislead."""

from __future__ import annotations

from collections.abc import Mapping

_PARTICIPANTS = "参加人员"

OWN_FIELDS: Mapping[str, Mapping[str, str]] = {
    "ErasureRequested": {"ground": "删除的理由", "reason": "申请的经过"},
    "SubjectLocked": {"ground": "封存的理由"},
    "DocumentAttached": {"size": "文件大小"},
    "EvidenceAttached": {"size": "文件大小"},
    "PoliticalDirectionRecorded": {"minutes": "谈话记录"},
    "VisitRecorded": {"held_on": "走访日期", "participants": _PARTICIPANTS, "minutes": "走访记录"},
    "TalkRecorded": {"held_on": "座谈日期", "participants": _PARTICIPANTS, "minutes": "座谈记录"},
    "QuestionAsked": {"text": "提问内容"},
    "QuestionAnswered": {"text": "回复内容", "late": "是否逾期回复"},
    "InformationAdded": {"text": "补充内容"},
    "NoteKept": {"text": "备注内容"},
    "FollowUpRecorded": {"number": "第几次回访", "means": "回访方式", "text": "回访情况"},
    "FlagResolved": {"check": "存疑的审查项", "resolution": "认定", "reasons": "认定的理由"},
    "VoteCast": {"member_id": "投票人", "in_favour": "是否赞成认定为符合条件"},
}
"""Event → field → its name."""
