"""Acts of a verification, from its start to its finding."""

from __future__ import annotations

from services.portal.labels import label_choices
from services.portal.pages.acts import Field
from services.portal.pages.clues.case_act import REASONS, SEALED, CaseAct, S
from shared.contracts.roles import Role

_OFFICER, _LEADER = (Role.OFFICER,), (Role.LEADER,)

START = CaseAct(
    "StartVerification",
    "verification",
    "开始核实",
    "开始核实",
    _OFFICER,
    "verification_started",
    says="从今天起计算核实期限。转办尚在办理的，先等候答复或者撤回转办。",
    when=(S.ACCEPTED, S.ANSWERED),
)
STEP = CaseAct(
    "TakeVerificationStep",
    "verification-step",
    "登记核实经过",
    "登记",
    _OFFICER,
    "step_taken",
    (
        Field("taken_on", "日期", "date"),
        Field("means", "方式", "choice", choices=lambda: label_choices("verification_means")),
        Field("account", "经过", "area", hint=f"写明查了什么、查到什么。{SEALED}"),
    ),
    makes=("step_id",),
    when=(S.VERIFYING,),
)
CONCLUDE = CaseAct(
    "ConcludeVerification",
    "verification-conclusion",
    "作出核实结论",
    "作出结论",
    _OFFICER,
    "clue_verified",
    (
        Field("finding", "结论", "choice", choices=lambda: label_choices("clue_finding")),
        Field("facts", "查明的事实", "area", hint=SEALED),
        Field("basis", "依据", "area", hint=f"写明法律、法规、规章的具体条款。{SEALED}"),
    ),
    when=(S.VERIFYING,),
)
EXTEND = CaseAct(
    "ExtendClueVerification",
    "verification-extension",
    "延长核实期限",
    "延长",
    _LEADER,
    "clue_verification_extended",
    (REASONS,),
    "核实期限只能延长一次，须在届满之前办理。",
    when=(S.VERIFYING,),
    aside=True,
)
EXTEND_CASE = CaseAct(
    "ExtendCase",
    "extension",
    "延长全案办理期限",
    "延长",
    _LEADER,
    "case_extended",
    (REASONS,),
    "全案办理期限只能延长一次，须在届满之前办理。",
    when=(S.ACCEPTED, S.REFERRED, S.ANSWERED, S.VERIFYING, S.VERIFIED),
    aside=True,
)
PAUSE = CaseAct(
    "PauseVerification",
    "verification-pause",
    "中止计算期限",
    "中止",
    _LEADER,
    "verification_paused",
    (
        Field("ground", "情形", "choice", choices=lambda: label_choices("pause_ground")),
        REASONS,
    ),
    "中止期间不计入办理期限，已经用去的天数保留。",
    when=(S.VERIFYING,),
    aside=True,
)
RESUME = CaseAct(
    "ResumeVerification",
    "verification-resumption",
    "恢复核实",
    "恢复",
    _OFFICER,
    "verification_resumed",
    (REASONS,),
    "剩余的天数从明天起继续计算。",
    when=(S.PAUSED,),
)

ACTS = (START, STEP, CONCLUDE, RESUME, EXTEND, EXTEND_CASE, PAUSE)
