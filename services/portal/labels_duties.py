"""Chinese words for the vocabularies of points' duties."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.assessment.vocabulary.duties import (
    DutyKind,
    FundingStatus,
    PointQuestionStatus,
    PublicityForm,
    PublicityStatus,
    ReportStatus,
    TrainingStatus,
)

DUTY_KINDS: Mapping[str, type[StrEnum]] = {
    "duty_kind": DutyKind,
    "funding_status": FundingStatus,
    "point_question_status": PointQuestionStatus,
    "publicity_form": PublicityForm,
    "publicity_status": PublicityStatus,
    "report_status": ReportStatus,
    "training_status": TrainingStatus,
}
"""Name in templates → vocabulary."""

DUTY_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    DutyKind: {
        DutyKind.OPINION_PASSED_ON: "转达意见建议",
        DutyKind.CLUE_REPORTED: "反映问题线索",
        DutyKind.OPINION_ADOPTED: "意见建议被采纳",
        DutyKind.OPINION_EXPLAINED: "意见建议已解释说明",
        DutyKind.CLUE_SUBSTANTIATED: "反映的问题属实或者部分属实",
        DutyKind.CLUE_UNSUBSTANTIATED: "反映的问题未查实",
        DutyKind.FEEDBACK_RELAYED: "向反映人反馈结果",
        DutyKind.BOX_EMPTIED: "意见箱开箱",
        DutyKind.SYMPOSIUM_HELD: "召开座谈会",
        DutyKind.ACTIVITY_INVITED: "受邀参加监督活动",
        DutyKind.ACTIVITY_ATTENDED: "参加监督活动",
        DutyKind.ACTIVITY_MISSED: "应到未到监督活动",
        DutyKind.ACTIVITY_DECLINED: "谢绝参加监督活动",
        DutyKind.BODY_RATED: "评议行政执法机关",
        DutyKind.PUBLICITY_CONFIRMED: "开展宣传",
        DutyKind.TRAINING_ATTENDED: "参加培训",
        DutyKind.TRAINING_MISSED: "应到未到培训",
        DutyKind.QUARTERLY_REPORT: "报送季度报告",
        DutyKind.WARNED: "受到提醒",
        DutyKind.SUSPENDED: "暂停履职",
    },
    FundingStatus: {FundingStatus.ABSENT: "不存在", FundingStatus.OPEN: "已安排"},
    PointQuestionStatus: {
        PointQuestionStatus.ABSENT: "不存在",
        PointQuestionStatus.ASKED: "待答复",
        PointQuestionStatus.ANSWERED: "已答复",
    },
    PublicityForm: {
        PublicityForm.LECTURE: "宣讲",
        PublicityForm.LEAFLETS: "发放资料",
        PublicityForm.NOTICE_BOARD: "宣传栏",
        PublicityForm.ONLINE: "网络宣传",
        PublicityForm.CONSULTATION: "现场咨询",
        PublicityForm.OTHER: "其他",
    },
    PublicityStatus: {
        PublicityStatus.ABSENT: "不存在",
        PublicityStatus.RECORDED: "待确认",
        PublicityStatus.RETURNED: "已退回补充",
        PublicityStatus.CONFIRMED: "已确认",
    },
    ReportStatus: {
        ReportStatus.ABSENT: "不存在",
        ReportStatus.HANDED_IN: "已报送",
        ReportStatus.RETURNED: "已退回补充",
    },
    TrainingStatus: {
        TrainingStatus.ABSENT: "不存在",
        TrainingStatus.PLANNED: "已安排",
        TrainingStatus.HELD: "已举办",
        TrainingStatus.CANCELLED: "已取消",
    },
}
