"""What is to be done first about an application before a step of it is possible, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

_BUREAU = frozenset({Role.OFFICER, Role.REVIEWER, Role.LEADER})
_DECIDING = frozenset({Role.OFFICER, Role.LEADER})
_REVIEW = "/applications/{application_id}/review"


@dataclass(frozen=True)
class _Remedy:
    """A link, and the roles that may open it."""

    text: str
    path: str
    roles: frozenset[Role] = _BUREAU


_REMEDIES: Mapping[Reason, _Remedy] = {
    Reason.RECOMMENDATION_MISSING: _Remedy(
        "代为登记", "/applications/{application_id}/recommendation", frozenset({Role.OFFICER})
    ),
    Reason.DOCUMENTS_MISSING: _Remedy("查看申报材料", "/applications/{application_id}/documents"),
    Reason.CHECKS_MISSING: _Remedy(
        "登记审查项", "/applications/{application_id}/checks", frozenset({Role.REVIEWER})
    ),
    Reason.REVIEW_INCOMPLETE: _Remedy("查看审查记录", _REVIEW),
    Reason.FLAG_OPEN: _Remedy("去认定", f"{_REVIEW}/flag", frozenset({Role.REVIEWER, Role.LEADER})),
    Reason.NO_REVIEW_GROUP: _Remedy("查看审查小组", "/batches/{batch_id}/review-group"),
    Reason.INTERESTS_NOT_DECLARED: _Remedy("申报利益关系", "/batches/{batch_id}/interests"),
    Reason.NO_QUORUM: _Remedy("查看投票情况", f"{_REVIEW}#votes-title"),
    Reason.MAJORITY_MISSING: _Remedy("查看投票情况", f"{_REVIEW}#votes-title"),
    Reason.TOO_FEW_PLACES: _Remedy("查看批次", "/batches/{batch_id}"),
    Reason.OBJECTION_OPEN: _Remedy("查看异议", "/notices/{notice_id}/objections"),
    Reason.NOTICE_DIFFERS: _Remedy(
        "更正公示", "/notices/{notice_id}/correction?unit={application_id}", _DECIDING
    ),
}
"""Reason → the page on which what is missing can be done or seen."""


def remedy(reason: Reason, application: Mapping[str, Any], role: Role) -> tuple[str, str] | None:
    """`(text, address)` for a visitor in this role, None where there is no page for it."""
    found = _REMEDIES.get(reason)
    if found is None or role not in found.roles:
        return None
    return found.text, found.path.format(**application)
