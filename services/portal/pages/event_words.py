"""What an event says, as people read it: fields by their Chinese names, codes by their words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from services.portal.labels import KINDS, label
from services.portal.pages.event_words_clues import CLUE_FIELDS
from services.portal.pages.event_words_duties import DUTY_FIELDS
from services.portal.pages.event_words_erasure import ERASURE_FIELDS
from services.portal.pages.event_words_own import OWN_FIELDS
from services.portal.pages.files import file_kind, file_size
from services.portal.pages.layout import division_name
from services.portal.pages.wording import zh_date, zh_number, zh_time
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.fields import Day, Flag, Moment, OneOf, Whole
from shared.contracts.media import MediaType
from shared.contracts.message import Part

FIELDS: Mapping[str, str] = {
    **CLUE_FIELDS,
    **DUTY_FIELDS,
    **ERASURE_FIELDS,
    "about": "对象编号",
    "account_id": "账号编号",
    "address": "地址",
    "agreed": "是否同意续期",
    "anonymous": "是否匿名",
    "answer": "补正说明",
    "answered_on": "答复日期",
    "application_id": "申报编号",
    "application_ids": "申报编号",
    "appointment_id": "任职编号",
    "assets_wan": "资产总额（万元）",
    "batch_id": "批次编号",
    "bodies": "任职或代表的单位",
    "body": "被征求意见的单位",
    "body_unit": "被征求意见单位的账号单位",
    "by_body": "是否本单位答复",
    "certificate_number": "证书编号",
    "chair": "组长",
    "changed_by": "登记人",
    "changed_on": "变更日期",
    "channel": "申报渠道",
    "check": "审查项",
    "check_limit": "形式审查期限",
    "closes_on": "申报截止日期",
    "completed_on": "完成日期",
    "conclusion": "结论",
    "contact_name": "联系人姓名",
    "contact_phone": "联系电话",
    "corrected": "更正的事项",
    "corrected_on": "更正日期",
    "correction": "更正内容",
    "corrects": "更正说明",
    "counted_from": "起算日期",
    "credit_code": "统一社会信用代码",
    "day": "日期",
    "days_left": "剩余天数",
    "deliberation_id": "集体研究编号",
    "departure": "离开方式",
    "designated_on": "确定日期",
    "details": "变更的事项",
    "deviates": "是否未按候补顺序",
    "display_name": "姓名",
    "district": "利害关系所在区县",
    "districts": "区县名额",
    "division": "行政区划",
    "document": "材料编号",
    "document_id": "材料编号",
    "documents": "材料编号",
    "due": "期限",
    "due_on": "截止日期",
    "duties": "职责",
    "effective_from": "生效日期",
    "employer_code": "任职单位信用代码",
    "employer_name": "任职单位",
    "ended_on": "结束日期",
    "evidence": "依据",
    "graded_on": "登记考核结果之日",
    "facts": "事实",
    "facts_hold": "事实是否成立",
    "figures": "区县数据",
    "file_name": "文件名",
    "filed_by": "申报账号",
    "filed_on": "申报日期",
    "finding": "结果",
    "first_day": "开始日期",
    "from_division": "原行政区划",
    "given_on": "授牌日期",
    "grade": "考核等次",
    "grant_id": "授权编号",
    "ground": "退出情形",
    "grounds": "原因",
    "groups": "行业名额",
    "qualified_on": "审查通过日期",
    "held_on": "会议日期",
    "in_favour": "是否赞成",
    "industry_group": "行业",
    "industry_section": "行业门类",
    "interviewed": "谈话对象",
    "interviewed_on": "谈话日期",
    "into_point_id": "并入的联系点编号",
    "issuer": "认证服务地址",
    "kind": "种类",
    "large": "大型下限",
    "last_day": "截止日期",
    "late": "是否逾期",
    "leader_name": "负责人姓名",
    "least": "最低名额",
    "left_out": "未列入名单的申报",
    "liaison_name": "联络员姓名",
    "liaison_phone": "联络员电话",
    "left_on": "离开日期",
    "limit": "期限",
    "limits": "划分标准",
    "listed": "拟定名单",
    "login": "登录名",
    "made_on": "陈述日期",
    "market_entities": "经营主体数",
    "means": "告知方式",
    "measure": "指标",
    "media_type": "文件类型",
    "mediation": "矛盾调解",
    "medium": "中型下限",
    "meeting_id": "会议编号",
    "member_id": "成员",
    "member_ids": "成员",
    "members": "应到人数",
    "merged_on": "合并日期",
    "undone_on": "撤销合并日期",
    "merged_point_id": "被并入的联系点编号",
    "method": "分配方法",
    "minutes": "会议纪要",
    "missing": "需要补正的内容",
    "moved_on": "迁移日期",
    "must_change": "须修改密码",
    "name": "名称",
    "next_on": "下次提醒日期",
    "noticed_unit": "公示的单位信息",
    "notice_id": "公示编号",
    "number": "届次",
    "objection_id": "异议编号",
    "off": "放假调休日",
    "office": "职务",
    "opened_on": "启动日期",
    "opens_on": "申报开始日期",
    "opinion_id": "征求意见编号",
    "outcome": "处理决定",
    "output_percent": "经济总量占比",
    "output_wan": "经济总量（万元）",
    "oversight": "成员监督",
    "owner": "责任单位",
    "participants": "参加人",
    "partner_id": "协作单位编号",
    "party_organisation": "党组织",
    "password_hash": "密码（散列）",
    "penalised_on": "最近一次受处罚的日期",
    "places": "名额",
    "plaque_number": "牌匾编号",
    "point_id": "联系点编号",
    "prefix": "证书字号",
    "present": "实到人数",
    "proposal": "测算方案",
    "proposed_on": "提出日期",
    "provisional": "是否暂定",
    "published_on": "发布日期",
    "rank": "候补顺序",
    "ranked": "推荐排序",
    "reason": "理由",
    "reasons": "理由",
    "receipt_code": "异议查询码",
    "recommender": "推荐单位",
    "recovery_hashes": "恢复码（散列）",
    "recused": "应当回避的成员",
    "registered": "是否本人注册",
    "registered_on": "登记日期",
    "reminders": "期满提醒",
    "renewal_id": "续期编号",
    "reserves": "候补申报",
    "resolution": "处理意见",
    "result": "办理结果",
    "resumed_on": "恢复日期",
    "retired_on": "退出日期",
    "retirement_id": "退出程序编号",
    "returned_on": "交回日期",
    "revenue_wan": "年营业收入（万元）",
    "reviewer_id": "审查人",
    "right": "正确内容",
    "role": "角色",
    "secret": "动态验证码密钥",
    "self_discipline": "自律规范",
    "serial": "序号",
    "sha256": "文件摘要",
    "since": "开始日期",
    "size": "规模",
    "sizes": "规模名额",
    "small": "小型下限",
    "source": "依据文件",
    "staff": "从业人员",
    "stage": "阶段",
    "statement": "陈述申辩",
    "stream": "事件流",
    "subject": "统一身份编号",
    "suspended_on": "暂停日期",
    "talk_id": "座谈编号",
    "task_id": "会议任务编号",
    "term_ends_on": "管理期限至",
    "taken_back_on": "收回日期",
    "text": "正文",
    "title": "名称",
    "told_on": "告知日期",
    "trade": "划型行业",
    "unit": "代表的单位",
    "unit_kind": "单位类型",
    "unit_name": "单位名称",
    "units": "公示单位",
    "value": "数值",
    "version": "事件版本",
    "view": "意见",
    "visit_id": "走访编号",
    "votes_against": "反对票",
    "votes_for": "赞成票",
    "waived_on": "放弃日期",
    "weighting": "分配依据",
    "what": "任务内容",
    "withdrawn_on": "撤回日期",
    "worked": "调休上班日",
    "working_days": "工作日数",
    "wrong": "原来的错误",
    "year": "年份",
}
"""Field → its name. Every field of every event has one (tests/portal/pages/test_words.py)."""


def field_word(event_type: str, name: str) -> str:
    """What a field of an event is called; the field's own name for one of an older version."""
    return OWN_FIELDS.get(event_type, {}).get(name) or FIELDS.get(name, name)


_KIND_OF = {vocabulary: kind for kind, vocabulary in KINDS.items()}


def rows_of(source: str, event_type: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """`(field, what it says)` of an event's values, in the order of its schema; none for null.

    Ids are left out: a reader of one case knows what it is about.
    """
    known = CATALOGUE[source].events.find(event_type).schema.fields
    ordered = sorted(values, key=[*known, *values].index)
    return [
        (field_word(event_type, name), value_text(name, known.get(name), values[name]))
        for name in ordered
        if values[name] is not None and not name.endswith("_id")
    ]


def value_text(name: str, field: fields.Field[Any] | None, value: Any) -> str:
    """A value of a field in words; "—" for none. Items of a list of records have a line each."""
    if value is None:
        return "—"
    if isinstance(value, list):
        inner = field.inner if isinstance(field, fields.List) else None
        told = [value_text(name, inner, item) for item in value]
        return ("\n" if any(isinstance(item, dict) for item in value) else "、").join(told) or "—"
    if isinstance(value, dict):
        known = field.inner.fields if isinstance(field, Part) else {}
        return "，".join(
            f"{FIELDS.get(each, each)} {value_text(each, known.get(each), its)}"
            for each, its in value.items()
        )
    return _plain(name, field, value)


def _plain(name: str, field: fields.Field[Any] | None, value: Any) -> str:
    match field:
        case OneOf() if field.vocabulary is MediaType:
            return file_kind(value)
        case OneOf() if field.vocabulary in _KIND_OF:
            return label(value, _KIND_OF[field.vocabulary])
        case Flag():
            return "是" if value else "否"
        case Day():
            return zh_date(value)
        case Moment():
            return zh_time(value)
        case Whole() if name == "size":
            return file_size(value)
        case Whole() if name != "year":
            return zh_number(value)
    if name == "division":
        return f"{division_name(value)}（{value}）"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
