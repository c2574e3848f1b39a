"""What the types about duties of points are called in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

DUTY_EVENTS: Mapping[str, str] = {
    "PublicityRecorded": "宣传活动已登记",
    "PublicityConfirmed": "宣传活动已确认",
    "PublicityReturned": "宣传活动已退回补充",
    "TrainingPlanned": "培训已安排",
    "TrainingAttendanceRecorded": "培训出席情况已登记",
    "TrainingCancelled": "培训已取消",
    "QuarterlyReportHandedIn": "季度报告已报送",
    "QuarterlyReportReturned": "季度报告已退回补充",
    "PointAsked": "联系点已提问",
    "PointQuestionAnswered": "联系点提问已答复",
    "FundingAllocated": "经费已安排",
    "FundingTakenBack": "经费已收回",
    "FundingSpent": "经费支出已登记",
}
DUTY_COMMANDS: Mapping[str, str] = {
    "RecordPublicity": "登记宣传活动",
    "ConfirmPublicity": "确认宣传活动",
    "ReturnPublicity": "退回宣传活动补充",
    "PlanTraining": "安排培训",
    "RecordTrainingAttendance": "登记培训出席情况",
    "CancelTraining": "取消培训",
    "HandInReport": "报送季度报告",
    "ReturnReport": "退回季度报告补充",
    "AskBureau": "向司法局提问",
    "AnswerPointQuestion": "答复联系点提问",
    "AllocateFunding": "安排经费",
    "TakeBackFunding": "收回经费",
    "SpendFunding": "登记经费支出",
}
DUTY_QUERIES: Mapping[str, str] = {
    "ShowDutyRecords": "查看履职记录",
    "ListPublicity": "列出宣传活动",
    "OpenPublicity": "打开宣传活动",
    "ListTrainings": "列出培训",
    "ListQuarterlyReports": "列出季度报告",
    "OpenQuarterlyReport": "打开季度报告",
    "ListPointQuestions": "列出联系点提问",
    "OpenPointQuestion": "打开联系点提问",
    "ShowFunding": "查看经费",
}
