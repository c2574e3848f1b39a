"""Chinese words for the registry's vocabularies; industries and sizes are shared/reference's."""

from __future__ import annotations

from shared.contracts.roles import Role

ROLES = {
    Role.APPLICANT: "申报单位",
    Role.OFFICER: "经办人员",
    Role.REVIEWER: "资格审查小组成员",
    Role.LEADER: "负责人",
    Role.AUDITOR: "审计人员",
    Role.OPERATOR: "运维人员",
    Role.ADMINISTRATOR: "系统管理员",
    Role.POINT: "联系点",
    Role.ENFORCEMENT_BODY: "行政执法机关",
    Role.PARTNER: "协作单位",
}

CHANNELS = {"recommended": "推荐", "self_nominated": "自荐"}

STATUSES = {
    "submitted": "已申报",
    "under_review": "审查中",
    "qualified": "审查合格",
    "not_qualified": "审查不合格",
    "listed": "列入名单",
    "on_notice": "公示中",
    "designated": "确定为联系点",
    "rejected": "淘汰",
}

STAGES = {"formal_check": "形式审查", "review": "资格审查", "notice": "公示"}

GROUNDS = {
    "ineligible_unit": "不属于申报范围",
    "documents_incomplete": "材料不齐",
    "penalty_within_year": "一年内受过行政处罚",
    "serious_illegality": "严重违法",
    "dishonest_debtor": "列入失信被执行人名单",
    "wage_arrears": "拖欠工资",
    "tax_arrears": "拖欠税款",
    "political_direction": "政治方向不符",
    "weak_governance": "依法治理能力不足",
    "objection_sustained": "异议成立",
}

OUTCOMES = {"sustained": "异议成立", "overruled": "异议不成立", None: "核实中"}

EVENTS = {
    "DistrictFiguresRecorded": "登记区县数据",
    "BatchOpened": "开启批次",
    "DeliberationRecorded": "集体研究",
    "PlaceFreed": "名额退回",
    "ApplicationSubmitted": "提交申报",
    "FormalCheckPassed": "形式审查通过",
    "ReviewCheckRecorded": "登记审查事项",
    "ReviewConcluded": "审查结论",
    "ApplicationRejected": "不予列入",
    "ApplicationListed": "列入名单",
    "ApplicationPutOnNotice": "进入公示",
    "ApplicationDesignated": "申报办结",
    "NoticePublished": "发布公示",
    "NoticeObjected": "提出异议",
    "ObjectionDecided": "异议处理",
    "UnitsDesignated": "公示单位确定",
    "PointDesignated": "确定联系点",
    "PointRetired": "联系点退出",
}
