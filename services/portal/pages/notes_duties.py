"""What pages of points' duties say on top after something was done (see notes.py)."""

from __future__ import annotations

from collections.abc import Mapping

DUTY_NOTES: Mapping[str, str] = {
    "publicity_recorded": "宣传活动已提交，等候司法局确认。",
    "publicity_confirmed": "宣传活动已确认，计入该联系点的履职记录。",
    "publicity_returned": "宣传活动已退回，等候联系点补充。",
    "training_planned": "培训已安排。",
    "training_held": "培训出席情况已登记。",
    "training_cancelled": "培训已取消。",
    "report_handed_in": "季度报告已报送。",
    "report_returned": "季度报告已退回，等候联系点补充。",
    "bureau_asked": "问题已提交，司法局会在期限内答复。",
    "point_question_answered": "提问已答复。",
    "funding_allocated": "经费已安排。",
    "funding_taken_back": "经费已收回。",
    "funding_spent": "经费支出已登记。",
}
