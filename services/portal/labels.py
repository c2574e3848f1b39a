"""Chinese words for every closed vocabulary that pages show; the glossary's where it has one.

In templates: `{{ row.status | label("status") }}`, and `{{ label_choices("size") }}` for forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    DocumentKind,
    Finding,
    FlagResolution,
    Grade,
    IndustryGroup,
    LimitName,
    Measure,
    ObjectionOutcome,
    OpinionSource,
    OpinionView,
    PartyOrganisation,
    PointDetail,
    PointStanding,
    Recommendation,
    RecusalGround,
    RejectionGround,
    RejectionStage,
    RenewalStatus,
    Resolution,
    RetirementGround,
    RetirementStatus,
    Size,
    TaskKind,
    TellingMeans,
    Trade,
    UnitKind,
)
from shared.contracts.roles import Role
from shared.reference import enterprise_size, industry

KINDS: Mapping[str, type[StrEnum]] = {
    "unit_kind": UnitKind,
    "industry_group": IndustryGroup,
    "size": Size,
    "trade": Trade,
    "channel": Channel,
    "recommendation": Recommendation,
    "status": ApplicationStatus,
    "check": Check,
    "finding": Finding,
    "conclusion": Conclusion,
    "document_kind": DocumentKind,
    "rejection_stage": RejectionStage,
    "rejection_ground": RejectionGround,
    "objection_outcome": ObjectionOutcome,
    "retirement_ground": RetirementGround,
    "measure": Measure,
    "limit_name": LimitName,
    "task_kind": TaskKind,
    "point_standing": PointStanding,
    "point_detail": PointDetail,
    "grade": Grade,
    "renewal_status": RenewalStatus,
    "retirement_status": RetirementStatus,
    "resolution": Resolution,
    "telling_means": TellingMeans,
    "recusal_ground": RecusalGround,
    "flag_resolution": FlagResolution,
    "party_organisation": PartyOrganisation,
    "opinion_source": OpinionSource,
    "opinion_view": OpinionView,
    "role": Role,
}

_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    UnitKind: {
        UnitKind.ENTERPRISE: "企业",
        UnitKind.INDIVIDUAL_BUSINESS: "个体工商户",
        UnitKind.VILLAGE_COMMUNITY: "村（社区）",
        UnitKind.CHAMBER: "商（协）会组织",
    },
    IndustryGroup: {group: industry.GROUPS[group] for group in IndustryGroup},
    Size: {size: enterprise_size.SIZES[size] for size in Size},
    Trade: {
        Trade.INDUSTRY: "工业",
        Trade.RETAIL: "零售业",
        Trade.HOTEL_CATERING: "住宿和餐饮业",
        Trade.STORAGE: "仓储业",
        Trade.TRANSPORT: "交通运输业",
        Trade.CONSTRUCTION: "建筑业",
    },
    Recommendation: {
        Recommendation.NOT_NEEDED: "不需要",
        Recommendation.AWAITED: "待推荐单位确认",
        Recommendation.CONFIRMED: "推荐单位已确认",
        Recommendation.DECLINED: "推荐单位不予推荐",
    },
    Channel: {Channel.RECOMMENDED: "推荐", Channel.SELF_NOMINATED: "自荐"},
    ApplicationStatus: {
        ApplicationStatus.ABSENT: "尚未申报",
        ApplicationStatus.SUBMITTED: "待形式审查",
        ApplicationStatus.SUPPLEMENTING: "待补正",
        ApplicationStatus.WITHDRAWN: "已撤回",
        ApplicationStatus.LAPSED: "逾期未补正已失效",
        ApplicationStatus.UNDER_REVIEW: "资格审查中",
        ApplicationStatus.QUALIFIED: "审查合格",
        ApplicationStatus.LISTED: "已列入名单",
        ApplicationStatus.RESERVE: "候补",
        ApplicationStatus.LEFT_OUT: "未列入名单",
        ApplicationStatus.ON_NOTICE: "公示中",
        ApplicationStatus.DESIGNATED: "已确定为联系点",
        ApplicationStatus.REJECTED: "未通过",
    },
    Check: {
        Check.BUSINESS_LICENCE: "营业执照",
        Check.TAX_REGISTRATION: "税务登记",
        Check.VIOLATIONS_AND_PENALTIES: "违法和处罚记录",
        Check.TAX_ARREARS: "欠税",
        Check.WAGE_ARREARS: "拖欠工资",
        Check.DISHONEST_DEBTOR_LIST: "失信被执行人名单",
        Check.POLITICAL_DIRECTION: "党组织意见和谈话（政治方向）",
        Check.STREET_OPINION: "街道（社区）意见",
        Check.ENFORCEMENT_BODY_OPINION: "行政执法机关意见",
        Check.GOVERNANCE_ABILITY: "治理能力",
    },
    Finding: {Finding.PASSED: "合格", Finding.FLAGGED: "存疑", Finding.FAILED: "不合格"},
    Conclusion: {Conclusion.QUALIFIED: "符合条件", Conclusion.NOT_QUALIFIED: "不符合条件"},
    DocumentKind: {
        DocumentKind.BUSINESS_LICENCE: "营业执照",
        DocumentKind.TAX_REGISTRATION: "税务登记证件",
        DocumentKind.RECOMMENDATION_FORM: "推荐表",
        DocumentKind.COMMITMENT: "承诺书",
        DocumentKind.GOVERNANCE_RULES: "自律公约（村规民约）",
        DocumentKind.OTHER: "其他申报材料",
        DocumentKind.REVIEW_EVIDENCE: "审查佐证材料",
        DocumentKind.VISIT_RECORD: "走访、座谈记录",
        DocumentKind.OPINION_ANSWER: "征求意见回复",
        DocumentKind.OBJECTION_EVIDENCE: "异议核实材料",
    },
    RejectionStage: {
        RejectionStage.FORMAL_CHECK: "形式审查",
        RejectionStage.REVIEW: "资格审查",
        RejectionStage.NOTICE: "公示",
    },
    RejectionGround: {
        RejectionGround.INELIGIBLE_UNIT: "不属于申报范围",
        RejectionGround.DOCUMENTS_INCOMPLETE: "材料不齐",
        RejectionGround.NOT_RECOMMENDED: "推荐单位不予推荐",
        RejectionGround.PENALTY_WITHIN_YEAR: "一年内受过行政处罚",
        RejectionGround.SERIOUS_ILLEGALITY: "严重违法",
        RejectionGround.DISHONEST_DEBTOR: "列入失信被执行人名单",
        RejectionGround.WAGE_ARREARS: "拖欠工资",
        RejectionGround.TAX_ARREARS: "欠税",
        RejectionGround.POLITICAL_DIRECTION: "政治方向不符",
        RejectionGround.WEAK_GOVERNANCE: "治理能力不足",
        RejectionGround.OBJECTION_SUSTAINED: "异议成立",
    },
    ObjectionOutcome: {
        ObjectionOutcome.SUSTAINED: "异议成立",
        ObjectionOutcome.OVERRULED: "异议不成立",
    },
    RetirementGround: {
        RetirementGround.DISHONEST_DEBTOR: "列入失信被执行人名单",
        RetirementGround.SERIOUS_ILLEGALITY: "严重违法",
        RetirementGround.LEAKING: "泄露秘密或者他人信息",
        RetirementGround.ABUSING_TITLE: "滥用联系点名义",
        RetirementGround.FALSE_PAPERS: "提供虚假材料",
        RetirementGround.INVENTED_CLUE: "故意捏造线索",
        RetirementGround.WOUND_UP: "单位注销或者停业",
        RetirementGround.OWN_WISH: "自愿退出",
        RetirementGround.TERM_OVER: "管理期限届满",
        RetirementGround.INACTIVE_YEAR: "一年未履职",
        RetirementGround.NO_LONGER_QUALIFIED: "不再符合条件",
    },
    Measure: {
        Measure.STAFF: "从业人员（人）",
        Measure.REVENUE_WAN: "年营业收入（万元）",
        Measure.ASSETS_WAN: "资产总额（万元）",
    },
    LimitName: {
        LimitName.OPINION: "征求意见答复",
        LimitName.OBJECTION_VERIFICATION: "异议核实",
        LimitName.MEETING_TASK: "会议交办事项",
        LimitName.TERM_REMINDER: "期满提醒",
        LimitName.TERM_END: "管理期限",
        LimitName.STATEMENT: "陈述申辩期限",
        LimitName.PLAQUE_RETURN: "交回牌匾期限",
    },
    PointStanding: {
        PointStanding.ACTIVE: "正在履职",
        PointStanding.SUSPENDED: "暂停履职",
        PointStanding.TERM_OVER: "管理期限已满",
        PointStanding.RETIRED: "已退出",
    },
    PointDetail: {
        PointDetail.UNIT_NAME: "单位名称",
        PointDetail.ADDRESS: "地址",
        PointDetail.CONTACT_NAME: "联系人",
        PointDetail.CONTACT_PHONE: "联系电话",
    },
    Grade: {Grade.EXCELLENT: "优秀", Grade.COMPETENT: "合格", Grade.INCOMPETENT: "不合格"},
    RenewalStatus: {
        RenewalStatus.ABSENT: "尚未提出",
        RenewalStatus.PROPOSED: "已提出",
        RenewalStatus.AGREED: "同意续期",
        RenewalStatus.DECLINED: "不同意续期",
        RenewalStatus.RENEWED: "已续期",
        RenewalStatus.LAPSED: "因退出终止",
    },
    RetirementStatus: {
        RetirementStatus.ABSENT: "尚未启动",
        RetirementStatus.OPENED: "已启动",
        RetirementStatus.FACTS_TOLD: "已告知事实",
        RetirementStatus.HEARD: "已听取陈述",
        RetirementStatus.TO_RETIRE: "决定退出",
        RetirementStatus.KEPT: "决定保留",
        RetirementStatus.RETIRED: "已退出",
    },
    Resolution: {Resolution.RETIRE: "退出", Resolution.KEEP: "保留"},
    TellingMeans: {
        TellingMeans.IN_PERSON: "当面告知",
        TellingMeans.BY_POST: "邮寄送达",
        TellingMeans.ELECTRONICALLY: "电子送达",
        TellingMeans.BY_ANNOUNCEMENT: "公告送达",
    },
    TaskKind: {
        TaskKind.FORMAL_CHECK: "形式审查",
        TaskKind.REVIEW: "资格审查",
        TaskKind.DELIBERATION: "集体研究",
        TaskKind.NOTICE: "发布公示",
        TaskKind.OBJECTION: "处理异议",
        TaskKind.DESIGNATION: "确定联系点",
    },
    RecusalGround: {
        RecusalGround.SELF_DECLARED: "本人申请回避",
        RecusalGround.SAME_UNIT: "在申报单位任职",
        RecusalGround.RECOMMENDER: "在推荐单位任职",
        RecusalGround.COMPETITOR: "与申报单位存在竞争关系",
    },
    FlagResolution: {
        FlagResolution.CLEARED: "不影响资格",
        FlagResolution.UPHELD: "问题成立",
    },
    PartyOrganisation: {
        PartyOrganisation.NONE: "未建立党组织",
        PartyOrganisation.JOINT_BRANCH: "联合党支部",
        PartyOrganisation.BRANCH: "党支部",
        PartyOrganisation.GENERAL_BRANCH: "党总支",
        PartyOrganisation.COMMITTEE: "党委",
    },
    OpinionSource: {
        OpinionSource.STREET: "街道（社区）",
        OpinionSource.ENFORCEMENT_BODY: "行政执法机关",
    },
    OpinionView: {
        OpinionView.SUPPORTS: "支持",
        OpinionView.NO_OBJECTION: "无不同意见",
        OpinionView.CONCERNS: "有顾虑",
        OpinionView.OPPOSES: "不同意",
    },
    Role: {
        Role.APPLICANT: "申报单位",
        Role.POINT: "联系点",
        Role.OFFICER: "经办人员",
        Role.REVIEWER: "资格审查小组成员",
        Role.LEADER: "负责人",
        Role.ENFORCEMENT_BODY: "行政执法机关",
        Role.PARTNER: "协作单位",
        Role.AUDITOR: "审计人员",
        Role.OPERATOR: "运维人员",
        Role.ADMINISTRATOR: "系统管理员",
        Role.PUBLIC: "公众",
        Role.SYSTEM: "系统",
    },
}


def label(value: str | None, kind: str) -> str:
    """The word for a value of a kind, "—" for none.

    Raises KeyError for a kind and ValueError for a value that are none of ours.
    """
    if value is None:
        return "—"
    vocabulary = KINDS[kind]
    return _LABELS[vocabulary][vocabulary(value)]


def label_choices(kind: str) -> list[tuple[str, str]]:
    """`(value, word)` of a kind, in its vocabulary's order, for radio buttons and selects."""
    return [(str(value), _LABELS[KINDS[kind]][value]) for value in KINDS[kind]]
