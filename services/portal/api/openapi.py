"""The OpenAPI 3.1 document and the page that shows it; flask-smorest gathers, we say the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask, Response, render_template, request
from flask_smorest import Api, Blueprint

from services.portal.api import converters
from services.portal.api.answers import SCHEMAS
from services.portal.api.binding import PREFIX, Bound
from services.portal.api.documents import REFUSALS, operation_of
from services.portal.web.access import everyone
from services.portal.web.kinds import KINDS
from services.portal.web.problems import CONTENT_TYPE
from services.portal.web.reading import AFTER

_DESCRIPTION = """行政执法监督联系点的开放接口。

- 登录：`POST /api/v1/sessions`，之后的请求带 `Authorization: Bearer <token>`。
- 办理：每个写操作带 `Idempotency-Key`（随机 UUID）；没有结果时用同一编号再次提交，不会重复办理。
- 先看后办：`If-Match` 给出看到的 `ETag`，内容已被他人更新时不会办理（412）。
- 刚办的事：查询带 `after=<stream>:<version>`；仍未显示时，答复带 `Jiandu-Stale: ?1`。
- 出错：一律为 RFC 9457 的 problem 文档，`detail` 说明接下来怎么办。
"""

_UUID = {"type": "string", "format": "uuid"}


class _Api(Api):  # type: ignore[misc]
    """flask-smorest without its own error answers: ours are in `web.problems`."""

    def _register_error_handlers(self) -> None:
        pass


def make_api(app: Flask) -> Api:
    """An empty document and the routes that show it."""
    app.config.update(API_TITLE="行政执法监督联系点", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    converters.install(app)
    api = _Api(app, spec_kwargs={"info": {"description": _DESCRIPTION}})
    for converter in converters.CONVERTERS.values():
        api.register_converter(converter, converters.schema_of)
    _components(api.spec.components)
    return api


def blueprint_of(name: str, description: str, table: Sequence[Bound]) -> Blueprint:
    """A resource's blueprint out of its table."""
    blueprint = new_blueprint(name, description)
    for bound in table:
        view = _view(bound)
        add(blueprint, bound.path, bound.method, bound.kind.name, view, operation_of(bound))
    return blueprint


def new_blueprint(name: str, description: str) -> Blueprint:
    """An empty one; its description is what the document sorts its routes under."""
    return Blueprint(f"api_{name}", __name__, url_prefix=PREFIX, description=description)


def add(
    blueprint: Blueprint, path: str, method: str, name: str, view: Any, document: dict[str, Any]
) -> None:
    """One route, its access declared already, with its operation object."""
    documented = blueprint.doc(**document)(view)
    documented.__doc__ = None  # summary and description come from the document
    blueprint.add_url_rule(path, name, documented, methods=[method], tags=[blueprint.description])


def show(app: Flask, api: Api) -> None:
    """`/api/v1/openapi.json`, and `/api/docs` for people. To be called when all is registered."""
    told = api.spec.to_dict()
    told["tags"] = [{"name": tag["description"]} for tag in told["tags"]]
    raw = json.dumps(told, ensure_ascii=False).encode()

    @everyone
    def document() -> Response:
        response = Response(raw, content_type="application/json")
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response

    @everyone
    def docs() -> str:
        return render_template("api/docs.html", document=f"{PREFIX}/openapi.json")

    app.add_url_rule(f"{PREFIX}/openapi.json", "openapi", document)
    app.add_url_rule("/api/docs", "api_docs", docs)


def _view(bound: Bound) -> Any:
    view = bound.who(_named(bound))
    return view if bound.often is None else bound.often(view)


def _named(bound: Bound) -> Any:
    """A function of its own for each route: access and limits are written on it."""

    def view(**path: Any) -> Response:
        return bound.view(**path)

    view.__name__ = bound.kind.name
    return view


def _components(components: Any) -> None:
    components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    for name, schema in (*_OWN_SCHEMAS.items(), *SCHEMAS.items()):
        components.schema(name, schema)
    for name, parameter in _PARAMETERS.items():
        components.parameter(name, parameter["in"], parameter)
    for name, header in _HEADERS.items():
        components.header(name, header)
    for status, description in REFUSALS.items():
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        components.response(f"Problem{status}", {"description": description, "content": content})


def _problem_types(codes: Iterable[str]) -> list[str]:
    return [f"/problems/{code}" for code in codes]


_OWN_SCHEMAS: dict[str, dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457",
        "properties": {
            "type": {"type": "string", "enum": _problem_types(KINDS)},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "接下来怎么办，一句话"},
            "instance": {"type": "string", "description": "这次请求的编号"},
            "reason": {"type": "string", "description": "不能办理的原因代码"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldProblem"}},
        },
        "required": ["type", "title", "status", "detail", "instance"],
        "additionalProperties": False,
    },
    "FieldProblem": {
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "如 figures[0].division；空表示整体"},
            "code": {"type": "string"},
            "message": {"type": "string"},
        },
        "required": ["path", "code", "message"],
        "additionalProperties": False,
    },
    "Written": {
        "type": "object",
        "description": "办成了什么：所在的流、它现在的版本、对象的编号",
        "properties": {
            "stream": {"type": "string"},
            "version": {"type": "integer", "minimum": 0},
            "id": {"type": "string"},
        },
        "required": ["stream", "version", "id"],
        "additionalProperties": False,
    },
    "Noted": {
        "type": "object",
        "description": "已收到：对象的编号",
        "properties": {"id": _UUID},
        "required": ["id"],
        "additionalProperties": False,
    },
}

_PARAMETERS: dict[str, dict[str, Any]] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "办理编号：随机 UUID（第 4 或第 5 版），重复提交同一件事时不变",
        "schema": {**_UUID, "pattern": f"^{converters.UUID}$"},
        "example": "7d0f3c52-9b1e-4c55-8d1a-0f2f6f3f9a10",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "看到的 ETag；内容已被更新时不办理",
        "schema": {"type": "string", "pattern": '^(\\*|"[0-9]{1,9}(-[0-9a-f]{16})?")$'},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "已有的 ETag；没有变化时答复 304",
        "schema": {"type": "string"},
    },
    "After": {
        "name": "after",
        "in": "query",
        "description": "答复须已包含的写入，`<stream>:<version>`，取自办理的答复",
        "schema": {"type": "string", "pattern": f"^{AFTER}$"},
    },
}

_HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "版本与内容的标签", "schema": {"type": "string"}},
    "Location": {"description": "新对象的地址", "schema": {"type": "string"}},
    "Stale": {"description": "?1：尚未包含 after 所说的写入", "schema": {"type": "string"}},
}
