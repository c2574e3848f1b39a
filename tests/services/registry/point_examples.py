"""One well-formed example of each command about a point, its renewal and its retirement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.domain import certificates, point, renewal, retirement
from services.registry.domain.point_state import Profile
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import (
    Grade,
    IndustryGroup,
    Resolution,
    RetirementGround,
    Size,
    TellingMeans,
    Trade,
)
from tests.services.registry.telling import uid

POINT, OTHER_POINT, RENEWAL, RETIREMENT, ACCOUNT = (uid(n) for n in (5, 21, 22, 23, 24))
DAY = dt.date(2026, 3, 2)
LAST_DAY = dt.date(2029, 3, 1)
FIRST_REMINDER = dt.date(2028, 12, 2)
"""90 days before the term is over, its last day included."""

CHANGE_DETAILS = commands.ChangePointDetails(
    point_id=POINT,
    unit_name="晨光智能机械有限公司",
    address="天元区工业路9号",
    contact_name=None,
    contact_phone=None,
    reasons="该单位已办理名称变更登记",
)
GROWN = Profile(
    industry_section="C",
    industry_group=IndustryGroup.MANUFACTURING,
    trade=Trade.INDUSTRY,
    size=Size.LARGE,
    staff=1_200,
    revenue_wan=50_000,
    assets_wan=None,
)
CHANGE_PROFILE = point.ChangeProfile(GROWN, "上年度报表")
MOVE = commands.MovePoint(
    point_id=POINT, division="430204", moved_on=DAY, reasons="该单位迁至石峰区经营"
)
MERGE = commands.MergePoint(
    point_id=POINT,
    into_point_id=OTHER_POINT,
    retirement_id=RETIREMENT,
    merged_on=DAY,
    reasons="两家单位合并，该单位注销",
)
ABSORB = point.Absorb(OTHER_POINT, DAY)
SEPARATE = point.Separate(OTHER_POINT)
APPOINT_POINT_LIAISON = commands.AppointPointLiaison(
    point_id=POINT, liaison_name="王联络", liaison_phone="13900004321"
)
APPOINT_BUREAU_LIAISON = commands.AppointBureauLiaison(point_id=POINT, account_id=ACCOUNT)
GIVE_PLAQUE = commands.GivePlaque(point_id=POINT, plaque_number="2026-001", given_on=DAY)
RETURN_PLAQUE = commands.ReturnPlaque(point_id=POINT, returned_on=DAY)
SUSPEND = commands.SuspendPoint(point_id=POINT, reasons="该单位停产整顿")
RESUME = commands.ResumePoint(point_id=POINT, reasons="该单位恢复生产")
SET_PREFIX = commands.SetCertificatePrefix(
    division="430200", prefix="株司监联", reason="市局发文字号"
)
NUMBER = certificates.Number("430200", POINT, "株司监联")

PROPOSE = commands.ProposeRenewal(renewal_id=RENEWAL, point_id=POINT, reasons="履职良好，建议续期")
RECORD_GRADE = commands.RecordRenewalGrade(
    renewal_id=RENEWAL, year=2025, grade=Grade.EXCELLENT, evidence="2025年度考核结果通报"
)
RENEWED_ON = dt.date(2029, 1, 5)
"""A day of the months in which the term can be renewed."""
AGREE = commands.DecideRenewal(
    renewal_id=RENEWAL,
    held_on=RENEWED_ON,
    members=9,
    present=7,
    minutes="会议同意续期",
    agreed=True,
    reasons="考核优秀",
)
DECIDE_RENEWAL = renewal.Decide(AGREE, LAST_DAY, term_number=1)
RENEW = commands.RenewPoint(renewal_id=RENEWAL)
REMIND = commands.RemindOfTerm(point_id=POINT, day=FIRST_REMINDER)
END_TERM = commands.EndTerm(point_id=POINT, last_day=LAST_DAY)

OPEN_RETIREMENT = commands.OpenRetirement(
    retirement_id=RETIREMENT,
    point_id=POINT,
    ground=RetirementGround.LEAKING,
    facts="泄露反映人信息",
)
BEGIN_RETIREMENT = point.BeginRetirement(RETIREMENT, RetirementGround.LEAKING)
OPENED = retirement.Open(RETIREMENT, POINT, RetirementGround.LEAKING, "泄露反映人信息")
TELL = commands.TellRetirementFacts(
    retirement_id=RETIREMENT, told_on=DAY, means=TellingMeans.IN_PERSON
)
STATE = commands.RecordStatement(
    retirement_id=RETIREMENT, made_on=DAY, statement="我单位没有泄露反映人信息"
)
WAIVE = commands.WaiveStatement(retirement_id=RETIREMENT, evidence="书面声明放弃陈述申辩")
NEXT_DAY = DAY + dt.timedelta(days=1)
DECIDE = commands.DecideRetirement(
    retirement_id=RETIREMENT,
    held_on=NEXT_DAY,
    members=9,
    present=7,
    minutes="会议研究决定退出",
    facts_hold=True,
    resolution=Resolution.RETIRE,
    reasons="事实清楚",
)
RETIRE = commands.RetirePoint(
    point_id=POINT, ground=RetirementGround.LEAKING, facts="泄露反映人信息，经查属实"
)

POINT_COMMANDS: list[Any] = [
    CHANGE_DETAILS, CHANGE_PROFILE, MOVE, MERGE, ABSORB, SEPARATE, APPOINT_POINT_LIAISON,
    APPOINT_BUREAU_LIAISON, GIVE_PLAQUE, RETURN_PLAQUE, SUSPEND, RESUME, SET_PREFIX, NUMBER,
    PROPOSE, RECORD_GRADE, AGREE, DECIDE_RENEWAL, RENEW, REMIND, END_TERM, OPEN_RETIREMENT,
    BEGIN_RETIREMENT, OPENED, TELL, STATE, WAIVE, DECIDE, point.BeginRenewal(RENEWAL),
    point.EndRenewal(), point.Renew(), point.EndRetirement(), renewal.Lapse(),
    retirement.Complete(),
]  # fmt: skip
