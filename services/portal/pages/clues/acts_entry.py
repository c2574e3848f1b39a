"""Acts at the beginning of a case: acceptance, who handles it, and whom it goes to."""

from __future__ import annotations

from services.portal.labels import label_choices
from services.portal.pages.acts import NO, YES, Field
from services.portal.pages.clues.case_act import (
    OPEN,
    REASONS,
    SEALED,
    CaseAct,
    S,
    officers,
    people_to_recuse,
)
from shared.contracts.clues.vocabulary import ClueStatus
from shared.contracts.roles import Role

_OFFICER = (Role.OFFICER,)
_BUREAU = (Role.OFFICER, Role.LEADER)
_AT_WORK = (S.FILED, *OPEN)
_FILED = tuple(status for status in ClueStatus if status is not S.ABSENT)

ACCEPT = CaseAct(
    "AcceptClue",
    "acceptance",
    "受理",
    "受理",
    _OFFICER,
    "clue_accepted",
    says="受理以后开始计算全案办理期限。受理告知书可以在本件页面打印。",
    when=(S.FILED,),
)
DECLINE = CaseAct(
    "DeclineClue",
    "declining",
    "不予受理",
    "不予受理",
    _OFFICER,
    "clue_declined",
    (
        Field(
            "ground",
            "不予受理的情形",
            "choice",
            hint="实名、实名保密反映的，不能以匿名且无具体线索为由不予受理，请联系反映人补充线索。",
            choices=lambda: label_choices("decline_ground"),
        ),
        Field("reasons", "理由", "area", hint=f"写明依据，据此告知反映人。{SEALED}"),
    ),
    "只有列出的情形可以不予受理。不予受理的，须在反馈期限内告知反映人。",
    when=(S.FILED,),
)
ASSIGN = CaseAct(
    "AssignClue",
    "handlers",
    "指定承办人",
    "指定",
    _BUREAU,
    "clue_assigned",
    (
        Field(
            "handlers",
            "承办人",
            "many",
            hint="勾选的人员承办本件，以前指定而没有勾选的不再承办。应当回避的人员不能指定。",
            choices=officers,
        ),
    ),
    words={("handlers", "bad_length"): "请至少勾选一名承办人，最多 10 名。"},
    when=_AT_WORK,
)
RECUSE = CaseAct(
    "RecuseOfficer",
    "recusal",
    "登记回避",
    "登记回避",
    _BUREAU,
    "officer_recused",
    (
        Field("account_id", "回避的人员", "choice", choices=people_to_recuse),
        Field("tie", "回避的情形", "choice", choices=lambda: label_choices("tie")),
        REASONS,
    ),
    warning="登记以后，回避的人员不能再查阅、办理本件。",
    when=_FILED,
    aside=True,
)
CONSENT = CaseAct(
    "RecordConsent",
    "consent",
    "登记涉及单位的意见",
    "登记",
    _OFFICER,
    "consent_recorded",
    (
        Field(
            "given",
            "涉及的单位是否同意向被反映机关公开名称",
            "flag",
            choices=lambda: [(YES, "同意"), (NO, "不同意")],
        ),
        Field("evidence", "依据", "area", hint=f"写明何时、以何种方式表示。{SEALED}"),
    ),
    when=_AT_WORK,
    aside=True,
)
JOIN = CaseAct(
    "JoinClue",
    "joining",
    "并入其他线索",
    "并案办理",
    _OFFICER,
    "clue_joined",
    (
        Field(
            "into_clue_id",
            "并入的线索编号",
            hint="从“类似线索”选择并入时已经填好；也可以填写该件页面地址的最后一段。",
            width="full",
        ),
        REASONS,
    ),
    "反映同一问题的线索并案办理：结论和处理结果共用，每位反映人分别告知、反馈。"
    "还没有受理的，并案时一并受理，受理告知书可以在本件页面打印。",
    "并案以后，本件随并入的线索一并办结，不能再单独办理。",
    words={("into_clue_id", "wrong_state"): "没有找到正在办理的该件线索，请核对编号。"},
    when=(S.FILED, S.ACCEPTED),
    aside=True,
)
FLAG = CaseAct(
    "FlagRetaliation",
    "retaliation",
    "反映打击报复",
    "立件办理",
    _BUREAU,
    "retaliation_flagged",
    (Field("text", "具体情况", "area", hint=f"写明何时、何人、如何打击报复。{SEALED}"),),
    "反映人因反映问题受到打击报复的，另行立件，按紧急线索办理。",
    when=_FILED,
    aside=True,
)
REFER = CaseAct(
    "ReferClue",
    "referral",
    "转办",
    "转办",
    _OFFICER,
    "clue_referred",
    (
        Field("target", "转办对象", "choice", choices=lambda: label_choices("referral_target")),
        Field(
            "authority",
            "其他有权机关的名称",
            hint="转被反映的机关办理的不填。",
            optional=True,
            width="full",
        ),
        Field("unit", "在线答复的单位账号", "select", optional=True),
        Field(
            "names_unit",
            "是否写明涉及的单位",
            "flag",
            hint="涉及的单位同意公开名称的，才能写明。",
            choices=lambda: [(NO, "不写明"), (YES, "写明，已征得同意")],
        ),
        Field(
            "summary",
            "转办内容",
            "area",
            hint="用司法局的语言写明需要核查、答复的问题。不得出现反映人的姓名、电话，也不要照抄原文。",
        ),
    ),
    "受转单位可以看到转办内容，看不到反映的原文和反映人。答复须写明事实、依据、处理措施和退还情况。",
    makes=("referral_id",),
    when=(S.ACCEPTED,),
)
RETURN = CaseAct(
    "ReturnAnswer",
    "answer-return",
    "退回答复",
    "退回重新答复",
    _OFFICER,
    "answer_returned",
    (
        Field(
            "missing",
            "没有说清楚的部分",
            "many",
            choices=lambda: label_choices("reply_part"),
        ),
        Field("remarks", "退回说明", "area", hint="写明还需要说明什么，受转单位会看到。"),
    ),
    words={("missing", "bad_length"): "请至少勾选一个部分。"},
    when=(S.ANSWERED,),
)
WITHDRAW = CaseAct(
    "WithdrawReferral",
    "referral-withdrawal",
    "撤回转办",
    "撤回转办",
    _OFFICER,
    "referral_withdrawn",
    (Field("reasons", "理由", "area", hint="受转单位会看到。"),),
    when=(S.REFERRED, S.ANSWERED),
    aside=True,
)

ACTS = (ACCEPT, DECLINE, ASSIGN, REFER, RETURN, WITHDRAW, CONSENT, JOIN, RECUSE, FLAG)
