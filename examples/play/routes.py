"""Where the portal's API takes each command and question that the story needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from examples.play.portal import File, Request

_ACCOUNT = "/accounts/{account_id}"
_BATCH = "/batches/{batch_id}"
_APPLICATION = "/applications/{application_id}"
_REVIEW = f"{_APPLICATION}/review"
_NOTICE = "/notices/{notice_id}"
_POINT = "/points/{point_id}"
_CLUE = "/clues/{clue_id}"
_CLAIM = f"{_CLUE}/refunds/{{claim_id}}"

COMMANDS: Mapping[str, tuple[str, str]] = {
    "OpenAccount": ("POST", "/accounts"),
    "GrantRole": ("POST", f"{_ACCOUNT}/roles"),
    "RegisterApplicant": ("POST", "/registrations"),
    "ChangePassword": ("POST", f"{_ACCOUNT}/password/change"),
    "OpenBatch": ("POST", "/batches"),
    "PlanBatch": ("POST", f"{_BATCH}/plan"),
    "RecordDistrictFigures": ("PUT", "/divisions/{division}/figures/{year}"),
    "SubmitApplication": ("POST", "/applications"),
    "AttachDocument": ("POST", f"{_APPLICATION}/documents"),
    "ConfirmRecommendation": ("POST", f"{_APPLICATION}/recommendation/confirm"),
    "DeclineRecommendation": ("POST", f"{_APPLICATION}/recommendation/decline"),
    "RequestSupplement": ("POST", f"{_APPLICATION}/supplement/request"),
    "SubmitSupplement": ("POST", f"{_APPLICATION}/supplement"),
    "WithdrawApplication": ("POST", f"{_APPLICATION}/withdrawal"),
    "PassFormalCheck": ("POST", f"{_APPLICATION}/formal-check/pass"),
    "FailFormalCheck": ("POST", f"{_APPLICATION}/formal-check/fail"),
    "AppointReviewGroup": ("POST", f"{_BATCH}/review-group"),
    "DeclareInterests": ("POST", f"{_BATCH}/review-group/interests"),
    "DeclareRecusal": ("POST", f"{_REVIEW}/recusals"),
    "ExamineRecusals": ("POST", f"{_REVIEW}/recusals/examination"),
    "RecordPoliticalDirection": ("POST", f"{_REVIEW}/political-direction"),
    "RecordGovernanceAbility": ("POST", f"{_REVIEW}/governance-ability"),
    "RecordVisit": ("POST", f"{_REVIEW}/visits"),
    "RecordTalk": ("POST", f"{_REVIEW}/talks"),
    "AskOpinion": ("POST", f"{_REVIEW}/opinions"),
    "AnswerOpinion": ("POST", f"{_REVIEW}/opinions/{{opinion_id}}/answer"),
    "RecordReviewCheck": ("POST", f"{_REVIEW}/checks"),
    "ResolveFlag": ("POST", f"{_REVIEW}/flags"),
    "CastVote": ("POST", f"{_REVIEW}/votes"),
    "ConcludeReview": ("POST", f"{_REVIEW}/conclusion"),
    "RecordDeliberation": ("POST", f"{_BATCH}/deliberations"),
    "AdjournDeliberation": ("POST", f"{_BATCH}/deliberations/adjourned"),
    "PromoteReserve": ("POST", f"{_BATCH}/reserves/{{application_id}}/promotion"),
    "PublishNotice": ("POST", f"{_BATCH}/notices"),
    "ObjectToNotice": ("POST", f"{_NOTICE}/objections"),
    "DecideObjection": ("POST", f"{_NOTICE}/objections/{{objection_id}}/decision"),
    "DesignatePoints": ("POST", f"{_NOTICE}/designations"),
    "GivePlaque": ("POST", f"{_POINT}/plaque"),
    "AppointPointLiaison": ("POST", f"{_POINT}/liaison"),
    "AppointBureauLiaison": ("POST", f"{_POINT}/bureau-liaison"),
    "AppointResponsibleLeader": ("POST", "/responsible-leaders"),
    "RegisterPartnerBody": ("POST", "/partners"),
    "RecordCoordinationMeeting": ("POST", "/meetings"),
    "CompleteMeetingTask": ("POST", "/meetings/{meeting_id}/tasks/{task_id}/completion"),
    "OpenRetirement": ("POST", f"{_POINT}/retirements"),
    "TellRetirementFacts": ("POST", "/retirements/{retirement_id}/facts"),
    "FileClue": ("POST", "/clues"),
    "AcceptClue": ("POST", f"{_CLUE}/acceptance"),
    "AssignClue": ("POST", f"{_CLUE}/handlers"),
    "ReferClue": ("POST", f"{_CLUE}/referrals"),
    "AnswerReferral": ("POST", f"{_CLUE}/referrals/{{referral_id}}/answer"),
    "StartVerification": ("POST", f"{_CLUE}/verification"),
    "TakeVerificationStep": ("POST", f"{_CLUE}/verification/steps"),
    "ConcludeVerification": ("POST", f"{_CLUE}/verification/conclusion"),
    "ClaimRefund": ("POST", f"{_CLUE}/refunds"),
    "VerifyRefund": ("POST", f"{_CLAIM}/verification"),
    "OrderRefund": ("POST", f"{_CLAIM}/order"),
    "RecordRefundPayment": ("POST", f"{_CLAIM}/payments"),
    "RecordOutcome": ("POST", f"{_CLUE}/outcomes"),
    "CloseClue": ("POST", f"{_CLUE}/closing"),
    "GiveFeedback": ("POST", f"{_CLUE}/feedback"),
    "RelayFeedback": ("POST", f"{_CLUE}/feedback/relay"),
    "RateSatisfaction": ("POST", f"{_CLUE}/satisfaction"),
    "PlaceBox": ("POST", "/opinion-boxes"),
    "EmptyBox": ("POST", "/opinion-boxes/{box_id}/emptyings"),
    "ScheduleSymposium": ("POST", "/symposia"),
    "HoldSymposium": ("POST", "/symposia/{symposium_id}/minutes"),
    "RecordBaseline": ("PUT", "/divisions/{division}/baselines/{year}"),
}
"""Method and path; what the path names is left out of the body."""

QUERIES: Mapping[str, str] = {
    "ShowAccount": _ACCOUNT,
    "ListApplications": "/applications",
    "OpenApplication": _APPLICATION,
    "ListNotices": "/notices",
    "ShowNotice": _NOTICE,
    "ListObjections": "/objections",
    "ListPoints": "/points",
    "ListRetirements": "/retirements",
    "ShowCoverage": "/coverage",
    "OpenClue": _CLUE,
    "ListOpinionsFiled": "/opinions-filed",
    "ListThemes": "/themes",
    "ShowBaseline": "/baselines",
}
"""Path; what it does not name goes into the query string."""

_NAMED = re.compile(r"{(\w+)}")


FILE = f"{_APPLICATION}/documents/{{document_id}}/content"
"""Where the file of a document is brought to."""


def file(application_id: str, document_id: str, media_type: str, content: bytes) -> Request:
    """The request that brings a file, which AttachDocument then makes a document."""
    path = FILE.format(application_id=application_id, document_id=document_id)
    return Request("PUT", path, File(media_type, content))


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
