"""What a request says, read strictly: a JSON body, query values, the headers that matter."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from flask import request
from gunicorn.http.errors import ParseException
from marshmallow import fields
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from shared.contracts.canonical import MAX_INTEGER
from shared.contracts.errors import Invalid
from shared.contracts.fields import Flag, Whole

DEEPEST = 32
"""Levels of lists and objects in a body; none of ours has more than four."""

COMMAND_ID_HEADER = "Idempotency-Key"
AFTER = r"([!-~]{1,200}):([1-9][0-9]{0,8})"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})", re.ASCII)


BROKEN = "jiandu.broken"
"""Set in the environment of a request whose body has no end that can be found: what comes behind it
on its connection is no request.
"""


class Unreadable(Exception):
    """The request is not what it says it is; the text tells its sender, in Chinese."""


def refuse_endless() -> None:
    """Before each request. Raises RequestEntityTooLarge for a body without a length that goes on,
    Unreadable for one in chunks that are none.

    Werkzeug refuses one that says how long it is; of one in chunks it only reads no further, and
    what is cut off must not pass for what was sent.
    """
    in_chunks = request.content_length is None and "Transfer-Encoding" in request.headers
    if in_chunks and len(_chunks()) >= (request.max_content_length or 0):
        raise RequestEntityTooLarge


def _chunks() -> bytes:
    try:
        return request.get_data(cache=True)
    except ParseException:
        request.environ[BROKEN] = True
        raise Unreadable("请求正文的分块格式不正确，请检查后再试。") from None


def json_object() -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty object.

    Raises Unreadable, UnsupportedMediaType, Invalid for JSON that is no object, and what Werkzeug
    raises for a body above the limit.
    """
    raw = request.get_data(cache=True)
    if not raw:
        return {}
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    value = _parsed(raw)
    if not isinstance(value, dict):
        raise Invalid.one("", "wrong_type", "must be an object")
    return value


def query_values(known: Mapping[str, fields.Field[Any]], *also: str) -> dict[str, Any]:
    """The query string's values as the fields have them; `also` may stand there besides.

    Raises Invalid for a name that is not known or stands twice, and for what is no number or
    no true or false where one belongs; everything else is for the service to judge.
    """
    values: dict[str, Any] = {}
    for name, given in request.args.lists():
        if name in also:
            continue
        if name not in known:
            raise Invalid.one(name, "unknown_field", "is not a parameter of this address")
        if len(given) > 1:
            raise Invalid.one(name, "duplicate", "stands twice")
        values[name] = _value(name, known[name], given[0])
    return values


def command_id() -> str:
    """The id of the command, which its sender chose. Raises Unreadable."""
    given = request.headers.get(COMMAND_ID_HEADER, "").strip('"')
    try:
        identifier = uuid.UUID(given)
    except ValueError:
        identifier = None
    if identifier is None or str(identifier) != given.lower() or identifier.version not in (4, 5):
        raise Unreadable(
            f"请在 {COMMAND_ID_HEADER} 请求头中给出办理编号（一个随机的 UUID），"
            "重复提交同一件事时保持不变。"
        )
    return str(identifier)


def after() -> dict[str, Any] | None:
    """What the answer must already show: `?after=<stream>:<version>`. Raises Invalid."""
    given = request.args.get("after")
    if given is None:
        return None
    found = re.fullmatch(AFTER, given, re.ASCII)
    if found is None:
        raise Invalid.one("after", "bad_format", "must be a stream and its version, as a:1")
    return {"stream": found[1], "version": int(found[2])}


def _parsed(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("提交的内容不是有效的 UTF-8 文本，请检查编码。") from None
    if _deepest(text) > DEEPEST:
        raise Unreadable(f"提交的内容嵌套过深，最多 {DEEPEST} 层。")
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_number
        )
    except ValueError:
        raise Unreadable("提交的内容不是有效的 JSON，请检查格式。") from None


# A text that never ends is one match to the end: tried anew from each quote in it, it would take
# time with the square of its length.
_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


def _deepest(text: str) -> int:
    """Levels of nesting, counted without recursion; brackets in texts count for nothing."""
    depth = deepest = 0
    for bracket in _TEXT_OR_BRACKET.findall(text):
        if bracket in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in ("]", "}"):
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose names stands twice: readers differ in which of them counts."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Unreadable("提交的内容中有重复的字段名，请删除重复项。")
    return made


def _number(text: str) -> int | float:
    """JSON has one kind of number: 41.0 is a whole one (RFC 8785 writes it as 41)."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= MAX_INTEGER else number


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _value(name: str, field: fields.Field[Any], text: str) -> Any:
    if isinstance(field, Whole):
        if not _WHOLE.fullmatch(text):
            raise Invalid.one(name, "wrong_type", "must be a whole number")
        return int(text)
    if isinstance(field, Flag):
        if text not in ("true", "false"):
            raise Invalid.one(name, "wrong_type", "must be true or false")
        return text == "true"
    return text
