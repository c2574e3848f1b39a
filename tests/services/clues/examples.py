"""One well-formed example of each command of the clues service."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from services.clues.domain import (
    box,
    closing,
    dialogue,
    evidence,
    follow_ups,
    handling,
    inspections,
    opinion,
    proposal,
    records,
    seal,
    symposium,
    theme,
)
from services.clues.domain.clue_state import Clue
from services.clues.domain.entries import Origin
from shared.contracts.clues import commands, events
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.clues.fields import Entry
from shared.contracts.clues.vocabulary import (
    ClueFinding,
    ClueKind,
    ClueLimit,
    DeclineGround,
    EvidenceSource,
    FeedbackMeans,
    FollowUpMeans,
    Nature,
    OpinionResolution,
    OpinionTopic,
    OutcomeKind,
    PauseGround,
    ProposalResult,
    ReferralTarget,
    ReplyPart,
    Reporting,
    Satisfaction,
    TieKind,
    VerificationMeans,
    Way,
)
from shared.contracts.figures import FigureSet
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.media import MediaType
from tests.services.clues.telling import OFFICER, TODAY, uid

CLUE, OTHER_CLUE, REPORTER, POINT, REFERRAL, OUTCOME, CLAIM, PAYMENT = (uid(n) for n in range(1, 9))
OPINION, BOX, EMPTYING, SYMPOSIUM, IMPORT, PROPOSAL, THEME, INSPECTION, STEP, ENTRY = (
    uid(n) for n in range(11, 21)
)
INSPECTIONS, RETALIATION, SECOND_OUTCOME, SECOND_PAYMENT, NOTICE = (uid(n) for n in range(21, 26))
QUESTION, INFORMATION, NOTE = (uid(n) for n in range(31, 34))
YUAN = 100
DISTRICT = "430211"
BODY = "市生态环境局"

FILE_COMMAND = commands.FileClue(
    clue_id=CLUE,
    way=Way.POINT,
    kinds=(ClueKind.ILLEGAL_FINE,),
    division=DISTRICT,
    body=BODY,
    happened_on=TODAY,
    amount=50_000 * YUAN,
    urgent=False,
    retaliation=False,
    reporting=Reporting.CONFIDENTIAL,
    reporter_id=REPORTER,
    text="对同行企业检查时超标罚款",
    place="天元区工业路",
    unit_concerned="某机械厂",
    reporter_name="赵某",
    reporter_phone="13900001111",
)
THROUGH_POINT = Origin(Way.POINT, point_id=POINT, filed_by="point-account")
DIRECTLY = Origin(Way.FORM)
FILE = handling.File(FILE_COMMAND, THROUGH_POINT)
FLAG = handling.Flag(RETALIATION)
ACCEPT = commands.AcceptClue(clue_id=CLUE)
DECLINE = commands.DeclineClue(
    clue_id=CLUE, ground=DeclineGround.NOT_ENFORCEMENT, reasons="属于民事纠纷"
)
ASSIGN = commands.AssignClue(clue_id=CLUE, handlers=(OFFICER, "officer-2"))
RECUSE = commands.RecuseOfficer(
    clue_id=CLUE, account_id="officer-3", tie=TieKind.RELATIVE, reasons="亲属在该局任职"
)
CONSENT = commands.RecordConsent(clue_id=CLUE, given=True, evidence="书面同意")
JOIN = commands.JoinClue(clue_id=CLUE, into_clue_id=OTHER_CLUE, reasons="同一事项")
GATHER = handling.Gather(OTHER_CLUE, frozenset())
CARRY = handling.CarryRecusals(frozenset({"officer-8"}))
REFER = commands.ReferClue(
    clue_id=CLUE,
    referral_id=REFERRAL,
    target=ReferralTarget.BODY,
    authority=None,
    unit=BODY,
    names_unit=False,
    summary="反映你局罚款超过法定幅度，请核查答复",
)
REFUSE = commands.RefuseReferral(clue_id=CLUE, referral_id=REFERRAL, reasons="不属我局职责")
ANSWER = commands.AnswerReferral(
    clue_id=CLUE,
    referral_id=REFERRAL,
    facts="罚款五万元",
    basis="行政处罚裁量基准",
    action="重新裁量",
    refund="拟退还三万元",
)
ANSWER_BADLY = dataclasses.replace(ANSWER, basis=None, refund=None)
RETURN_ANSWER = commands.ReturnAnswer(
    clue_id=CLUE, missing=(ReplyPart.BASIS,), remarks="没有写明裁量依据"
)
WITHDRAW = commands.WithdrawReferral(clue_id=CLUE, reasons="由我局直接核实")
START = commands.StartVerification(clue_id=CLUE)
TAKE_STEP = commands.TakeVerificationStep(
    clue_id=CLUE,
    step_id=STEP,
    taken_on=TODAY,
    means=VerificationMeans.CASE_FILE,
    account="调阅处罚案卷",
)
EXTEND = commands.ExtendClueVerification(clue_id=CLUE, reasons="案情复杂")
EXTEND_CASE = commands.ExtendCase(clue_id=CLUE, reasons="案情复杂")
PAUSE = commands.PauseVerification(clue_id=CLUE, ground=PauseGround.COURT, reasons="等待判决")
RESUME = commands.ResumeVerification(clue_id=CLUE, reasons="判决已生效")
PAUSE_LIMITS = commands.PauseLimits(
    clue_id=CLUE, limits=(ClueLimit.OVERALL,), ground=PauseGround.COURT, reasons="等待判决"
)
RESUME_LIMITS = commands.ResumeLimits(clue_id=CLUE, reasons="判决已生效")
CONCLUDE = commands.ConcludeVerification(
    clue_id=CLUE,
    finding=ClueFinding.SUBSTANTIATED,
    facts="罚款超过法定上限",
    basis="行政处罚法",
)
UNFOUNDED = dataclasses.replace(CONCLUDE, finding=ClueFinding.UNSUBSTANTIATED)
DISCIPLINE = commands.RecordOutcome(
    clue_id=CLUE,
    outcome_id=OUTCOME,
    kind=OutcomeKind.DISCIPLINE,
    document_number=None,
    persons=2,
    details="对两名执法人员作出处理",
)
GIVE_OPINION = dataclasses.replace(
    DISCIPLINE,
    outcome_id=SECOND_OUTCOME,
    kind=OutcomeKind.SUPERVISION_OPINION,
    document_number="株司监意〔2026〕1号",
    persons=None,
)
GIVE_DECISION = dataclasses.replace(
    GIVE_OPINION,
    outcome_id=OUTCOME,
    kind=OutcomeKind.SUPERVISION_DECISION,
    document_number="株司监决〔2026〕1号",
)
GIVE_NOTICE = dataclasses.replace(
    GIVE_OPINION,
    outcome_id=NOTICE,
    kind=OutcomeKind.NOTICE,
    document_number="株司监通〔2026〕1号",
)
COMPLY = commands.RecordCompliance(
    clue_id=CLUE, outcome_id=SECOND_OUTCOME, complied_on=TODAY, account="已整改"
)
CLOSE = commands.CloseClue(clue_id=CLUE, summary="属实，已处理并退还")
CLOSE_WITH_MAIN = closing.CloseWithMain(
    OTHER_CLUE, ClueFinding.SUBSTANTIATED, (OutcomeKind.DISCIPLINE,), "属实，已处理"
)
CLAIM_REFUND = commands.ClaimRefund(
    clue_id=CLUE, claim_id=CLAIM, amount=50_000 * YUAN, claimant="某机械厂"
)
VERIFY_REFUND = commands.VerifyRefund(
    clue_id=CLUE, claim_id=CLAIM, amount=30_000 * YUAN, basis="超过上限部分"
)
ORDER_REFUND = commands.OrderRefund(
    clue_id=CLUE, claim_id=CLAIM, amount=30_000 * YUAN, document_number="株司监通〔2026〕1号"
)
REDUCE_ORDER = commands.ReduceRefundOrder(
    clue_id=CLUE, claim_id=CLAIM, amount=5_000 * YUAN, reasons="复核后调减"
)
PAY = commands.RecordRefundPayment(
    clue_id=CLUE,
    claim_id=CLAIM,
    payment_id=PAYMENT,
    amount=10_000 * YUAN,
    paid_on=TODAY,
    proof="银行回单001",
)
PAY_REST = dataclasses.replace(
    PAY, payment_id=SECOND_PAYMENT, amount=20_000 * YUAN, proof="银行回单002"
)
REVERSE = commands.ReverseRefundPayment(
    clue_id=CLUE, claim_id=CLAIM, payment_id=PAYMENT, reasons="退票"
)
GIVE_FEEDBACK = commands.GiveFeedback(
    clue_id=CLUE, means=FeedbackMeans.ONLINE, text="经核实属实，款项已退还"
)
RELAY = commands.RelayFeedback(clue_id=CLUE, relayed_on=TODAY, means=FeedbackMeans.IN_PERSON)
SATISFIED = commands.RateSatisfaction(
    clue_id=CLUE, satisfaction=Satisfaction.SATISFIED, comment=None
)
NOT_SOLVED = dataclasses.replace(SATISFIED, satisfaction=Satisfaction.NOT_SOLVED)
REOPEN = commands.ReopenClue(clue_id=CLUE, reasons="退还的款项确未到账")
EVIDENCE_FILE = EvidenceFile(
    file_id=uid(41),
    media_type=MediaType.JPEG,
    size=300_000,
    ciphertext_sha256="0" * 64,
    file_key="A" * 43 + "=",
    file_name="收据.jpg",
    traces_kept=False,
)
ATTACH_EVIDENCE = commands.AttachEvidence(clue_id=CLUE, files=(EVIDENCE_FILE,))
ATTACH = evidence.Attach(CLUE, EVIDENCE_FILE, EvidenceSource.REPORTER, None)
RAISE = commands.RaiseAlarm(stream=f"clue-{CLUE}", name=ClueLimit.ACCEPTANCE, about=None)
RECOMPUTE = commands.RecomputeLimit(stream=f"clue-{CLUE}", name=ClueLimit.ACCEPTANCE, about=None)

FILE_OPINION_COMMAND = commands.FileOpinion(
    opinion_id=OPINION,
    way=Way.POINT,
    topics=(OpinionTopic.EFFICIENCY,),
    division=DISTRICT,
    body=BODY,
    reporting=Reporting.NAMED,
    reporter_id=REPORTER,
    text="建议合并检查事项",
    reporter_name="李某",
    reporter_phone="13900002222",
)
FILE_OPINION = opinion.File(FILE_OPINION_COMMAND, THROUGH_POINT)
ADOPT = commands.AnswerOpinion(
    opinion_id=OPINION,
    resolution=OpinionResolution.ADOPTED,
    answer="已采纳",
    proposal_id=PROPOSAL,
    responsible="市司法局",
    proposal="制定联合检查办法",
)
EXPLAIN = dataclasses.replace(
    ADOPT,
    resolution=OpinionResolution.EXPLAINED,
    proposal_id=None,
    responsible=None,
    proposal=None,
)
TAKE_AS_CLUE = commands.TakeOpinionAsClue(
    opinion_id=OPINION,
    clue_id=OTHER_CLUE,
    kinds=(ClueKind.EXCESSIVE_INSPECTION,),
    body=BODY,
    happened_on=None,
    amount=None,
    urgent=False,
    unit_concerned=None,
)
RECUSE_FROM_OPINION = commands.RecuseFromOpinion(
    opinion_id=OPINION, account_id="officer-3", tie=TieKind.RELATIVE, reasons="亲属在该局任职"
)
RELAY_ANSWER = commands.RelayAnswer(
    opinion_id=OPINION, relayed_on=TODAY, means=FeedbackMeans.IN_PERSON
)
OPEN_PROPOSAL = proposal.Open(ADOPT, DISTRICT, POINT)
PROPOSAL_STEP = commands.TakeProposalStep(proposal_id=PROPOSAL, taken_on=TODAY, account="起草办法")
COMPLETE = commands.CompleteProposal(
    proposal_id=PROPOSAL,
    result=ProposalResult.RULE_CHANGED,
    document="涉企联合检查办法",
    account="已印发",
)
DROP = commands.DropProposal(proposal_id=PROPOSAL, reasons="上位法已有规定")
TELL_BACK = commands.TellProposalBack(
    proposal_id=PROPOSAL, told_on=TODAY, means=FeedbackMeans.IN_PERSON
)

PLACE_COMMAND = commands.PlaceBox(
    box_id=BOX,
    division=DISTRICT,
    place="街道办事处一楼大厅",
    contact="0731-22223333",
    placed_on=TODAY,
)
PLACE = box.Place(PLACE_COMMAND, POINT)
SLIP = Entry(
    entry_id=ENTRY,
    nature=Nature.OPINION,
    kinds=(),
    topics=(OpinionTopic.ATTITUDE,),
    division=DISTRICT,
    body=BODY,
    text="执法人员态度生硬",
    unit_concerned=None,
    happened_on=None,
    place=None,
    amount=None,
    urgent=False,
    retaliation=False,
    reporting=Reporting.ANONYMOUS,
    reporter_name=None,
    reporter_phone=None,
)
EMPTY = commands.EmptyBox(
    box_id=BOX,
    emptying_id=EMPTYING,
    emptied_on=TODAY,
    opened_by=("王某", "刘某"),
    entries=(SLIP,),
)
REMOVE = commands.RemoveBox(box_id=BOX, removed_on=TODAY, reasons="搬迁")
SCHEDULE_COMMAND = commands.ScheduleSymposium(
    symposium_id=SYMPOSIUM,
    division=DISTRICT,
    planned_on=TODAY,
    place="街道会议室",
    subject="听取对行政执法的意见",
)
SCHEDULE = symposium.Schedule(SCHEDULE_COMMAND, POINT)
HOLD = commands.HoldSymposium(
    symposium_id=SYMPOSIUM,
    held_on=TODAY,
    attendees=12,
    minutes="与会代表发言",
    entries=(SLIP,),
)
CANCEL = commands.CancelSymposium(symposium_id=SYMPOSIUM, reasons="改期")
ORDER = commands.WorkOrder(number="HL2026-0001", entry=SLIP)
IMPORT_COMMAND = commands.ImportHotline(import_id=IMPORT, division="430200", orders=(ORDER,))
TAKE_IN = records.TakeIn(IMPORT_COMMAND, (ENTRY,))
BASELINE = commands.RecordBaseline(
    division="430200",
    year=2024,
    complaints=326,
    shares=(events.BaselineShare(name="涉企行政检查不规范", number=158),),
    source="2024年度投诉举报统计",
)
COUNT = theme.Count(THEME, ClueKind.EXCESSIVE_INSPECTION, BODY, DISTRICT, CLUE)
CONCLUDE_THEME = commands.ConcludeTheme(theme_id=THEME, measures="约谈并规范检查计划")
INSPECT = commands.NoteInspection(
    inspection_id=INSPECTION,
    division=DISTRICT,
    inspected_on=TODAY,
    body=BODY,
    unit="某食品厂",
)
COUNT_INSPECTION = inspections.Count(INSPECT, INSPECTIONS)
NOTE_DOWN = records.NoteDown(INSPECT, POINT)
ASK_REPORTER = commands.AskReporter(
    clue_id=CLUE, question_id=QUESTION, days=None, text="罚款票据还在吗？"
)
ANSWER_COMMAND = commands.AnswerQuestion(question_id=QUESTION, text="票据都在，可以提供照片")
ANSWER_QUESTION = dialogue.Answer(CLUE, ANSWER_COMMAND)
ADD_COMMAND = commands.AddInformation(information_id=INFORMATION, text="他们昨天又来了一次")
ADD_INFORMATION = dialogue.Add(CLUE, ADD_COMMAND)
KEEP_NOTE = commands.KeepNote(clue_id=CLUE, note_id=NOTE, text="先调案卷，再约谈")
MARK_READ = commands.MarkDialogueRead(clue_id=CLUE, up_to=1)
LAPSE = dialogue.Lapse(CLUE, QUESTION)
SCHEDULE_FOLLOW_UPS = follow_ups.Schedule(CLUE)
FOLLOW_UP = commands.RecordFollowUp(
    clue_id=CLUE,
    done_on=TODAY,
    means=FollowUpMeans.BY_PHONE,
    suffering=False,
    text="对方称没有再受刁难",
)
NOTE_POINT = commands.NotePoint(
    point_id=POINT,
    standing=KnownStanding.ACTIVE,
    division=DISTRICT,
    unit_name="晨光机械有限公司",
)
NOTE_DAYS = commands.NoteWorkingDays(year=2027, off=(dt.date(2027, 1, 1),), worked=())
CHANGE_SETTINGS = commands.ChangeSettings(
    effective_from=TODAY,
    figures=(FigureSet(name="acceptance_days", value=7),),
    corrects=None,
    reason="市局规定",
)

OPENING, SECOND_OPENING = uid(31), uid(32)
REQUEST_OPENING = commands.RequestOpening(
    opening_id=OPENING, clue_id=CLUE, reason="需要当面核对处罚经过"
)
APPROVE_OPENING = commands.ApproveOpening(opening_id=OPENING, clue_id=CLUE)
REFUSE_OPENING = commands.RefuseOpening(opening_id=OPENING, clue_id=CLUE, reasons="可以不见面核实")
READ_IDENTITY = commands.ReadIdentity(opening_id=OPENING, clue_id=CLUE, purpose="电话核对经过")
READ_CASE = commands.ReadCase(clue_id=CLUE, purpose="办理线索")
SEALED_CASE = seal.Case(
    Clue(
        clue_id=CLUE,
        division=DISTRICT,
        reporting=Reporting.CONFIDENTIAL,
        reporter_id=REPORTER,
        handlers=(OFFICER,),
    ),
    leads=False,
)
REQUEST, APPROVE, REFUSE_REQUEST, READ = (
    seal.Request(REQUEST_OPENING, SEALED_CASE),
    seal.Approve(APPROVE_OPENING, dataclasses.replace(SEALED_CASE, leads=True)),
    seal.Refuse(REFUSE_OPENING, dataclasses.replace(SEALED_CASE, leads=True)),
    seal.Read(READ_IDENTITY, SEALED_CASE),
)
REQUEST_AGAIN = seal.Request(
    dataclasses.replace(REQUEST_OPENING, opening_id=SECOND_OPENING), SEALED_CASE
)
REFUSE_AGAIN = seal.Refuse(
    dataclasses.replace(REFUSE_OPENING, opening_id=SECOND_OPENING), REFUSE_REQUEST.case
)

COMMANDS: list[Any] = [
    FILE, FLAG, ACCEPT, DECLINE, ASSIGN, RECUSE, CONSENT, JOIN, GATHER, CARRY, REFER, REFUSE,
    ANSWER, RETURN_ANSWER, WITHDRAW, START, TAKE_STEP, EXTEND, EXTEND_CASE, PAUSE, RESUME, CONCLUDE,
    PAUSE_LIMITS, RESUME_LIMITS, REOPEN, RECUSE_FROM_OPINION,
    DISCIPLINE, COMPLY, CLOSE, CLOSE_WITH_MAIN, CLAIM_REFUND, VERIFY_REFUND, ORDER_REFUND,
    REDUCE_ORDER, PAY, REVERSE, GIVE_FEEDBACK, RELAY, SATISFIED, ATTACH, RAISE, RECOMPUTE,
    FILE_OPINION, ADOPT, TAKE_AS_CLUE, RELAY_ANSWER, OPEN_PROPOSAL, PROPOSAL_STEP, COMPLETE, DROP,
    TELL_BACK,
    PLACE, EMPTY, REMOVE, SCHEDULE, HOLD, CANCEL, TAKE_IN, BASELINE, COUNT, CONCLUDE_THEME,
    REQUEST, APPROVE, REFUSE_REQUEST, READ, READ_CASE,
    ASK_REPORTER, ANSWER_QUESTION, ADD_INFORMATION, KEEP_NOTE, MARK_READ, LAPSE,
    SCHEDULE_FOLLOW_UPS, FOLLOW_UP,
    COUNT_INSPECTION, NOTE_DOWN, NOTE_POINT, NOTE_DAYS, CHANGE_SETTINGS,
]  # fmt: skip
