"""What the OpenAPI document says of a resource: bodies, parameters, answers, refusals."""

from __future__ import annotations

from typing import Any, TypeAlias

from services.portal.api.answers import ANSWERS
from services.portal.api.binding import TABLE, Bound, Command, Query
from services.portal.api.examples import example_of
from services.portal.web.access import access_of
from shared.contracts.publication.field_schemas import schema_of, summary_of
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.roles import Role

Document: TypeAlias = dict[str, Any]

REFUSALS = {
    400: "请求无法识别",
    401: "没有登录，或登录已失效",
    403: "角色不符，或请求来源无法确认",
    404: "没有找到，或无权查看",
    409: "内容已被更新，或编号已被使用",
    412: "内容已不是 If-Match 所说的版本",
    413: "内容过大",
    414: "地址过长",
    415: "内容类型不受支持",
    422: "内容有误，或规则不允许",
    429: "操作过于频繁",
    431: "请求头过长",
    503: "服务暂时无法使用，什么也没有做",
    504: "结果尚不确定：请用同一个 Idempotency-Key 再次提交",
}
"""Every status that says no, each answered with a problem document (RFC 9457)."""

ALWAYS = (414, 431)
"""What any request may be answered with, before it is read as a whole."""
READ = (400, 401, 403, 404, 422, 429, 503)
READ_BY_POST = (*READ, 413, 415)
WRITE = (*REFUSALS,)

# apispec makes references of names.
COMMAND_ID = "IdempotencyKey"
IF_MATCH = "IfMatch"
IF_NONE_MATCH = "IfNoneMatch"
AFTER = "After"


def operation_of(bound: Bound) -> Document:
    """The operation object of a line of a table."""
    return _command(bound) if isinstance(bound, Command) else _query(bound)


def described(view: Any, name: str, summary: str, **more: Any) -> Document:
    """An operation object with who may call it; `name` is its id."""
    access = access_of(view)
    assert access is not None
    roles = sorted(access.roles - {Role.PUBLIC} if access.signed_in else access.roles)
    signed: list[Document] = [{"bearer": []}]
    return {
        "operationId": name,
        "summary": summary,
        "x-jiandu-roles": [str(role) for role in roles],
        "security": [{}, *signed] if access.allows(Role.PUBLIC, has_account=False) else signed,
        **more,
    }


def refusals(*statuses: int) -> Document:
    """Response objects of these statuses, by their code as text."""
    return {
        str(status): {"$ref": f"#/components/responses/Problem{status}"}
        for status in (*statuses, *ALWAYS)
    }


def json_answer(description: str, schema: Document, **headers: Document) -> Document:
    """A response object whose body is JSON of that schema."""
    told: Document = {
        "description": description,
        "content": {"application/json": {"schema": schema}},
    }
    named = {name.replace("_", "-"): its for name, its in headers.items()}
    return {**told, "headers": named} if named else told


def json_body(schema: Document, example: Any, *, required: bool = True) -> Document:
    """A request body object."""
    content = {"application/json": {"schema": schema, "example": example}}
    return {"required": required, "content": content}


def _command(bound: Command) -> Document:
    kind = bound.kind
    schema = _body_schema(bound)
    example = {name: example_of(name, its) for name, its in bound.in_body.items()}
    example = {name: its for name, its in example.items() if name not in bound.makes}
    written = {"$ref": f"#/components/schemas/{'Written' if bound.tells_version else 'Noted'}"}
    headers = {"Location": {"$ref": "#/components/headers/Location"}} if bound.at else {}
    answer = json_answer("已办成", written, **headers)
    operation = described(
        bound.who(lambda: None),
        kind.name,
        zh_name(bound.service, "command", kind.name),
        parameters=[COMMAND_ID, *([IF_MATCH] if bound.tells_version else [])],
        responses={str(bound.status): answer, **refusals(*WRITE)},
    )
    if summary := summary_of(kind.cls):
        operation["description"] = summary
    if bound.in_body:
        operation["requestBody"] = json_body(schema, example, required=bool(schema["required"]))
    if bound.sheet is not None:
        table = {"schema": {"type": "string"}, "example": bound.sheet.example}
        operation["requestBody"]["content"][TABLE] = table
    return operation


def _body_schema(bound: Bound) -> Document:
    made = bound.makes if isinstance(bound, Command) else ()
    needed = [n for n, its in bound.in_body.items() if its.required and n not in made]
    return {
        "type": "object",
        "properties": {n: schema_of(its, written=False) for n, its in bound.in_body.items()},
        "required": needed,
        "additionalProperties": False,
    }


def _query(bound: Query) -> Document:
    kind = bound.kind
    answer = ANSWERS[bound.asks]
    schema = page_of(answer) if bound.many else answer
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": bool(its.required),
            "schema": _parameter_schema(its),
            **({"example": example_of(name, its)} if its.required else {}),
        }
        for name, its in bound.in_query.items()
    ]
    tag = {"$ref": "#/components/headers/ETag"}
    stale = {"$ref": "#/components/headers/Stale"}
    by_post = bound.method == "POST"
    same = {} if by_post else {"304": {"description": "与 If-None-Match 所说的相同"}}
    operation = described(
        bound.who(lambda: None),
        kind.name,
        zh_name(bound.service, "query", kind.name),
        parameters=[*parameters, AFTER, *([] if by_post else [IF_NONE_MATCH])],
        responses={
            "200": json_answer("查询结果", schema, ETag=tag, Jiandu_Stale=stale),
            **same,
            **refusals(*(READ_BY_POST if by_post else READ)),
        },
    )
    if bound.in_body:
        example = {name: example_of(name, its) for name, its in bound.in_body.items()}
        operation["requestBody"] = json_body(_body_schema(bound), example)
    if summary := summary_of(kind.cls):
        operation["description"] = summary
    return operation


def page_of(item: Document) -> Document:
    """A page of a list."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "description": "下一页的 cursor；没有则为 null"},
        },
        "required": ["items", "next"],
    }


def _parameter_schema(field: Any) -> Document:
    """A query string has no null: what may be left out is left out."""
    schema = dict(schema_of(field, written=False))
    if isinstance(schema["type"], list):
        (schema["type"],) = (its for its in schema["type"] if its != "null")
        if "enum" in schema:
            schema["enum"] = [word for word in schema["enum"] if word is not None]
    return schema
