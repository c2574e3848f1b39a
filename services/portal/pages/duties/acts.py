"""What is done about points' duties: the table of acts, each the words of one form."""

from __future__ import annotations

from collections.abc import Sequence

from services.portal.labels import label_choices
from services.portal.pages.acts import Act, Field
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.districts import Choice
from services.portal.pages.layout import today
from services.portal.pages.point_choices import points_in_office
from services.portal.pages.submitting import Words
from shared.contracts.roles import Role

_POINT, _OFFICER, _LEADER = (Role.POINT,), (Role.OFFICER,), (Role.LEADER,)
BUREAU = (Role.OFFICER, Role.LEADER)
_SEALED = "加密保存，不对外公开。"
_REASONS = Field("reasons", "理由", "area")
_QUARTERS_BACK = 6
_DAY: Words = {
    ("held_on", "missing"): "请填写日期。",
    ("held_on", "bad_format"): "没有这一天，请核对日期。",
    ("held_on", "out_of_range"): "日期不能晚于今天。",
}
_WHY: Words = {("reasons", "missing"): "请写明理由。"}


def _words(name: str, what: str) -> Words:
    return {
        (name, "missing"): f"请填写{what}。",
        (name, "bad_length"): f"{what}为 5 至 4000 个字。",
    }


def quarters() -> Sequence[Choice]:
    """The quarters that are over, the latest first, as a report's id begins: `2026q1`."""
    day = today()
    number = day.year * 4 + (day.month - 1) // 3
    over = range(number - 1, number - 1 - _QUARTERS_BACK, -1)
    return [(f"{its // 4}q{its % 4 + 1}", f"{its // 4} 年第 {its % 4 + 1} 季度") for its in over]


def _years() -> Sequence[Choice]:
    return [(str(year), f"{year} 年") for year in (today().year, today().year + 1)]


def _points() -> Sequence[Choice]:
    return [("", "请选择"), *points_in_office()]


RECORD_PUBLICITY = Act(
    "RecordPublicity",
    "new",
    "登记宣传活动",
    "提交",
    _POINT,
    "publicity_recorded",
    (
        Field("held_on", "宣传日期", "date", hint="不能晚于今天。"),
        Field("form", "宣传形式", "choice", choices=lambda: label_choices("publicity_form")),
        Field("subject", "主题", hint="例如“行政执法监督条例宣讲”。", width="full"),
        Field("audience", "受众人数", "whole", width="short"),
        Field("account", "开展情况", "area", hint=_SEALED),
    ),
    "提交后由司法局经办人员确认，确认后计入履职记录。",
    makes=("publicity_id",),
    words={
        **_DAY,
        **_words("account", "开展情况"),
        ("form", "missing"): "请选择宣传形式。",
        ("subject", "missing"): "请填写主题。",
        ("audience", "missing"): "请填写受众人数。",
        ("audience", "out_of_range"): "受众人数为 1 至 1000000。",
    },
    service="assessment",
)
CONFIRM = Act(
    "ConfirmPublicity",
    "confirmation",
    "确认宣传活动",
    "确认",
    _OFFICER,
    "publicity_confirmed",
    says="确认后计入该联系点的履职记录，不能更改。",
    service="assessment",
)
RETURN_PUBLICITY = Act(
    "ReturnPublicity",
    "return",
    "退回宣传活动补充",
    "退回",
    _OFFICER,
    "publicity_returned",
    (_REASONS,),
    "写明需要补充什么，联系点补充后重新提交。",
    words=_WHY,
    service="assessment",
)
PLAN_TRAINING = Act(
    "PlanTraining",
    "new",
    "安排培训",
    "安排",
    BUREAU,
    "training_planned",
    (
        Field("division", "面向哪里的联系点", "select", choices=districts_told),
        Field("title", "培训内容", width="full"),
        Field("planned_on", "计划日期", "date", hint="不能早于今天。"),
        Field("place", "地点", width="full"),
    ),
    makes=("training_id",),
    words={
        ("title", "missing"): "请填写培训内容。",
        ("planned_on", "missing"): "请填写计划日期。",
        ("planned_on", "bad_format"): "没有这一天，请核对日期。",
        ("planned_on", "out_of_range"): "计划日期不能早于今天。",
        ("place", "missing"): "请填写地点。",
    },
    service="assessment",
)
ATTENDANCE = Act(
    "RecordTrainingAttendance",
    "attendance",
    "登记培训出席情况",
    "登记",
    BUREAU,
    "training_held",
    (
        Field("held_on", "举办日期", "date", hint="不能晚于今天。"),
        Field("attended", "到场的联系点", "many", choices=points_in_office, optional=True),
        Field("absent", "应到未到的联系点", "many", choices=points_in_office, optional=True),
    ),
    "到场和应到未到的都计入联系点的履职记录，登记后不能更改。",
    words={
        **_DAY,
        ("attended", "missing"): "请选择到场的联系点。",
        ("absent", "duplicate"): "同一联系点不能既到场又未到，请核对。",
    },
    service="assessment",
)
CANCEL_TRAINING = Act(
    "CancelTraining",
    "cancellation",
    "取消培训",
    "取消培训",
    BUREAU,
    "training_cancelled",
    (_REASONS,),
    warning="取消后不能恢复；需要时另行安排一次。",
    words=_WHY,
    service="assessment",
)
HAND_IN = Act(
    "HandInReport",
    "new",
    "报送季度报告",
    "报送",
    _POINT,
    "report_handed_in",
    (
        Field("quarter", "季度", "select", choices=quarters),
        Field("text", "报告内容", "area", hint=f"本季度收集、反馈、宣传等情况。{_SEALED}"),
    ),
    "季度结束后的期限内报送为按期。被退回的，补充后在这里重新报送。",
    words={
        **_words("text", "报告内容"),
        ("quarter", "out_of_range"): "该季度还没有结束。",
        ("quarter", "wrong_state"): "该季度的报告已经报送。",
    },
    service="assessment",
)
RETURN_REPORT = Act(
    "ReturnReport",
    "return",
    "退回季度报告补充",
    "退回",
    _OFFICER,
    "report_returned",
    (_REASONS,),
    "写明需要补充什么。首次报送按期的，补充后仍算按期。",
    words=_WHY,
    service="assessment",
)
ASK = Act(
    "AskBureau",
    "new",
    "向司法局提问",
    "提交",
    _POINT,
    "bureau_asked",
    (Field("text", "问题", "area", hint=f"由司法局联络员在期限内答复。{_SEALED}"),),
    makes=("question_id",),
    words=_words("text", "问题"),
    service="assessment",
)
ANSWER = Act(
    "AnswerPointQuestion",
    "answer",
    "答复联系点提问",
    "答复",
    BUREAU,
    "point_question_answered",
    (Field("answer", "答复", "area", hint=_SEALED),),
    words={("answer", "missing"): "请填写答复。"},
    service="assessment",
)
ALLOCATE = Act(
    "AllocateFunding",
    "new",
    "安排经费",
    "安排",
    _LEADER,
    "funding_allocated",
    (
        Field("point_id", "联系点", "select", choices=_points),
        Field("year", "年度", "select", choices=_years),
        Field("amount", "金额（元）", "yuan", hint="例如 5000 或者 5000.50。"),
        _REASONS,
    ),
    "同一联系点同一年度再次安排的，与已安排的相加。",
    makes=("entry_id",),
    words={**_WHY, ("point_id", "missing"): "请选择联系点。"},
    service="assessment",
)
TAKE_BACK = Act(
    "TakeBackFunding",
    "taking-back",
    "收回经费",
    "收回",
    _LEADER,
    "funding_taken_back",
    (Field("amount", "金额（元）", "yuan", hint="不超过尚未支出的金额。"), _REASONS),
    makes=("entry_id",),
    words=_WHY,
    service="assessment",
)
SPEND = Act(
    "SpendFunding",
    "spending",
    "登记经费支出",
    "登记",
    BUREAU,
    "funding_spent",
    (
        Field("amount", "金额（元）", "yuan", hint="不超过尚未支出的金额。"),
        Field("spent_on", "支出日期", "date", hint="须在该经费的年度以内，不能晚于今天。"),
        Field("purpose", "用途", "area"),
        Field("proof", "凭证号", hint="发票或者凭证的编号。", width="full"),
    ),
    makes=("entry_id",),
    words={
        ("spent_on", "missing"): "请填写支出日期。",
        ("spent_on", "out_of_range"): "须是该经费年度以内、不晚于今天的日期。",
        ("purpose", "missing"): "请填写用途。",
        ("proof", "missing"): "请填写凭证号。",
    },
    service="assessment",
)
