"""What a page says on top after something was done: `?note=<code>` after a redirect.

Only these sentences can be shown, so an address can put no words of its own on a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from services.portal.pages.notes_clues import CLUE_NOTES
from services.portal.pages.notes_duties import DUTY_NOTES
from services.portal.pages.notes_entries import ENTRY_NOTES
from services.portal.pages.notes_erasure import ERASURE_NOTES


@dataclass(frozen=True)
class Note:
    """`kind` is `done`, `info` or `warning`."""

    text: str
    kind: str = "done"


NOTES: Mapping[str, Note] = {
    "decided": Note("处理决定已登记。"),
    "published": Note("公示已发布。"),
    "designated": Note("联系点已确定。"),
    "batch_opened": Note("批次已启动。"),
    "document_brought": Note("材料已上传。"),
    "document_withdrawn": Note("材料已撤回。", "info"),
    "recommended": Note("已确认推荐。"),
    "not_recommended": Note("已登记不予推荐。", "info"),
    "supplement_requested": Note("补正要求已发出，申报单位会在进度页看到。"),
    "supplemented": Note("补正已提交，司法局将重新进行形式审查。"),
    "application_withdrawn": Note("申报已撤回。", "info"),
    "checked": Note("形式审查结果已登记。"),
    "check_recorded": Note("审查项结果已登记，请继续下一项。"),
    "visit_recorded": Note("走访记录已登记。"),
    "talk_recorded": Note("座谈记录已登记。"),
    "opinion_asked": Note("征求意见已发出。"),
    "opinion_answered": Note("答复已登记。"),
    "opinion_taken_back": Note("征求意见已收回，不再等候答复。"),
    "flag_resolved": Note("存疑项的认定已登记。"),
    "recused": Note("回避已登记，您不再参与对该单位的审查。", "info"),
    "recusals_examined": Note("回避情形已核对并登记。"),
    "voted": Note("投票已登记。"),
    "group_appointed": Note("资格审查小组已成立。"),
    "group_changed": Note("资格审查小组已调整。"),
    "interests_declared": Note("利益关系已申报。"),
    "planned": Note("名额计划已登记，对外公布。"),
    "batch_extended": Note("申报截止日期已延长。"),
    "concluded": Note("资格审查结论已登记。"),
    "deliberated": Note("集体研究决定已登记。核对名单后发布公示。"),
    "deliberated_without_list": Note("集体研究决定已登记，本次没有单位列入名单。"),
    "struck_off": Note("取消资格已登记，空出的名额可以由候补单位递补。", "info"),
    "adjourned": Note("延期已登记。改日到会人数足够时再开会研究。", "info"),
    "reserves_closed": Note("候补已结束，候补单位可以申报以后的批次。"),
    "promoted": Note("候补单位已递补。请为该单位发布公示，公示期单独计算。"),
    "notice_corrected": Note("更正已公布，该单位的公示期从明天起重新计算。"),
    "verification_extended": Note("核实期限已延长。"),
    "retired": Note("联系点退出已办理。"),
    "point_changed": Note("变更已登记。"),
    "point_moved": Note("迁移已登记，覆盖情况稍后更新。"),
    "point_merged": Note("合并已登记，退出程序已启动。"),
    "liaison_appointed": Note("联络员已登记。"),
    "plaque_given": Note("授牌已登记。"),
    "plaque_returned": Note("牌匾交还已登记。"),
    "point_suspended": Note("已暂停履职。"),
    "point_resumed": Note("已恢复履职。"),
    "renewal_proposed": Note("续期已提出。"),
    "grade_recorded": Note("考核结果已登记。"),
    "renewal_decided": Note("续期决定已登记。"),
    "point_renewed": Note("续期已办理。"),
    "retirement_opened": Note("退出程序已启动。"),
    "facts_told": Note("事实告知已登记，陈述申辩期限开始计算。"),
    "statement_recorded": Note("陈述申辩已登记。"),
    "statement_waived": Note("放弃陈述申辩已登记。"),
    "retirement_decided": Note("退出决定已登记。"),
    "figures_recorded": Note("区县数据已登记，本页和覆盖情况稍后更新。"),
    "certificate_prefix_set": Note("证书字号已变更，以后确定的联系点按新的字号编号。"),
    "setting_changed": Note("设置已变更，从生效日期起执行。"),
    "working_days_loaded": Note("年度工作日安排已载入，正在计算的期限随后重新计算。"),
    "leader_appointed": Note("分管负责人已登记。"),
    "appointment_ended": Note("任职已结束。", "info"),
    "partner_registered": Note("协作单位已登记。"),
    "partnership_ended": Note("协作关系已结束。", "info"),
    "meeting_recorded": Note("会议已登记。"),
    "task_completed": Note("任务已完成。"),
    "task_extended": Note("任务期限已延长。"),
    "record_corrected": Note("更正已登记，原来的记录保留不变。"),
    "unit_data_corrected": Note("单位资料已更正。"),
    "retried": Note("已安排重试，请稍后查看结果。"),
    "signed_out": Note("已退出登录。", "info"),
    "progress_ended": Note("已结束查看，本机没有留下查询码。", "info"),
    "password_changed": Note("密码已修改，其他设备上的登录已退出。"),
    "role_changed": Note("已切换角色。", "info"),
    "registered": Note("注册成功，已登录。"),
    "signed_out_everywhere": Note("已在所有设备上退出登录。", "info"),
    "session_ended": Note("该设备上的登录已退出。"),
    "totp_on": Note("动态验证码已启用，下次登录时需要输入。"),
    "totp_off": Note("动态验证码已停用。", "info"),
    "draft_saved": Note("已保存，可以随时继续填写。"),
    "draft_discarded": Note("草稿已删除。", "info"),
    "applied": Note("申报已提交。办理进度和结果会显示在本页。"),
    "applied_before": Note(
        "这份申报此前已经提交成功，之后修改的内容没有提交。请核对下面的申报内容。", "warning"
    ),
    "account_opened": Note("账号已开设。请授予角色，没有角色不能办理任何事项。"),
    "account_closed": Note("账号已停用。"),
    "account_reopened": Note("账号已重新启用。"),
    "account_signed_out": Note("该账号的全部登录已退出。"),
    "account_totp_off": Note("该账号的动态验证码已停用。"),
    "password_reset": Note("密码已重置，请把初始密码告知本人。"),
    "role_granted": Note("角色已授予。"),
    "role_revoked": Note("角色已收回。"),
    "identity_bound": Note("统一身份已关联。"),
    "identity_unbound": Note("统一身份关联已解除。"),
    **{
        code: Note(text)
        for code, text in {**CLUE_NOTES, **DUTY_NOTES, **ENTRY_NOTES, **ERASURE_NOTES}.items()
    },
}
"""Code → what is said."""


def asked_note() -> Note | None:
    """The note that the request's address names."""
    return NOTES.get(request.args.get("note", ""))
