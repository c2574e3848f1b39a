"""What pages of clues and opinions say on top after something was done (see notes.py)."""

from __future__ import annotations

from collections.abc import Mapping

CLUE_NOTES: Mapping[str, str] = {
    "clue_accepted": "线索已受理，请指定承办人。",
    "clue_declined": "不予受理已登记，请在反馈期限内告知反映人。",
    "clue_assigned": "承办人已指定。",
    "officer_recused": "回避已登记。",
    "consent_recorded": "涉及单位的意见已登记。",
    "clue_joined": "已并案，本件随并入的线索一并办结。",
    "clue_referred": "已转办，等候受转单位答复。",
    "referral_refused": "不予接办已登记，由司法局另行处理。",
    "referral_answered": "答复已提交。",
    "answer_incomplete": "已保存，但答复还不完整，请补齐下面列出的部分。",
    "answer_returned": "答复已退回，重新计算答复期限。",
    "referral_withdrawn": "转办已撤回。",
    "verification_started": "核实已开始，请登记核实经过。",
    "step_taken": "核实经过已登记。",
    "clue_verification_extended": "核实期限已延长。",
    "case_extended": "全案办理期限已延长。",
    "verification_paused": "已中止计算期限。",
    "verification_resumed": "已恢复核实，剩余期限从明天起计算。",
    "clue_verified": "核实结论已登记。",
    "outcome_recorded": "处理结果已登记，文书可以在本页打印。",
    "compliance_recorded": "落实情况已登记。",
    "refund_claimed": "主张退还的款项已登记。",
    "refund_verified": "应退的金额已登记。",
    "refund_ordered": "责令退还已登记，付款期限开始计算。",
    "refund_reduced": "责令退还的金额已调减。",
    "refund_paid": "付款已登记。",
    "refund_reversed": "付款已冲销。",
    "clue_closed": "本件已办结，请在反馈期限内反馈。",
    "evidence_attached": "材料已收到，加密保存。",
    "feedback_given": "反馈已登记。",
    "inspection_noted": "检查已登记。",
    "theme_concluded": "共性问题的处理措施已登记。",
    "proposal_step_taken": "办理进展已登记。",
    "proposal_completed": "落实情况已登记，请告知意见的提出人。",
    "proposal_dropped": "改进建议已终止，请告知意见的提出人。",
    "proposal_told_back": "已登记告知意见的提出人。",
}
"""Code → what is said."""
