"""What goes over the wire in a call: nameko's JSON bodies, and a deadline in a header; no I/O.

Request: `{"args": [...], "kwargs": {...}}` to exchange `nameko-rpc` with routing key
`{service}.{method}`. Reply: `{"result": ..., "error": null | {...}}` with nameko's error keys;
`data` beside them carries one of our own errors in its wire form (shared.contracts.errors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from nameko.exceptions import BadRequest, MalformedRequest, get_module_path, safe_for_serialization

from shared.contracts.errors import JianduError

CONTENT_TYPE: Final = "application/json"
CONTENT_ENCODING: Final = "utf-8"
TRANSIENT: Final = 1
"""AMQP delivery mode of every call and reply: kept off the broker's disk."""

DEADLINE_HEADER: Final = "jiandu.deadline"
"""Milliseconds of Unix time after which nobody waits any more. Real time, not business time."""

DEFAULT_REQUEST_LIMIT: Final = 1024 * 1024
DEFAULT_REPLY_LIMIT: Final = 8 * 1024 * 1024

_JSON_TYPES_ONLY = (
    orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


class TooLarge(BadRequest):  # type: ignore[misc]
    """A request or a reply is longer than the limit (bytes)."""


class Unserializable(Exception):
    """A method returned something that is not plain JSON: a bug of the service."""


class InternalError(Exception):
    """Stands in for every unforeseen exception: its text may hold somebody's data."""


@dataclass(frozen=True, slots=True)
class Request:
    """A decoded call. `deadline` is Unix time in seconds, None when the caller set none."""

    args: list[Any]
    kwargs: dict[str, Any]
    deadline: float | None


def decode_request(
    body: bytes, content_type: object, headers: Mapping[str, Any], limit: int
) -> Request:
    """Read a call off the wire. Raises MalformedRequest; TooLarge above `limit` bytes."""
    if len(body) > limit:
        raise TooLarge(f"{len(body)} bytes, at most {limit} are taken")
    if "compression" in headers:
        # A few bytes may unpack to gigabytes, so nothing is unpacked.
        raise MalformedRequest("compressed bodies are not taken")
    if str(content_type).partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise MalformedRequest(f"content type is not {CONTENT_TYPE}")
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedRequest(f"body is not JSON in UTF-8: {error.msg}") from None
    if not isinstance(content, dict):
        raise MalformedRequest("body is not a JSON object")
    args, kwargs = content.get("args"), content.get("kwargs")
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        raise MalformedRequest("`args` (list) or `kwargs` (object) is missing or of another type")
    return Request(args, kwargs, decode_deadline(headers))


def decode_deadline(headers: Mapping[str, Any]) -> float | None:
    """The deadline in Unix seconds, or None. Raises MalformedRequest when it is no number."""
    value = headers.get(DEADLINE_HEADER)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedRequest(f"header {DEADLINE_HEADER} is not a whole number of milliseconds")
    return value / 1000


def encode_reply(result: Any, error: BaseException | None, limit: int) -> bytes:
    """The reply's body; a result that cannot travel becomes an error reply. Never raises."""
    if error is not None:
        return _error_reply(error)
    try:
        body = orjson.dumps({"result": result, "error": None}, option=_JSON_TYPES_ONLY)
    except (TypeError, ValueError, RecursionError):
        return _error_reply(Unserializable("the method returned something that is not JSON"))
    if len(body) > limit:
        return _error_reply(TooLarge(f"the reply has {len(body)} bytes, at most {limit} are sent"))
    return body


def describe_error(error: BaseException) -> dict[str, Any]:
    """nameko's error keys; texts only of errors that are meant to be told."""
    if not isinstance(error, JianduError | BadRequest | Unserializable):
        error = InternalError(f"{type(error).__name__} in the service, see its log")
    described = {
        "exc_type": type(error).__name__,
        "exc_path": get_module_path(type(error)),
        "exc_args": [safe_for_serialization(argument) for argument in error.args],
        "value": str(error),
    }
    if isinstance(error, JianduError):
        described["data"] = error.to_wire()
    return described


def _error_reply(error: BaseException) -> bytes:
    try:
        return orjson.dumps({"result": None, "error": describe_error(error)})
    except (TypeError, ValueError, RecursionError):
        unspeakable = InternalError(f"{type(error).__name__} cannot be told in JSON")
        return orjson.dumps({"result": None, "error": describe_error(unspeakable)})
