"""Where the portal's API takes each command and question that the story needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from examples.play.portal import Request

_BATCH = "/batches/{batch_id}"
_APPLICATION = "/applications/{application_id}"
_NOTICE = "/notices/{notice_id}"

COMMANDS: Mapping[str, tuple[str, str]] = {
    "RegisterApplicant": ("POST", "/registrations"),
    "ChangePassword": ("POST", "/accounts/{account_id}/password/change"),
    "OpenBatch": ("POST", "/batches"),
    "PlanBatch": ("POST", f"{_BATCH}/plan"),
    "RecordDistrictFigures": ("PUT", "/divisions/{division}/figures/{year}"),
    "SubmitApplication": ("POST", "/applications"),
    "ConfirmRecommendation": ("POST", f"{_APPLICATION}/recommendation/confirm"),
    "DeclineRecommendation": ("POST", f"{_APPLICATION}/recommendation/decline"),
    "RequestSupplement": ("POST", f"{_APPLICATION}/supplement/request"),
    "SubmitSupplement": ("POST", f"{_APPLICATION}/supplement"),
    "WithdrawApplication": ("POST", f"{_APPLICATION}/withdrawal"),
    "PassFormalCheck": ("POST", f"{_APPLICATION}/formal-check/pass"),
    "FailFormalCheck": ("POST", f"{_APPLICATION}/formal-check/fail"),
    "RecordReviewCheck": ("POST", f"{_APPLICATION}/review/checks"),
    "ResolveFlag": ("POST", f"{_APPLICATION}/review/flags"),
    "ConcludeReview": ("POST", f"{_APPLICATION}/review/conclusion"),
    "RecordDeliberation": ("POST", f"{_BATCH}/deliberations"),
    "AdjournDeliberation": ("POST", f"{_BATCH}/deliberations/adjourned"),
    "PromoteReserve": ("POST", f"{_BATCH}/reserves/{{application_id}}/promotion"),
    "PublishNotice": ("POST", f"{_BATCH}/notices"),
    "ObjectToNotice": ("POST", f"{_NOTICE}/objections"),
    "DecideObjection": ("POST", f"{_NOTICE}/objections/{{objection_id}}/decision"),
    "DesignatePoints": ("POST", f"{_NOTICE}/designations"),
}
"""Method and path; what the path names is left out of the body."""

QUERIES: Mapping[str, str] = {
    "ListApplications": "/applications",
    "OpenApplication": _APPLICATION,
    "ListNotices": "/notices",
    "ShowNotice": _NOTICE,
    "ListObjections": "/objections",
    "ListPoints": "/points",
    "ShowCoverage": "/coverage",
}
"""Path; what it does not name goes into the query string."""

_NAMED = re.compile(r"{(\w+)}")


def command(command_type: str, payload: Mapping[str, Any], key: str) -> Request:
    """The request that hands the command in under the id `key`."""
    method, path = COMMANDS[command_type]
    return Request(method, _filled(path, payload), body=_rest(path, payload), key=key)


def query(query_type: str, payload: Mapping[str, Any]) -> Request:
    """The request that asks."""
    path = QUERIES[query_type]
    return Request("GET", _filled(path, payload), params=_rest(path, payload))


def _filled(path: str, payload: Mapping[str, Any]) -> str:
    return _NAMED.sub(lambda found: str(payload[found[1]]), path)


def _rest(path: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    named = _NAMED.findall(path)
    return {name: value for name, value in payload.items() if name not in named}
