"""What a leader can decide about a request for erasure: one form each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages.acts import Field
from services.portal.pages.command_form import CommandForm
from services.portal.pages.confirming import Question
from shared.contracts.erasure.vocabulary import ErasureStatus

_WAITING = (ErasureStatus.REQUESTED, ErasureStatus.APPROVED)
_DECIDED = "这份申请已经有决定，或者封存期还没有满。"


@dataclass(frozen=True)
class ErasureAct:
    """As `acts.Act`. after_lock: whether it is possible again once the lock has ended"""

    command: str
    path: str
    title: str
    button: str
    note: str
    when: tuple[ErasureStatus, ...]
    fields: tuple[Field, ...] = ()
    says: str = ""
    warning: str = ""
    turn: str = _DECIDED
    after_lock: bool = False

    def is_due(self, its: Mapping[str, Any]) -> bool:
        ended = self.after_lock and its["status"] == ErasureStatus.LOCKED and its["lock_ended"]
        return its["status"] in self.when or bool(ended)

    def form(self, service: str) -> CommandForm:
        asked = Question(self.title, self.warning, f"确认{self.button}") if self.warning else None
        names = {its.name: its.label for its in self.fields}
        return CommandForm(self.command, names, {}, self.note, service, question=asked)


ACTS = (
    ErasureAct(
        "ApproveErasure",
        "approval",
        "批准删除个人信息",
        "批准",
        "erasure_approved",
        _WAITING,
        says="须由两名负责人分别批准；申请人不能批准。第二人批准以后，密钥随即销毁。",
        warning="密钥销毁以后，内容谁也不能再看到，也不能恢复。",
        after_lock=True,
    ),
    ErasureAct(
        "RefuseErasure",
        "refusal",
        "不予删除",
        "不予删除",
        "erasure_refused",
        _WAITING,
        (Field("reasons", "理由", "area", hint="告知申请人的理由。"),),
        says="不予删除的，应当说明理由；以后可以再次申请。",
        after_lock=True,
    ),
    ErasureAct(
        "LockSubject",
        "lock",
        "封存个人信息",
        "封存",
        "subject_locked",
        _WAITING,
        (
            Field("ground", "封存的理由", "choice", choices=partial(label_choices, "lock_ground")),
            Field("locked_until", "封存至", "date", hint="到这一天为止；期满以后再决定是否删除。"),
            Field("reasons", "说明", "area", hint="写明依据的规定，或者需要的程序。"),
        ),
        says="依法还不能删除的，停止除存储以外的处理（个人信息保护法第四十七条）。",
        warning="封存期满以前不能解除；查阅须由两名负责人分别同意。",
    ),
    ErasureAct(
        "AllowReading",
        "reading",
        "同意查阅封存信息",
        "同意查阅",
        "reading_allowed",
        (ErasureStatus.LOCKED,),
        (Field("purpose", "查阅的用途", "area", hint="例如：复议机关依法调取。"),),
        says="两名负责人分别同意以后，只有这两人可以查阅，二十四小时内有效。",
        turn="没有封存的信息，不需要同意。",
    ),
)
