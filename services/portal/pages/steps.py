"""What may be done next about an application, and why not, in words; the registry says which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.portal.labels import label
from services.portal.pages.layout import bureau_name
from services.portal.pages.remedies import remedy
from services.portal.pages.wording import zh_date
from services.portal.web.visitor import current_visitor
from shared.contracts.reasons import Reason
from shared.contracts.zh import REFUSALS


@dataclass(frozen=True)
class Shown:
    """One step. `path` leads to where it is done, None when it is not possible now.

    command, variant: as the registry names it
    remedy: what is to be done first, and where, if the visitor may
    soon: it is this application's turn, only something is missing
    aside: not what comes next, but possible besides
    """

    command: str
    variant: str | None
    text: str
    path: str | None = None
    why_not: str | None = None
    remedy: tuple[str, str] | None = None
    soon: bool = False
    aside: bool = False


@dataclass(frozen=True)
class _Way:
    text: str
    path: str
    status: str | None = None
    aside: bool = False


_REVIEW = "/applications/{application_id}/review"
_NOT_WORTH_TELLING = frozenset(
    {
        Reason.WRONG_STATE,
        Reason.OBJECTION_UNKNOWN,
        Reason.RECOMMENDATION_NOT_NEEDED,
        Reason.RECOMMENDATION_DECIDED,
        Reason.CHECK_NOT_ASKED,
        Reason.NOT_FLAGGED,
        Reason.OPINION_UNKNOWN,
        Reason.VOTED_ALREADY,
    }
)
"""Reasons that leave nothing to do: told only to who asks for all steps."""
_WAYS: Mapping[tuple[str, str | None], _Way] = {
    ("ConfirmRecommendation", None): _Way(
        "代为登记推荐单位的确认",
        "/applications/{application_id}/recommendation?decision=confirm",
        "submitted",
    ),
    ("DeclineRecommendation", None): _Way(
        "代为登记推荐单位不予推荐",
        "/applications/{application_id}/recommendation?decision=decline",
        "submitted",
        aside=True,
    ),
    ("RequestSupplement", None): _Way(
        "要求补正", "/applications/{application_id}/supplement-request", "submitted"
    ),
    ("SubmitSupplement", None): _Way(
        "代为登记补正", "/applications/{application_id}/supplement", "supplementing", aside=True
    ),
    ("StrikeOff", None): _Way(
        "取消资格", "/applications/{application_id}/striking-off", aside=True
    ),
    ("WithdrawApplication", None): _Way(
        "代为登记撤回申报", "/applications/{application_id}/withdrawal", aside=True
    ),
    ("CorrectUnitData", None): _Way(
        "更正单位资料", "/applications/{application_id}/data", aside=True
    ),
    ("PassFormalCheck", None): _Way(
        "通过形式审查", "/applications/{application_id}/formal-check?decision=pass", "submitted"
    ),
    ("FailFormalCheck", None): _Way(
        "不予通过形式审查", "/applications/{application_id}/formal-check?decision=fail", "submitted"
    ),
    ("RecordReviewCheck", None): _Way(
        "登记审查项结果", "/applications/{application_id}/checks", "under_review"
    ),
    ("RecordPoliticalDirection", None): _Way(
        "登记政治方向审查", f"{_REVIEW}/political-direction", "under_review", aside=True
    ),
    ("RecordGovernanceAbility", None): _Way(
        "登记治理能力审查", f"{_REVIEW}/governance-ability", "under_review", aside=True
    ),
    ("RecordVisit", None): _Way("登记走访记录", f"{_REVIEW}/visit", "under_review", aside=True),
    ("RecordTalk", None): _Way("登记座谈记录", f"{_REVIEW}/talk", "under_review", aside=True),
    ("AskOpinion", None): _Way("征求意见", f"{_REVIEW}/opinion", "under_review", aside=True),
    ("AnswerOpinion", None): _Way("登记征求意见的答复", f"{_REVIEW}#opinions-title", aside=True),
    ("TakeBackOpinion", None): _Way("收回征求意见", f"{_REVIEW}#opinions-title", aside=True),
    ("ExamineRecusals", None): _Way(
        "核对回避情形", f"{_REVIEW}#group-title", "under_review", aside=True
    ),
    ("DeclareRecusal", None): _Way("申请回避", f"{_REVIEW}/recusal", "under_review", aside=True),
    ("ResolveFlag", None): _Way("认定存疑的审查项", f"{_REVIEW}/flag", "under_review"),
    ("CastVote", None): _Way("投票", f"{_REVIEW}/vote", "under_review"),
    ("ConcludeReview", "qualified"): _Way(
        "作出“符合条件”的结论",
        "/applications/{application_id}/conclusion?conclusion=qualified",
        "under_review",
    ),
    ("ConcludeReview", "not_qualified"): _Way(
        "作出“不符合条件”的结论",
        "/applications/{application_id}/conclusion?conclusion=not_qualified",
        "under_review",
    ),
    ("RecordDeliberation", None): _Way(
        "集体研究，列入名单", "/batches/{batch_id}/deliberation", "qualified"
    ),
    ("PromoteReserve", None): _Way(
        "递补", "/batches/{batch_id}/reserves/{application_id}/promotion", "reserve"
    ),
    ("PublishNotice", None): _Way("发布公示", "/batches/{batch_id}/notice", "listed"),
    ("CorrectNotice", None): _Way(
        "更正公示", "/notices/{notice_id}/correction?unit={application_id}", "on_notice", aside=True
    ),
    ("ExtendVerification", None): _Way(
        "延长异议核实期限", "/notices/{notice_id}/objections", "on_notice", aside=True
    ),
    ("DecideObjection", None): _Way("处理异议", "/notices/{notice_id}/objections", "on_notice"),
    ("DesignatePoints", None): _Way(
        "确定为联系点", "/notices/{notice_id}/designation", "on_notice"
    ),
}
"""`(command, variant)` → what it is called, where it is done, in which status."""


def shown_steps(application: Mapping[str, Any]) -> list[Shown]:
    """The steps of an opened application that have a page, in the order of its way."""
    return [
        _shown(application, step)
        for step in application["steps"]
        if (step["command"], step["variant"]) in _WAYS
    ]


def _shown(application: Mapping[str, Any], step: Mapping[str, Any]) -> Shown:
    way = _WAYS[step["command"], step["variant"]]
    shown = Shown(step["command"], step["variant"], way.text, aside=way.aside)
    if step["possible"]:
        return replace(shown, path=way.path.format(**application))
    reason = Reason(step["reason"])
    soon = reason not in _NOT_WORTH_TELLING and not way.aside
    return replace(
        shown,
        why_not=_why_not(step, reason, way),
        remedy=remedy(reason, application, current_visitor().role),
        soon=soon,
    )


def _why_not(step: Mapping[str, Any], reason: Reason, way: _Way) -> str:
    match reason:
        case Reason.CHECKS_MISSING:
            missing = _words(step["needs"], "check")
            return f"还有审查项没有完成：{missing}。由资格审查小组成员登记。"
        case Reason.REVIEW_INCOMPLETE:
            missing = _words(step["needs"], "review_step")
            return f"审查记录中还缺少：{missing}。由经办人员或者资格审查小组成员登记。"
        case Reason.FLAG_OPEN:
            flagged = _words(step["needs"], "check")
            return f"存疑的审查项还没有认定：{flagged}。由资格审查小组成员或者负责人认定。"
        case Reason.FLAG_UPHELD:
            upheld = _words(step["needs"], "check")
            return f"存疑的审查项已认定问题成立：{upheld}。只能作出“不符合条件”的结论。"
        case Reason.HARD_STOP:
            failed = _words(step["needs"], "check")
            return f"审查项不合格：{failed}。只能作出“不符合条件”的结论。"
        case Reason.DOCUMENTS_MISSING:
            missing = _words(step["needs"], "document_kind")
            return f"申报材料不齐，还缺少：{missing}。可以要求申报单位补正。"
        case Reason.NOTICE_RUNNING:
            return f"公示期至{zh_date(step['needs'][0])}，期满后再办理。"
        case Reason.OBJECTION_UNKNOWN:
            return "没有待处理的异议。"
        case Reason.RECOMMENDATION_MISSING:
            return (
                "推荐单位还没有确认推荐。由推荐单位在线确认，或者凭其书面文件由经办人员代为登记。"
            )
        case Reason.NO_REVIEW_GROUP:
            return "本批次还没有成立资格审查小组。由负责人成立。"
        case Reason.NO_QUORUM:
            return (
                "投票的人数还没有超过规定的比例。"
                "小组成员在审查项登记齐全，或者有审查项不合格以后投票，然后作出结论。"
            )
        case Reason.MAJORITY_MISSING:
            return "投票没有形成这一结论的多数。按投票结果作结论，或者等其他小组成员投票。"
        case Reason.OBJECTION_OPEN:
            return "对该单位的异议还没有处理完毕。由经办人员或者负责人核实后作出处理决定。"
        case Reason.CHECK_NOT_ASKED:
            return "该类单位不审查此项。"
        case Reason.NOT_FLAGGED:
            return "没有等待认定的存疑项。"
        case Reason.OPINION_UNKNOWN:
            return "没有等待答复的征求意见。"
        case Reason.SUPPLEMENT_OVERDUE:
            return f"补正期限已于{zh_date(step['needs'][0])}届满。"
        case Reason.TOO_FEW_PLACES if step["command"] == "PromoteReserve":
            return "本批次没有空出的名额。"
        case Reason.TOO_FEW_PLACES:
            return "本批次没有剩余的名额，可以列为候补或者不列入名单。"
        case Reason.WRONG_STATE if way.status is not None:
            return f"申报处于“{label(way.status, 'status')}”时办理。"
    return why_not(step)


def why_not(step: Mapping[str, Any]) -> str:
    """Why a step of anything is not possible, where there is nothing more to say about it."""
    reason = Reason(step["reason"])
    match reason:
        case Reason.WRONG_ROLE:
            return f"由{_either(step['roles'])}办理。"
        case Reason.OUT_OF_SCOPE:
            return f"由{bureau_name(step['needs'][0])}办理。"
        case Reason.STATEMENT_OPEN:
            return f"陈述申辩期限至{zh_date(step['needs'][0])}，期满后再决定。"
        case Reason.RENEWAL_TOO_EARLY:
            return f"续期从{zh_date(step['needs'][0])}起受理。"
        case Reason.RENEWAL_TOO_LATE:
            return f"管理期限已于{zh_date(step['needs'][0])}届满，不能再续期。"
        case Reason.MEETING_TOO_EARLY:
            heard_on = zh_date(step["needs"][0])
            return f"联系点于{heard_on}陈述申辩或者放弃，集体研究须在该日以后召开。"
        case Reason.GRADE_MISSING:
            return "还没有登记考核结果。由经办人员先登记。"
        case Reason.FACTS_NOT_TOLD:
            return "还没有向联系点告知事实。由经办人员先登记告知，听取陈述申辩后再决定。"
        case Reason.RETIREMENT_NOT_OPEN:
            return "还没有启动退出程序。由经办人员或者负责人启动，集体研究决定退出后再办理。"
        case Reason.LIMIT_PROVISIONAL:
            due_on = zh_date(step["needs"][0])
            return f"陈述申辩期限暂定至{due_on}，录入该年度的工作日安排后重新计算，再作决定。"
    return REFUSALS[reason]


def _either(roles: Sequence[str]) -> str:
    return "或者".join(label(role, "role") for role in roles)


def _words(names: Sequence[str], kind: str) -> str:
    return "、".join(label(name, kind) for name in names)
