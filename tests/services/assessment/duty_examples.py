"""One well-formed example of each command about duties."""

from __future__ import annotations

import datetime as dt

from services.assessment.domain import funding, publicity, quarterly_report, question
from shared.contracts.assessment import commands
from shared.contracts.assessment.vocabulary.duties import PublicityForm
from tests.services.clues.telling import TODAY, uid

POINT, OTHER_POINT, PUBLICITY, TRAINING, QUESTION = (uid(n) for n in range(101, 106))
ENTRY, SECOND_ENTRY, THIRD_ENTRY = (uid(n) for n in range(111, 114))
REPORT, FUNDING = f"2025q4-{POINT}", f"2026-{POINT}"
DISTRICT = "430211"

RECORD_COMMAND = commands.RecordPublicity(
    publicity_id=PUBLICITY,
    held_on=TODAY,
    form=PublicityForm.LECTURE,
    subject="行政执法监督条例宣讲",
    audience=60,
    account="在社区礼堂讲解如何反映乱收费",
)
RECORD = publicity.Record(RECORD_COMMAND, POINT, DISTRICT)
CONFIRM = commands.ConfirmPublicity(publicity_id=PUBLICITY)
RETURN_PUBLICITY = commands.ReturnPublicity(publicity_id=PUBLICITY, reasons="请补充到场人数")

PLAN = commands.PlanTraining(
    training_id=TRAINING,
    division=DISTRICT,
    title="联系点业务培训",
    planned_on=TODAY,
    place="区司法局会议室",
)
ATTENDANCE = commands.RecordTrainingAttendance(
    training_id=TRAINING, held_on=TODAY, attended=(POINT,), absent=(OTHER_POINT,)
)
CANCEL = commands.CancelTraining(training_id=TRAINING, reasons="讲师有事")

REPORT_COMMAND = commands.HandInReport(report_id=REPORT, text="本季度收集意见三条")
HAND_IN = quarterly_report.HandIn(REPORT_COMMAND, DISTRICT)
RETURN_REPORT = commands.ReturnReport(report_id=REPORT, reasons="请补充办理情况")

ASK_COMMAND = commands.AskBureau(question_id=QUESTION, text="意见箱钥匙由谁保管？")
ASK = question.Ask(ASK_COMMAND, POINT, DISTRICT)
ANSWER = commands.AnswerPointQuestion(question_id=QUESTION, answer="由两人分别保管")

ALLOCATE_COMMAND = commands.AllocateFunding(
    funding_id=FUNDING, entry_id=ENTRY, amount=500_000, reasons="年度工作经费"
)
ALLOCATE = funding.Allocate(ALLOCATE_COMMAND, DISTRICT)
SPEND = commands.SpendFunding(
    funding_id=FUNDING,
    entry_id=SECOND_ENTRY,
    amount=120_000,
    spent_on=dt.date(2026, 2, 10),
    purpose="印制宣传册",
    proof="发票 04300211",
)
TAKE_BACK = commands.TakeBackFunding(
    funding_id=FUNDING, entry_id=THIRD_ENTRY, amount=380_000, reasons="年度调整"
)
