"""How the edge says no: RFC 9457 problem documents, and pages with the same words.

The closed set of errors of the services, and what the edge adds to it: not signed in, service
away, outcome unknown, too many requests. Nothing else leaves, least of all an exception's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from services.portal.accounts.lockout import Wait
from services.portal.web.access import NotSignedIn
from services.portal.web.calls import OutcomeUnknown, ServiceAway
from services.portal.web.kinds import KINDS
from services.portal.web.limits import TooMany
from services.portal.web.reading import Unreadable
from services.portal.web.security import ForgedRequest
from services.portal.web.telling import request_id
from shared.contracts.errors import Conflict, Invalid, JianduError, NotFound, Refused
from shared.contracts.errors import Problem as FieldProblem
from shared.contracts.publication.zh_names import zh_service
from shared.contracts.reasons import Reason
from shared.contracts.zh import sentence
from shared.contracts.zh_fields import field_sentence
from shared.privacy.evidence.scanning import ScannerAway
from shared.privacy.evidence.store import StoreAway

_log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """One answer that says no. `code` names the kind and ends the problem type's address."""

    status: int
    code: str
    title: str
    detail: str
    reason: str | None = None
    errors: tuple[FieldProblem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, instance: str) -> dict[str, Any]:
        """As RFC 9457 has it; `instance` is the request's id."""
        told: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{instance}",
        }
        if self.reason is not None:
            told["reason"] = self.reason
        if self.errors:
            told["errors"] = [
                {
                    "path": its.path,
                    "code": its.code,
                    "message": field_sentence(its),
                }
                for its in self.errors
            ]
        return told


_STATUS_OF_REASON = {
    Reason.WRONG_ROLE: HTTPStatus.FORBIDDEN,
    Reason.OUT_OF_SCOPE: HTTPStatus.FORBIDDEN,
    Reason.PASSWORD_CHANGE_NEEDED: HTTPStatus.FORBIDDEN,
    Reason.SIGN_IN_FAILED: HTTPStatus.UNAUTHORIZED,
    Reason.TOTP_NEEDED: HTTPStatus.UNAUTHORIZED,
    Reason.SIGN_IN_LOCKED: HTTPStatus.TOO_MANY_REQUESTS,
    Reason.SIGN_IN_BUSY: HTTPStatus.TOO_MANY_REQUESTS,
    Reason.IDENTITY_PROVIDER_AWAY: HTTPStatus.SERVICE_UNAVAILABLE,
    Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Reason.COMMAND_ID_REUSED: HTTPStatus.CONFLICT,
    Reason.ALREADY_EXISTS: HTTPStatus.CONFLICT,
}
_CODE_OF_STATUS = {
    401: "sign_in_failed",
    403: "wrong_role",
    409: "conflict",
    413: "too_large",
    429: "too_many",
    503: "service_away",
}
_HEADERS_OF_STATUS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}
_OUR_OWN_FAULT = {Reason.ACTOR_MISSING, Reason.ACTOR_EXPIRED, Reason.ACTOR_FORGED}


def problem_of(error: Exception) -> Problem:
    """What an exception is to whoever asked."""
    match error:
        case Wait():
            return replace(_refused(error), headers={"Retry-After": str(error.seconds)})
        case Refused():
            return _refused(error)
        case Invalid():
            return made(422, "invalid", sentence(error), errors=error.problems)
        case NotFound():
            return made(404, "not_found", sentence(error))
        case Conflict():
            return made(409, "conflict", sentence(error))
        case NotSignedIn():
            return made(
                401,
                "not_signed_in",
                "此内容需要登录后查看，请先登录。",
                headers={"WWW-Authenticate": "Bearer"},
            )
        case ForgedRequest():
            return made(
                403,
                "forged",
                "无法确认这次提交来自本网站的页面，可能是登录已经过期。请重新登录，再打开原来的页面提交。",
            )
        case ServiceAway():
            return made(
                503,
                "service_away",
                f"“{zh_service(error.service)}”服务暂时无法使用，请稍后再试。",
                headers={"Retry-After": "5"},
            )
        case StoreAway() | ScannerAway():
            return made(
                503,
                "service_away",
                "文件暂时无法保存，请稍后再试；也可以先不带文件提交，以后再补充。",
                headers={"Retry-After": "60"},
            )
        case OutcomeUnknown():
            return made(
                504,
                "outcome_unknown",
                "尚未收到办理结果，可能已经办成。请用同一个办理编号再次提交，不会重复办理。",
                headers={"Retry-After": "5"},
            )
        case Unreadable():
            return made(400, "bad_request", str(error))
        case psycopg.OperationalError():  # PoolTimeout is one
            return problem_of(ServiceAway("portal"))
        case RateLimitExceeded():
            return _too_many(error.limit.limit.get_expiry())
        case TooMany():
            return _too_many(error.seconds)
        case HTTPException():
            return _http(error)
    return _internal(error)


def made(status: int, code: str, detail: str, **more: Any) -> Problem:
    """A problem of a kind in `web.kinds`, with its title."""
    return Problem(status, code, KINDS[code].title, detail, **more)


def _refused(error: Refused) -> Problem:
    reason = Reason(error.reason) if error.reason in set(Reason) else None
    if reason in _OUR_OWN_FAULT:
        return _internal(error)
    status = int(_STATUS_OF_REASON.get(reason, HTTPStatus.UNPROCESSABLE_ENTITY)) if reason else 422
    code = _CODE_OF_STATUS.get(status, "refused")
    fields = tuple(FieldProblem(path, str(error.reason), sentence(error)) for path in error.fields)
    return made(
        status,
        code,
        sentence(error),
        reason=str(error.reason),
        errors=fields,
        headers=_HEADERS_OF_STATUS.get(status, {}),
    )


_HTTP = {
    400: ("bad_request", "请求的格式无法识别，请检查后重新提交。"),
    404: ("not_found", "没有这个地址，请检查后重新进入。"),
    405: ("bad_request", "该地址不支持这种操作。"),
    406: ("bad_request", "无法提供所要求的格式。"),
    412: ("stale", "内容已被他人更新，请重新读取后再提交。"),
    413: ("too_large", "提交的内容过大，请精简后再提交。"),
    415: ("bad_request", "内容类型不受支持，请以 application/json 提交。"),
    429: ("too_many", "操作过于频繁，请稍后再试。"),
}


def _too_many(seconds: int) -> Problem:
    return made(429, "too_many", _HTTP[429][1], headers={"Retry-After": str(seconds)})


def _http(error: HTTPException) -> Problem:
    status = error.code or 500
    if status >= 500:
        return _internal(error)
    code, detail = _HTTP.get(status, ("bad_request", "请求有误，请检查后重新提交。"))
    headers = {
        name: value
        for name, value in error.get_headers()
        if name in ("Allow", "Retry-After", "WWW-Authenticate")
    }
    return made(status, code, detail, headers=headers)


def _internal(error: Exception) -> Problem:
    """An unforeseen error: its text may hold somebody's data and stays in our own records, under
    the request's id, which also the services' lines about it bear.
    """
    reference = request_id()
    if isinstance(error, JianduError):
        _log.error("request.failed_inside", reference=reference, kind=error.kind)
    else:
        _log.error("request.failed", reference=reference, exc_info=error)
    detail = f"系统内部错误，请稍后重试；如仍失败，请把编号 {reference} 告知管理员。"
    return made(500, "internal", detail)
