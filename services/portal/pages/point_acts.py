"""What can be done about a point, its renewal and its retirement: the table of acts.

The registry says which of them are possible now; an act whose step is not is told with why not.
"""

from __future__ import annotations

from flask import request

from services.portal.labels import label_choices
from services.portal.pages.acts import NO, YES, Act, Field
from services.portal.pages.districts import Choice, bureau, districts
from services.portal.pages.industries import industry_choices
from services.portal.pages.point_choices import points_in_office
from services.portal.pages.quorum import quorum_hint
from services.portal.web.visitor import current_visitor
from shared.contracts.registry.vocabulary import RetirementGround
from shared.contracts.roles import Role

_OFFICER, _LEADER, _ITSELF = Role.OFFICER, Role.LEADER, Role.POINT
_ENCRYPTED = "加密保存，不对外公开。"

_REASONS = Field("reasons", "理由", "area", hint="写明依据。")
_SEALED_REASONS = Field("reasons", "理由", "area", hint=_ENCRYPTED)
_MEETING = (
    Field("held_on", "会议日期", "date"),
    Field("members", "应到人数", "whole", width="short"),
    Field("present", "实到人数", "whole", width="short", hint=quorum_hint),
    Field("minutes", "会议记录", "area", hint=_ENCRYPTED),
)
_FACTS = ((YES, "事实成立"), (NO, "事实不成立"))
_TOO_LONG = "请写明内容，不超过 4000 个字。"


def _point_here() -> str | None:
    """The point that the page in hand is about."""
    return (request.view_args or {}).get("point_id")


def _districts() -> list[tuple[str, str]]:
    return [("", "请选择"), *districts(bureau())]


def _sections() -> list[tuple[str, str]]:
    return [("", "没有变化"), *industry_choices()]


def _any(kind: str) -> list[tuple[str, str]]:
    return [("", "没有变化"), *label_choices(kind)]


DETAILS = Act(
    "ChangePointDetails",
    "details",
    "变更信息",
    "登记变更",
    (_OFFICER,),
    "point_changed",
    (
        Field("unit_name", "新的单位名称", optional=True, width="full"),
        Field("address", "新的地址", optional=True, width="full"),
        Field("contact_name", "新的联系人", optional=True),
        Field("contact_phone", "新的联系电话", optional=True),
        Field("credit_code", "新的统一社会信用代码", optional=True, hint=_ENCRYPTED),
        Field("industry_section", "新的行业门类", "select", optional=True, choices=_sections),
        Field("trade", "新的划型行业", "select", optional=True, choices=lambda: _any("trade")),
        Field("staff", "从业人员（人）", "whole", optional=True, width="short"),
        Field("revenue_wan", "年营业收入（万元）", "whole", optional=True, width="short"),
        Field("assets_wan", "资产总额（万元）", "whole", optional=True, width="short"),
        Field(
            "declared_size",
            "申报的规模",
            "select",
            hint="只由村（社区）、商（协）会组织填写，企业的规模按划分标准计算。",
            optional=True,
            choices=lambda: _any("size"),
        ),
        _REASONS,
    ),
    "只填写有变化的内容，其他的保持不变。单位名称对所有人公开，地址、联系方式和信用代码加密保存。"
    "行业和规模按填写的情况重新确定，从今天起计入覆盖情况。",
)
MOVE = Act(
    "MovePoint",
    "move",
    "登记迁移",
    "登记迁移",
    (_OFFICER,),
    "point_moved",
    (
        Field(
            "division",
            "迁入的区县",
            "select",
            choices=lambda: [("", "请选择"), *districts(bureau())],
        ),
        Field("moved_on", "迁移日期", "date", hint="不能晚于今天。"),
        _REASONS,
    ),
    "从迁移之日起，联系点计入迁入的区县。",
)
LIAISON = Act(
    "AppointPointLiaison",
    "liaison",
    "更换联络员",
    "登记联络员",
    (_OFFICER, _ITSELF),
    "liaison_appointed",
    (Field("liaison_name", "联络员姓名"), Field("liaison_phone", "联络员电话")),
    f"联系点一方负责联络的人。姓名和电话{_ENCRYPTED}",
    for_point="代为登记更换联络员",
)
BUREAU_LIAISON = Act(
    "AppointBureauLiaison",
    "bureau-liaison",
    "指定司法局联络员",
    "指定",
    (_OFFICER, _LEADER),
    "liaison_appointed",
    (Field("account_id", "联络员的账号编号", hint="在账号管理的账号页面可以查到。", width="full"),),
    "司法局一方负责指导该联系点的工作人员。",
)
GIVE_PLAQUE = Act(
    "GivePlaque",
    "plaque",
    "登记授牌",
    "登记授牌",
    (_OFFICER,),
    "plaque_given",
    (
        Field("plaque_number", "牌匾编号", hint="不超过 40 个字。"),
        Field("given_on", "授牌日期", "date"),
    ),
    turn="联系点正在履职时办理。",
)
RETURN_PLAQUE = Act(
    "ReturnPlaque",
    "plaque-return",
    "登记交还牌匾",
    "登记交还",
    (_OFFICER,),
    "plaque_returned",
    (Field("returned_on", "交还日期", "date"),),
    turn="联系点退出以后办理。",
)
SUSPEND = Act(
    "SuspendPoint",
    "suspension",
    "暂停履职",
    "暂停履职",
    (_LEADER,),
    "point_suspended",
    (_SEALED_REASONS,),
    "暂停期间联系点不履职，管理期限照常计算。",
    turn="联系点正在履职时办理。",
)
RESUME = Act(
    "ResumePoint",
    "resumption",
    "恢复履职",
    "恢复履职",
    (_LEADER,),
    "point_resumed",
    (_SEALED_REASONS,),
    turn="联系点暂停履职时办理。",
)
PROPOSE_RENEWAL = Act(
    "ProposeRenewal",
    "renewal",
    "提出续期",
    "提出续期",
    (_OFFICER, _LEADER, _ITSELF),
    "renewal_proposed",
    (_REASONS,),
    "续期在管理期限届满前办理，须有考核结果并经集体研究，管理期限连续不超过两期。",
    makes=("renewal_id",),
    turn="联系点正在履职时办理。",
)
GRADE_RENEWAL = Act(
    "RecordRenewalGrade",
    "renewal-grade",
    "登记考核结果",
    "登记考核结果",
    (_OFFICER,),
    "grade_recorded",
    (
        Field("year", "考核年度", "whole", width="short"),
        Field("grade", "考核等次", "choice", choices=lambda: label_choices("grade")),
        Field("evidence", "依据", "area", hint=_ENCRYPTED),
    ),
    of="renewal",
    turn="提出续期后办理。",
)
DECIDE_RENEWAL = Act(
    "DecideRenewal",
    "renewal-decision",
    "集体研究续期",
    "登记决定",
    (_LEADER,),
    "renewal_decided",
    (
        *_MEETING,
        Field("agreed", "决定", "flag", choices=lambda: [(YES, "同意续期"), (NO, "不予续期")]),
        _SEALED_REASONS,
    ),
    warning="决定登记后不能更改。",
    of="renewal",
    turn="提出续期并登记考核结果后办理。",
)
RENEW = Act(
    "RenewPoint",
    "renewal-completion",
    "办理续期",
    "办理续期",
    (_LEADER,),
    "point_renewed",
    says="新的管理期限从现期限届满的次日自动开始，在此之前仍按现期限。",
    of="renewal",
    turn="集体研究同意续期后办理。",
)


def _grounds() -> list[Choice]:
    """A point itself asks to retire by its own wish alone."""
    choices = label_choices("retirement_ground")
    if current_visitor().role is Role.POINT:
        return [its for its in choices if its[0] == RetirementGround.OWN_WISH]
    return choices


OPEN_RETIREMENT = Act(
    "OpenRetirement",
    "retirement-opening",
    "启动退出程序",
    "启动退出程序",
    (_OFFICER, _LEADER, _ITSELF),
    "retirement_opened",
    (
        Field("ground", "退出情形", "choice", choices=_grounds),
        Field("facts", "事实", "area", hint=f"写明事实和依据。{_ENCRYPTED}"),
    ),
    "除本单位申请、终止等情形外，须先告知事实，听取陈述申辩，再集体研究决定。",
    makes=("retirement_id",),
    words={
        ("ground", "missing"): "请选择退出情形。",
        ("facts", "missing"): "请写明事实和依据。",
        ("facts", "bad_length"): _TOO_LONG,
    },
)
MERGE = Act(
    "MergePoint",
    "merger",
    "登记合并",
    "登记合并",
    (_LEADER,),
    "point_merged",
    (
        Field(
            "into_point_id",
            "并入的联系点",
            "select",
            choices=lambda: [("", "请选择"), *points_in_office(_point_here())],
        ),
        Field("merged_on", "合并日期", "date"),
        _SEALED_REASONS,
    ),
    "单位并入另一个联系点：两者的记录相互关联，本联系点以“单位注销或者停业”启动退出程序。",
    warning="合并登记后，本联系点即启动退出程序。",
    makes=("retirement_id",),
)
TELL_FACTS = Act(
    "TellRetirementFacts",
    "retirement-facts",
    "登记事实告知",
    "登记告知",
    (_OFFICER,),
    "facts_told",
    (
        Field("told_on", "告知日期", "date"),
        Field("means", "告知方式", "choice", choices=lambda: label_choices("telling_means")),
    ),
    "从告知之日起计算陈述申辩期限。",
    of="retirement",
    turn="启动退出程序后办理；自愿退出等情形不需要告知。",
)
STATEMENT = Act(
    "RecordStatement",
    "statement",
    "陈述申辩",
    "提交陈述申辩",
    (_OFFICER, _ITSELF),
    "statement_recorded",
    (
        Field("made_on", "提出日期", "date"),
        Field("statement", "陈述申辩内容", "area", hint=_ENCRYPTED),
    ),
    of="retirement",
    for_point="代为登记陈述申辩",
    turn="告知事实后办理。",
)
WAIVER = Act(
    "WaiveStatement",
    "statement-waiver",
    "放弃陈述申辩",
    "登记放弃",
    (_OFFICER, _ITSELF),
    "statement_waived",
    (Field("evidence", "说明", "area", hint=f"写明何时、以何种方式表示放弃。{_ENCRYPTED}"),),
    warning="登记放弃后不能撤销；集体研究不必再等陈述申辩期限届满。",
    of="retirement",
    for_point="代为登记放弃陈述申辩",
    turn="告知事实后办理。",
)
DECIDE_RETIREMENT = Act(
    "DecideRetirement",
    "retirement-decision",
    "集体研究退出",
    "登记决定",
    (_LEADER,),
    "retirement_decided",
    (
        *_MEETING,
        Field(
            "facts_hold",
            "事实认定",
            "flag",
            choices=lambda: [(YES, "事实成立"), (NO, "事实不成立")],
        ),
        Field("resolution", "决定", "choice", choices=lambda: label_choices("resolution")),
        _SEALED_REASONS,
    ),
    warning="决定登记后不能更改：决定退出的，转入办理退出；决定保留的，退出程序到此结束。",
    of="retirement",
    turn="启动退出程序后办理。",
)
RETIRE = Act(
    "RetirePoint",
    "retirement",
    "办理退出",
    "办理退出",
    (_LEADER,),
    "retired",
    (
        Field("ground", "退出情形", "choice", choices=_grounds),
        Field("facts", "事实", "area", hint=f"写明事实和依据。{_ENCRYPTED}"),
    ),
    warning="联系点从今天起退出，退出情形对所有人公开。",
    words={
        ("ground", "missing"): "请选择退出情形。",
        ("facts", "missing"): "请写明事实和依据。",
        ("facts", "bad_length"): "请写明事实，不超过 4000 个字。",
    },
    turn="集体研究决定退出后办理。",
)

ACTS = (
    *(GIVE_PLAQUE, DETAILS, MOVE, LIAISON, BUREAU_LIAISON),
    *(PROPOSE_RENEWAL, GRADE_RENEWAL, DECIDE_RENEWAL, RENEW),
    *(OPEN_RETIREMENT, TELL_FACTS, STATEMENT, WAIVER, DECIDE_RETIREMENT, RETIRE, RETURN_PLAQUE),
    *(SUSPEND, RESUME, MERGE),
)
"""In the order of the page."""
