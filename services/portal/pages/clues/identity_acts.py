"""What is done about a confidential reporter's identity: asked for, agreed to, refused, read."""

from __future__ import annotations

from services.portal.pages.acts import Act, Field
from shared.contracts.roles import Role

_BUREAU = (Role.OFFICER, Role.LEADER)
_LEADER = (Role.LEADER,)

REQUEST = Act(
    "RequestOpening",
    "openings/new",
    "申请查看反映人身份",
    "提交申请",
    _BUREAU,
    "opening_requested",
    (
        Field(
            "reason",
            "为什么需要知道反映人是谁",
            "area",
            hint="写明不知道身份就办不成的事项。反映人凭查询码会看到这条理由，"
            "不要写办案人员的姓名。",
        ),
    ),
    "反映人要求保密。须经两名负责人分别同意才能查看，可以查看的时间到了自动关闭，"
    "每次查看都会记录，反映人能看到身份曾经开启。能通过提问了解的，请先向反映人提问。",
    makes=("opening_id",),
    words={
        ("reason", "missing"): "请写明为什么需要知道反映人是谁。",
        ("reason", "bad_length"): "理由不少于 5 个字，不超过 4000 个字。",
    },
    service="clues",
)
APPROVE = Act(
    "ApproveOpening",
    "approval",
    "同意查看反映人身份",
    "同意",
    _LEADER,
    "opening_approved",
    says="须两名负责人分别同意，申请人自己不能同意。",
    warning="第二名负责人同意后，申请人在限定的时间内可以看到反映人的姓名和电话，"
    "反映人能看到身份曾经开启。",
    service="clues",
)
REFUSE = Act(
    "RefuseOpening",
    "refusal",
    "驳回申请",
    "驳回",
    _LEADER,
    "opening_refused",
    (Field("reasons", "驳回的理由", "area", hint="加密保存，申请人和负责人能够看到。"),),
    words={("reasons", "missing"): "请写明驳回的理由。"},
    service="clues",
)
READ = Act(
    "ReadIdentity",
    "identity",
    "查看反映人身份",
    "查看",
    _BUREAU,
    "",
    (Field("purpose", "这次查看的用途", hint="例如：电话核对处罚经过。", width="full"),),
    "每次查看都会记录查看人、时间和用途，负责人、审计人员能够看到。请勿抄录、转告，"
    "不得向被反映的机关透露。",
    words={("purpose", "missing"): "请写明这次查看的用途。"},
    service="clues",
)
DECIDING = (APPROVE, REFUSE)
