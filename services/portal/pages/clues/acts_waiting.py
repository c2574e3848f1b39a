"""Acts while a case waits for somebody outside of it, and of a case that is taken up anew."""

from __future__ import annotations

from services.portal.labels import label_choices
from services.portal.pages.acts import Field
from services.portal.pages.clues.case_act import REASONS, CaseAct, S
from shared.contracts.roles import Role

_WAITING = (S.ACCEPTED, S.REFERRED, S.ANSWERED, S.VERIFIED)

PAUSE_LIMITS = CaseAct(
    "PauseLimits",
    "pause",
    "中止计算期限",
    "中止",
    (Role.LEADER,),
    "limits_paused",
    (
        Field("limits", "中止哪些期限", "many", hint="全案办理期限随同中止。"),
        Field("ground", "情形", "choice", choices=lambda: label_choices("pause_ground")),
        REASONS,
    ),
    "等待司法裁判、鉴定等外部结果的，可以中止。中止期间不计入期限，已经用去的天数保留；"
    "恢复以前不能转办、开始核实。已经届满的期限不能中止。",
    words={("limits", "bad_length"): "请至少勾选一项期限。"},
    when=_WAITING,
    aside=True,
)
RESUME_LIMITS = CaseAct(
    "ResumeLimits",
    "resumption",
    "恢复计算期限",
    "恢复",
    (Role.OFFICER,),
    "limits_resumed",
    (REASONS,),
    "中止的期限一并恢复，剩余的天数从明天起继续计算。",
    when=_WAITING,
)
REOPEN = CaseAct(
    "ReopenClue",
    "reopening",
    "决定重新办理",
    "重新办理",
    (Role.LEADER,),
    "clue_reopened",
    (REASONS,),
    "反映人在规定的日期以后表示问题未解决的，由负责人决定是否重新办理。全案办理期限从今天起计算。",
    when=(S.TOLD,),
)

ACTS = (PAUSE_LIMITS, RESUME_LIMITS, REOPEN)
