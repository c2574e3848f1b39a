"""Acts that follow from a finding: outcomes and how they are followed, refunds by their ledger."""

from __future__ import annotations

from services.portal.pages.acts import Field
from services.portal.pages.clues.case_act import OPEN, SEALED, CaseAct, S
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import OutcomeKind
from shared.contracts.roles import Role

_OFFICER, _LEADER = (Role.OFFICER,), (Role.LEADER,)
_NUMBER = Field("document_number", "文书编号", hint="例如：株司监意〔2026〕3号，不超过 60 个字。")
_REFUND_WORDS = {
    ("amount", reason): words
    for reason, words in (
        ("more_than_claimed", "不能超过主张的金额；主张有遗漏的，另行登记一笔。"),
        ("more_than_verified", "不能超过核实的金额；核实有误的，先更正核实的金额。"),
        ("more_than_unpaid", "不能超过尚未退还的金额。"),
        ("less_than_ordered", "不能少于已经责令退还的金额，请先调减责令退还的金额。"),
    )
}


def _outcome(
    kind: OutcomeKind,
    path: str,
    title: str,
    *fields: Field,
    says: str = "",
    details: str = "内容",
    hint: str = SEALED,
) -> CaseAct:
    return CaseAct(
        "RecordOutcome",
        path,
        title,
        "登记",
        _LEADER,
        "outcome_recorded",
        (*fields, Field("details", details, "area", hint=hint)),
        says,
        makes=("outcome_id",),
        when=(S.VERIFIED,),
        variant=str(kind),
        fixed={"kind": str(kind)},
    )


_TO_BODY = "写入文书，送达被监督的机关：不得出现反映人的信息。"
DISCIPLINE = _outcome(
    OutcomeKind.DISCIPLINE,
    "outcome-discipline",
    "登记处理执法人员",
    Field("persons", "处理的人数", "whole", width="short"),
    details="处理情况",
)
NOTICE = _outcome(OutcomeKind.NOTICE, "outcome-notice", "制发监督通知书", _NUMBER, hint=_TO_BODY)
OPINION = _outcome(
    OutcomeKind.SUPERVISION_OPINION,
    "outcome-opinion",
    "制发监督意见书",
    _NUMBER,
    says="从今天起计算整改期限，逾期没有整改的可以作出监督决定书。",
    hint=_TO_BODY,
)
DECISION = _outcome(
    OutcomeKind.SUPERVISION_DECISION,
    "outcome-decision",
    "作出监督决定书",
    _NUMBER,
    says="意见书逾期没有落实的才能作出，取代该意见书，从今天起计算报告期限。",
    hint=_TO_BODY,
)
CORRECTION = _outcome(
    OutcomeKind.CORRECTION, "outcome-correction", "登记已经纠正", details="纠正情况"
)
COMPLY = CaseAct(
    "RecordCompliance",
    "compliance",
    "登记落实情况",
    "登记落实",
    _OFFICER,
    "compliance_recorded",
    (
        Field("complied_on", "落实日期", "date"),
        Field("account", "落实情况", "area", hint=SEALED),
    ),
    when=(S.VERIFIED,),
    about="outcome_id",
)
CLAIM = CaseAct(
    "ClaimRefund",
    "refund-claim",
    "登记主张退还的款项",
    "登记",
    _OFFICER,
    "refund_claimed",
    (
        Field("amount", "主张的金额（元）", "yuan"),
        Field("claimant", "退还给谁", hint=SEALED, width="full"),
    ),
    makes=("claim_id",),
    when=OPEN,
    aside=True,
)
VERIFY = CaseAct(
    "VerifyRefund",
    "refund-verification",
    "核实应退的金额",
    "登记核实",
    _OFFICER,
    "refund_verified",
    (
        Field("amount", "核实的金额（元）", "yuan", hint="多收的部分。更正时填写全部金额。"),
        Field("basis", "依据", "area", hint=SEALED),
    ),
    words=_REFUND_WORDS,
    when=(S.VERIFYING, S.VERIFIED),
    about="claim_id",
)
ORDER = CaseAct(
    "OrderRefund",
    "refund-order",
    "责令退还",
    "责令退还",
    _LEADER,
    "refund_ordered",
    (
        Field("amount", "责令退还的金额（元）", "yuan", hint="增加时填写增加以后的全部金额。"),
        Field("document_number", "按哪份文书退还", "choice", hint="本次办理制发、仍然有效的文书。"),
    ),
    "从今天起计算付款期限；全部退还以前不能办结。",
    words=_REFUND_WORDS,
    when=(S.VERIFIED,),
    about="claim_id",
)
REDUCE = CaseAct(
    "ReduceRefundOrder",
    "refund-reduction",
    "调减责令退还的金额",
    "调减",
    _LEADER,
    "refund_reduced",
    (
        Field("amount", "调减的金额（元）", "yuan"),
        Field("reasons", "理由", "area", hint=SEALED),
    ),
    words=_REFUND_WORDS,
    when=(S.VERIFIED,),
    about="claim_id",
    aside=True,
)


def _of_proof() -> str:
    """A body may read what it wrote itself, and nothing that an officer writes here."""
    asked = "写明凭证的名称、号码和收款人。"
    its_own = current_visitor().role is Role.ENFORCEMENT_BODY
    return asked if its_own else f"{asked}被反映的机关看不到此项。"


PAY = CaseAct(
    "RecordRefundPayment",
    "refund-payment",
    "登记退还付款",
    "登记付款",
    _OFFICER,
    "refund_paid",
    (
        Field("amount", "付款金额（元）", "yuan", hint="分次退还的，逐次登记。"),
        Field("paid_on", "付款日期", "date"),
        Field(
            "proof",
            "付款凭证",
            "area",
            hint=_of_proof,
        ),
        Field("proof_file", "凭证的扫描件或者照片（选填）", "file"),
    ),
    words=_REFUND_WORDS,
    makes=("payment_id",),
    when=(S.VERIFIED,),
    about="claim_id",
)
REVERSE = CaseAct(
    "ReverseRefundPayment",
    "refund-reversal",
    "冲销付款",
    "冲销",
    _OFFICER,
    "refund_reversed",
    (Field("reasons", "理由", "area", hint=f"写明没有到账或者登记错误的情况。{SEALED}"),),
    "没有到账、登记错误的付款予以冲销，款项重新计为未退还。",
    when=(S.VERIFIED,),
    about="payment_id",
    aside=True,
)

OUTCOMES = (DISCIPLINE, NOTICE, OPINION, DECISION, CORRECTION, COMPLY)
REFUNDS = (CLAIM, VERIFY, ORDER, PAY, REDUCE, REVERSE)
ACTS = (*OUTCOMES, *REFUNDS)
