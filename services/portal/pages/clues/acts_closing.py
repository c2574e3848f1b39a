"""Acts at the end of a case: closing, telling whoever told it, and hearing what they say."""

from __future__ import annotations

from services.portal.labels import label_choices
from services.portal.pages.acts import Field
from services.portal.pages.clues.case_act import SEALED, CaseAct, S
from shared.contracts.roles import Role

_MEANS = Field("means", "方式", "choice", choices=lambda: label_choices("feedback_means"))
_BUREAU = (Role.OFFICER, Role.LEADER)

CLOSE = CaseAct(
    "CloseClue",
    "closing",
    "办结",
    "办结",
    _BUREAU,
    "clue_closed",
    (
        Field("summary", "办理情况摘要", "area", hint=SEALED),
        Field(
            "unordered_reasons",
            "不责令退还的理由",
            "area",
            hint=f"核实应退的款项没有全部责令退还的填写，其他情形不填。{SEALED}",
            optional=True,
        ),
    ),
    "办结以前请核对退还台账：由被监督的机关自行登记的付款，应当与收款人核对。"
    "办结以后计算反馈期限。",
    words={
        ("unordered_reasons", "not_allowed"): "核实的款项已经全部责令退还，请清空此项。",
    },
    when=(S.VERIFIED,),
)
FEEDBACK = CaseAct(
    "GiveFeedback",
    "feedback",
    "反馈",
    "登记反馈",
    (Role.OFFICER,),
    "feedback_given",
    (
        _MEANS,
        Field("text", "反馈内容", "area", hint="写明结论、处理结果和退还情况，联系点会看到。"),
    ),
    "经联系点反映的，向联系点反馈，由联系点转达反映人；其他的直接告知反映人。",
    when=(S.CLOSED, S.DECLINED),
)
RELAY = CaseAct(
    "RelayFeedback",
    "feedback-relay",
    "登记转达",
    "登记转达",
    _BUREAU,
    "feedback_relayed",
    (Field("relayed_on", "转达日期", "date"), _MEANS),
    "联系点来电、来函说明已经把反馈内容告知反映人的，在这里登记；联系点也可以自行登记。",
    when=(S.FED_BACK,),
)
RATE = CaseAct(
    "RateSatisfaction",
    "satisfaction",
    "登记满意度",
    "登记",
    _BUREAU,
    "satisfaction_rated",
    (
        Field(
            "satisfaction", "反映人的评价", "choice", choices=lambda: label_choices("satisfaction")
        ),
        Field("comment", "具体意见", "area", hint=SEALED, optional=True),
    ),
    "只登记一次，须是反映人本人的评价。评价“问题未解决”并在期限以内的，本件重新办理；"
    "期限以后的照样登记，由负责人决定是否重新办理。",
    when=(S.TOLD,),
)

ACTS = (CLOSE, FEEDBACK, RELAY, RATE)
