"""What is said on top after something was told, collected or taken in (see notes.py)."""

from __future__ import annotations

from collections.abc import Mapping

ENTRY_NOTES: Mapping[str, str] = {
    "clue_filed": "线索已收到，司法局将在期限内决定是否受理。",
    "opinion_filed": "意见已收到，司法局将在期限内答复。",
    "feedback_relayed": "转告已登记。请在十五天内登记反映人的评价。",
    "satisfaction_rated": "评价已登记。",
    "retaliation_flagged": "已另立紧急线索专门办理。",
    "answer_relayed": "转告已登记。",
    "opinion_answered_back": "答复已登记。",
    "opinion_recused": "回避已登记。",
    "opinion_became_clue": "已转为问题线索，按线索办理。",
    "rated_by_reporter": "评价已提交。",
    "flagged_by_reporter": "已经告诉司法局，另立一件紧急线索专门办理。",
    "box_placed": "意见箱已登记，位置和联系方式对外公布。",
    "box_emptied": "开箱已登记，每一条都已单独登记。",
    "box_removed": "意见箱已撤除。",
    "symposium_scheduled": "座谈会已安排。",
    "symposium_held": "座谈会记录已登记，每一条都已单独登记。",
    "symposium_cancelled": "座谈会已取消。",
    "hotline_imported": "热线工单已导入。",
    "hotline_known": "这些工单以前都已导入，没有新增。",
    "baseline_recorded": "往年总数已登记。",
}
"""Code → what is said."""
