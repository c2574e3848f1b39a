"""One well-formed example of each command and event, for tests to vary."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from services.registry.domain import (
    application,
    asking_opinions,
    batch,
    deliberation,
    examining,
    leaving,
    notice,
    point,
)
from services.registry.domain.corrections import Correct
from services.registry.domain.recusal import Panel
from services.registry.domain.unit_correction import CorrectData
from shared.contracts.limits import TimeLimit
from shared.contracts.media import MediaType
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Departure,
    DocumentKind,
    Finding,
    FlagResolution,
    IndustryGroup,
    LimitName,
    Measure,
    ObjectionOutcome,
    OpinionSource,
    OpinionView,
    PartnerKind,
    PartyOrganisation,
    RejectionGround,
    RejectionStage,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)
from shared.reference.credit_code import complete
from tests.services.erasure import examples as erasing
from tests.services.registry.point_examples import POINT_COMMANDS
from tests.services.registry.telling import uid

BATCH, APPLICATION, NOTICE, OBJECTION, POINT, DELIBERATION = (uid(n) for n in range(1, 7))
DAY = dt.date(2026, 3, 2)
CREDIT_CODE = complete("91430211MA4L1ABC2")

OPEN_BATCH = commands.OpenBatch(
    batch_id=BATCH,
    division="430200",
    title="首批行政执法监督联系点",
    places=2,
    opens_on=DAY,
    closes_on=DAY + dt.timedelta(days=30),
)
PLAN = commands.PlanBatch(
    batch_id=BATCH,
    districts=(
        events.DistrictPlaces(division="430211", places=1),
        events.DistrictPlaces(division="430203", places=1),
    ),
    groups=(events.GroupPlaces(industry_group=IndustryGroup.MANUFACTURING, places=2),),
    sizes=(),
    proposal=None,
    reason=None,
)
PLANNED = batch.PlanPlaces(PLAN, None)
PLANNED_AGAIN = replace(PLANNED, command=replace(PLAN, reason="区划调整"))
EXTEND = commands.ExtendBatch(
    batch_id=BATCH, closes_on=DAY + dt.timedelta(days=40), reason="申报单位较少"
)
RANKING = batch.RecordRanking(DELIBERATION, (APPLICATION,))
SUBMIT = commands.SubmitApplication(
    application_id=APPLICATION,
    batch_id=BATCH,
    channel=Channel.SELF_NOMINATED,
    recommender=None,
    unit_kind=UnitKind.ENTERPRISE,
    division="430211",
    industry_section="C",
    trade=Trade.INDUSTRY,
    staff=1200,
    revenue_wan=50_000,
    assets_wan=None,
    declared_size=None,
    unit_name="晨光机械有限公司",
    credit_code=CREDIT_CODE,
    address="天元区工业路8号",
    contact_name="李一",
    contact_phone="13900001234",
)
SUBMITTED = application.Submit(SUBMIT, IndustryGroup.MANUFACTURING, Size.LARGE)
SUBMIT_RECOMMENDED = replace(SUBMIT, channel=Channel.RECOMMENDED, recommender="市工商联")
CONFIRM_RECOMMENDATION = commands.ConfirmRecommendation(application_id=APPLICATION, document=None)
DECLINE_RECOMMENDATION = commands.DeclineRecommendation(
    application_id=APPLICATION, document=None, reasons="本会没有推荐过该单位"
)
REQUEST_SUPPLEMENT = commands.RequestSupplement(
    application_id=APPLICATION, missing="请补交税务登记证明"
)
SUPPLY = commands.SubmitSupplement(
    application_id=APPLICATION,
    channel=Channel.SELF_NOMINATED,
    recommender=None,
    unit_kind=UnitKind.ENTERPRISE,
    division="430211",
    industry_section="C",
    trade=Trade.INDUSTRY,
    staff=1100,
    revenue_wan=50_000,
    assets_wan=None,
    declared_size=None,
    answer="已补交税务登记证明",
    unit_name="晨光机械有限公司",
    credit_code=CREDIT_CODE,
    address="天元区工业路9号",
    contact_name="李一",
    contact_phone="13900001234",
)
SUPPLIED = application.Supplement(SUPPLY, IndustryGroup.MANUFACTURING, Size.LARGE)
TAKE_BACK = commands.WithdrawApplication(application_id=APPLICATION, reasons=None)
LAPSE = commands.LapseApplication(application_id=APPLICATION)
REPORT_OVERDUE = commands.ReportFormalCheckOverdue(application_id=APPLICATION)
PASS = commands.PassFormalCheck(application_id=APPLICATION)
ATTACH = commands.AttachDocument(
    application_id=APPLICATION,
    document_id=uid(16),
    kind=DocumentKind.BUSINESS_LICENCE,
    media_type=MediaType.PDF,
    size=20_000,
    sha256="0" * 64,
    file_name="营业执照.pdf",
)
ATTACH_EVIDENCE = replace(ATTACH, document_id=uid(17), kind=DocumentKind.REVIEW_EVIDENCE)
WITHDRAW = commands.WithdrawDocument(
    application_id=APPLICATION, document_id=uid(16), reasons="上传了错误的文件"
)
WITHDRAW_EVIDENCE = replace(WITHDRAW, document_id=uid(17))
FAIL = commands.FailFormalCheck(
    application_id=APPLICATION,
    grounds=(RejectionGround.DOCUMENTS_INCOMPLETE,),
    reasons="缺少税务登记证明",
)
CHECK = commands.RecordReviewCheck(
    application_id=APPLICATION,
    check=Check.BUSINESS_LICENCE,
    finding=Finding.PASSED,
    evidence="营业执照在有效期内",
)
CONCLUDE = commands.ConcludeReview(
    application_id=APPLICATION,
    conclusion=Conclusion.QUALIFIED,
    votes_for=5,
    votes_against=0,
    grounds=(),
    reasons=None,
)
REJECT = replace(
    CONCLUDE,
    conclusion=Conclusion.NOT_QUALIFIED,
    votes_for=0,
    votes_against=5,
    grounds=(RejectionGround.DISHONEST_DEBTOR,),
    reasons="被列入失信被执行人名单",
)
APPOINT_GROUP = commands.AppointReviewGroup(
    batch_id=BATCH, member_ids=("officer-1", "reviewer-2", "reviewer-3"), chair="officer-1"
)
CHANGE_GROUP = commands.ChangeReviewGroup(
    batch_id=BATCH,
    member_ids=("officer-1", "reviewer-2"),
    chair="reviewer-2",
    reasons="一名成员工作调动",
)
DECLARE_INTERESTS = commands.DeclareInterests(
    batch_id=BATCH,
    member_id="officer-1",
    employer_name="市律师协会",
    employer_code=None,
    bodies=("市律师协会",),
    industry_group=None,
    district=None,
)
_MEMBERS = frozenset(APPOINT_GROUP.member_ids)
PANEL = Panel(_MEMBERS, declared=_MEMBERS)
ALONE = Panel(frozenset({"officer-1"}), declared=frozenset({"officer-1"}))
"""A group of the one account that tests of the domain act as."""
DECLARE_RECUSAL = commands.DeclareRecusal(
    application_id=APPLICATION, reasons="与该单位负责人有近亲属关系"
)
EXAMINE_RECUSALS = commands.ExamineRecusals(application_id=APPLICATION)
EXAMINE = examining.Examine(PANEL)
RESOLVE = commands.ResolveFlag(
    application_id=APPLICATION,
    check=Check.VIOLATIONS_AND_PENALTIES,
    resolution=FlagResolution.CLEARED,
    reasons="情节轻微，已经整改到位",
)
POLITICAL = commands.RecordPoliticalDirection(
    application_id=APPLICATION,
    party_organisation=PartyOrganisation.BRANCH,
    interviewed_on=DAY,
    finding=Finding.PASSED,
    interviewed="党支部书记李一",
    minutes="党组织健全，活动正常",
)
GOVERNANCE = commands.RecordGovernanceAbility(
    application_id=APPLICATION,
    self_discipline=Finding.PASSED,
    mediation=Finding.PASSED,
    oversight=Finding.PASSED,
    evidence="自律公约完善，定期检查会员",
)
VISIT = commands.RecordVisit(
    application_id=APPLICATION,
    visit_id=uid(31),
    held_on=DAY,
    participants="资格审查小组两名成员",
    minutes="现场查看生产经营情况",
)
TALK = commands.RecordTalk(
    application_id=APPLICATION,
    talk_id=uid(32),
    held_on=DAY,
    participants="街道办事处、社区居委会",
    minutes="与会人员均认为该单位守法经营",
)
ASK_OPINION = commands.AskOpinion(
    application_id=APPLICATION,
    opinion_id=uid(33),
    source=OpinionSource.ENFORCEMENT_BODY,
    body="市生态环境局",
    body_unit="environment-bureau",
)
ANSWER_OPINION = commands.AnswerOpinion(
    application_id=APPLICATION,
    opinion_id=uid(33),
    view=OpinionView.NO_OBJECTION,
    text="近三年无行政处罚记录",
)
TAKE_BACK_OPINION = commands.TakeBackOpinion(
    application_id=APPLICATION, opinion_id=uid(33), reasons="应向区生态环境分局征求"
)
ANSWER = asking_opinions.Answer(ANSWER_OPINION, by_body=True)
OPINION_OVERDUE = commands.MarkOpinionOverdue(application_id=APPLICATION, opinion_id=uid(33))
VOTE = commands.CastVote(application_id=APPLICATION, in_favour=True)
CONCLUDE_BY_VOTE = application.ConcludeByVote(
    replace(CONCLUDE, votes_for=None, votes_against=None), ALONE
)
LIST = application.ListApplication(BATCH, DELIBERATION)
RESERVE = application.Reserve(BATCH, DELIBERATION, 1)
LEAVE_OUT = application.LeaveOut(BATCH, DELIBERATION, "本区名额已满")
MOVE_UP = application.MoveUp(BATCH)
END_RESERVE = application.EndReserve("本批次已经结束，不再递补")
PUT_ON_NOTICE = application.PutOnNotice(BATCH, NOTICE)
DROP_OUT = application.DropOut("异议成立")
DESIGNATE_APPLICATION = application.Designate(POINT)
DELIBERATE = commands.RecordDeliberation(
    batch_id=BATCH,
    deliberation_id=DELIBERATION,
    held_on=DAY,
    members=9,
    present=7,
    minutes="会议研究同意名单",
    listed=(APPLICATION,),
)
NOTE_QUALIFIED = deliberation.NoteQualified(APPLICATION)
NOTE_LEFT = deliberation.NoteLeft(APPLICATION)
ADJOURN = commands.AdjournDeliberation(
    batch_id=BATCH,
    deliberation_id=uid(41),
    held_on=DAY,
    members=9,
    present=4,
    minutes="到会人数不足，改期研究",
)
PROMOTE = commands.PromoteReserve(batch_id=BATCH, application_id=uid(42))
CLOSE_RESERVES = commands.CloseReserves(batch_id=BATCH, reasons="本批次已经结束，不再递补")
RESERVING = replace(
    DELIBERATE, deliberation_id=uid(43), listed=(), reserves=(PROMOTE.application_id,)
)
FREE_PLACE = batch.FreePlace(APPLICATION)
STRIKE_OFF = commands.StrikeOff(
    application_id=APPLICATION,
    deliberation_id=uid(44),
    held_on=DAY,
    members=9,
    present=7,
    minutes="会议研究同意取消资格",
    grounds=(RejectionGround.DISHONEST_DEBTOR,),
    reasons="审查合格后被列入失信被执行人名单",
)
RECORD_STRIKING_OFF = batch.RecordStrikingOff(STRIKE_OFF)
LEAVE_NOTICE = leaving.LeaveNotice(APPLICATION, Departure.STRUCK_OFF)
UNIT = events.NoticedUnit(
    application_id=APPLICATION,
    unit_name="晨光机械有限公司",
    unit_kind=UnitKind.ENTERPRISE,
    division="430211",
    industry_group=IndustryGroup.MANUFACTURING,
    size=Size.LARGE,
    channel=Channel.SELF_NOMINATED,
)
CORRECT_CODE = notice.CorrectCode(APPLICATION)
SHOW_ANEW = notice.ShowAnew(replace(UNIT, unit_name="晨光精密机械有限公司"))
PUBLISH = notice.Publish(
    commands.PublishNotice(
        notice_id=NOTICE, batch_id=BATCH, text="现予公示", application_ids=(APPLICATION,)
    ),
    (UNIT,),
)
OBJECT = commands.ObjectToNotice(
    notice_id=NOTICE,
    objection_id=OBJECTION,
    application_id=APPLICATION,
    anonymous=True,
    facts="该单位去年曾被处罚,请核实情况",
    contact_name=None,
    contact_phone=None,
)
OVERRULE = commands.DecideObjection(
    notice_id=NOTICE,
    objection_id=OBJECTION,
    outcome=ObjectionOutcome.OVERRULED,
    reasons="经核实不影响",
)
CORRECT_NOTICE = commands.CorrectNotice(
    notice_id=NOTICE,
    application_id=APPLICATION,
    wrong="单位名称有误",
    correction="更正为晨光机械有限公司",
)
EXTEND_VERIFICATION = commands.ExtendVerification(
    notice_id=NOTICE, objection_id=OBJECTION, reasons="需要向其他机关调取材料"
)
OBJECTION_OVERDUE = commands.MarkObjectionOverdue(notice_id=NOTICE, objection_id=OBJECTION)
SUSTAIN = replace(OVERRULE, outcome=ObjectionOutcome.SUSTAINED)
DESIGNATE = commands.DesignatePoints(notice_id=NOTICE, application_ids=(APPLICATION,))
DESIGNATE_POINT = point.DesignatePoint(POINT, BATCH, UNIT)
RETIRE = commands.RetirePoint(
    point_id=POINT, ground=RetirementGround.OWN_WISH, facts="该单位书面申请退出"
)
RECORD_FIGURES = commands.RecordDistrictFigures(
    division="430200",
    year=2026,
    figures=(events.DistrictFigure(division="430211", market_entities=52_000, output_wan=None),),
    reason="按统计年鉴更正",
)

CHANGE_SETTINGS = commands.ChangeSettings(
    effective_from=dt.date(2026, 7, 1),
    figures=(events.FigureSet(name="notice_days", value=10),),
    corrects=None,
    reason="市局会议决定延长公示期",
)
SET_SIZE_LIMITS = commands.SetSizeLimits(
    effective_from=dt.date(2026, 7, 1),
    limits=(
        events.SizeLimits(
            trade=Trade.RETAIL, measure=Measure.STAFF, large=300, medium=50, small=10
        ),
        events.SizeLimits(
            trade=Trade.RETAIL, measure=Measure.REVENUE_WAN, large=30_000, medium=900, small=150
        ),
    ),
    corrects=None,
    reason="划分标准修订",
)
LOAD_WORKING_DAYS = commands.LoadWorkingDays(
    year=2027,
    off=(dt.date(2027, 1, 1), dt.date(2027, 2, 8)),
    worked=(dt.date(2027, 2, 20),),
    source="国务院办公厅关于2027年部分节假日安排的通知",
)
RECOMPUTE_LIMIT = commands.RecomputeLimit(
    stream=f"application-{APPLICATION}", name=LimitName.SUPPLEMENT, about=None
)

CORRECT = Correct(
    commands.CorrectRecord(
        stream=f"application-{APPLICATION}",
        version=1,
        wrong="登记的联系电话少一位",
        right="应为13900001234",
        reason="录入时漏写",
    ),
    "430211",
)
CORRECT_DATA = CorrectData(
    replace(SUBMIT, staff=900),
    ("staff",),
    "从业人数录入有误",
    IndustryGroup.MANUFACTURING,
    Size.MEDIUM,
)

APPOINTMENT, PARTNER, MEETING, TASK, OTHER_TASK = (uid(n) for n in range(30, 35))
APPOINT = commands.AppointResponsibleLeader(
    appointment_id=APPOINTMENT,
    division="430211",
    leader_name="王二",
    office="区司法局副局长",
    since=DAY,
)
END_APPOINTMENT = commands.EndAppointment(
    appointment_id=APPOINTMENT, ended_on=DAY, reason="工作调整"
)
REGISTER_PARTNER = commands.RegisterPartnerBody(
    partner_id=PARTNER,
    division="430200",
    name="市工商业联合会",
    kind=PartnerKind.FEDERATION_OF_INDUSTRY_AND_COMMERCE,
    duties="推荐申报单位，参与监督活动",
)
END_PARTNERSHIP = commands.EndPartnership(partner_id=PARTNER, reason="机构调整")
MEET = commands.RecordCoordinationMeeting(
    meeting_id=MEETING,
    division="430200",
    held_on=DAY,
    subject="联系点工作推进会",
    bodies=("市司法局", "市工商业联合会"),
    minutes="会议研究了联系点工作",
    tasks=(
        commands.TaskGiven(
            task_id=TASK,
            owner="市工商业联合会",
            what="收集会员企业意见",
            due_on=DAY + dt.timedelta(days=3),
        ),
        commands.TaskGiven(
            task_id=OTHER_TASK,
            owner="市司法局",
            what="编印工作手册",
            due_on=DAY + dt.timedelta(days=3),
        ),
    ),
)
COMPLETE_TASK = commands.CompleteMeetingTask(
    meeting_id=MEETING, task_id=TASK, result="已汇总意见十二条"
)
EXTEND_TASK = commands.ExtendMeetingTask(
    meeting_id=MEETING,
    task_id=TASK,
    due_on=DAY + dt.timedelta(days=30),
    reason="意见较多",
)
LET_TASK_LAPSE = commands.LetMeetingTaskLapse(meeting_id=MEETING, task_id=OTHER_TASK)

COMMANDS: list[Any] = [
    OPEN_BATCH, PLANNED, EXTEND, RANKING, CONFIRM_RECOMMENDATION, DECLINE_RECOMMENDATION,
    REQUEST_SUPPLEMENT, SUPPLIED, TAKE_BACK, LAPSE, REPORT_OVERDUE,
    STRIKE_OFF, RECORD_STRIKING_OFF, LEAVE_NOTICE, SHOW_ANEW, CORRECT_CODE,
    DELIBERATE, FREE_PLACE, SUBMITTED, PASS, FAIL, CHECK, CONCLUDE, LIST,
    PUT_ON_NOTICE, DROP_OUT, DESIGNATE_APPLICATION, PUBLISH, OBJECT, OVERRULE, DESIGNATE,
    DESIGNATE_POINT, RETIRE, RECORD_FIGURES, CHANGE_SETTINGS, SET_SIZE_LIMITS, LOAD_WORKING_DAYS,
    RECOMPUTE_LIMIT, CORRECT, CORRECT_DATA, APPOINT, END_APPOINTMENT, REGISTER_PARTNER,
    *POINT_COMMANDS, END_PARTNERSHIP, MEET, COMPLETE_TASK, EXTEND_TASK, LET_TASK_LAPSE,
    ATTACH_EVIDENCE, WITHDRAW_EVIDENCE,
    APPOINT_GROUP, CHANGE_GROUP, DECLARE_INTERESTS,
    DECLARE_RECUSAL, EXAMINE_RECUSALS, EXAMINE, RESOLVE, POLITICAL, GOVERNANCE, VISIT, TALK,
    ASK_OPINION, ANSWER_OPINION, TAKE_BACK_OPINION, ANSWER, OPINION_OVERDUE, VOTE,
    CONCLUDE_BY_VOTE, RESERVE,
    LEAVE_OUT, MOVE_UP, END_RESERVE, CLOSE_RESERVES, NOTE_QUALIFIED, NOTE_LEFT, ADJOURN, PROMOTE,
    CORRECT_NOTICE, EXTEND_VERIFICATION, OBJECTION_OVERDUE,
]  # fmt: skip

CORRECT_UNIT_DATA = commands.CorrectUnitData(
    application_id=APPLICATION, staff=900, reason="从业人数录入有误"
)


def counted_wrongly(name: LimitName) -> list[Any]:
    """A running limit that some other calendar has moved, and the command to count it anew."""
    limit = TimeLimit(counted_from=DAY, working_days=5, due_on=DAY, provisional=True)
    moved = events.LimitMoved(name=name, about=None, limit=limit)
    return [moved, replace(RECOMPUTE_LIMIT, name=name)]


SENT: list[Any] = [
    *(PUBLISH.command, SUBMIT, SUPPLY, PLAN),
    *(CORRECT.command, CORRECT_UNIT_DATA),
    *erasing.SENT,
]
"""Commands as they are sent that a handler adds something to before it decides."""

REJECTED = events.ApplicationRejected(
    application_id=APPLICATION,
    stage=RejectionStage.FORMAL_CHECK,
    grounds=(RejectionGround.DOCUMENTS_INCOMPLETE,),
    reasons="缺少材料",
)

NOW = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
AFTER_LIMIT = dt.datetime(2026, 3, 9, 16, 0, tzinfo=dt.UTC)
"""The first instant at which five working days from NOW are over: 2026-03-10 in Shanghai."""
AFTER_NOTICE = NOW + dt.timedelta(days=8)
AFTER_LIMITS = NOW + dt.timedelta(days=30)
CHECKS_OF_TRADERS = [check for check in Check if check is not Check.GOVERNANCE_ABILITY]


def found(check: Check, finding: Finding = Finding.PASSED) -> Any:
    """What puts the finding of a check on record, for some checks a record of their own."""
    if check is Check.POLITICAL_DIRECTION:
        return replace(POLITICAL, finding=finding)
    if check is Check.GOVERNANCE_ABILITY:
        return replace(GOVERNANCE, oversight=finding)
    return replace(CHECK, check=check, finding=finding)


ALL_CHECKS = [found(check) for check in CHECKS_OF_TRADERS]
OTHER_OBJECTION = replace(OBJECT, objection_id=uid(15))
OTHER_SUSTAIN = replace(SUSTAIN, objection_id=uid(15))
OTHER_OVERRULE = replace(OVERRULE, objection_id=uid(15))
FLAGGED = [
    found(check, Finding.FLAGGED if check is Check.VIOLATIONS_AND_PENALTIES else Finding.PASSED)
    for check in CHECKS_OF_TRADERS
]
SUBMITTED_VILLAGE = replace(
    SUBMITTED,
    command=replace(SUBMIT, unit_kind=UnitKind.VILLAGE_COMMUNITY),
    industry_group=IndustryGroup.VILLAGE_COMMUNITY,
)

LIMIT = TimeLimit(
    counted_from=DAY, working_days=5, due_on=DAY + dt.timedelta(days=9), provisional=True
)
"""A limit that today's calendar would give another day."""
OPINION_ASKED = events.OpinionAsked(
    application_id=APPLICATION,
    opinion_id=ASK_OPINION.opinion_id,
    source=OpinionSource.STREET,
    body="嵩山路街道办事处",
    limit=LIMIT,
)
OBJECTED = events.NoticeObjected(
    notice_id=NOTICE,
    objection_id=OBJECTION,
    application_id=APPLICATION,
    anonymous=True,
    facts=OBJECT.facts,
    limit=LIMIT,
)
