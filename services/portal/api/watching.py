"""What auditors and operators see of every service: its history, its state, what is parked."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.portal.api.binding import shown
from services.portal.api.documents import (
    IF_NONE_MATCH,
    Document,
    described,
    json_answer,
    json_body,
    refusals,
)
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.shapes import (
    COUNT,
    FLAG,
    ID,
    OBJECT,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    Schema,
    each,
    or_null,
    shape,
    words,
)
from services.portal.web.access import allow
from services.portal.web.calls import ServiceAway
from services.portal.web.edge import services
from services.portal.web.reading import json_object, query_values
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.operations import OPERATIONS
from shared.contracts.publication.field_schemas import schema_of
from shared.contracts.publication.zh_names import zh_service
from shared.contracts.roles import Role
from shared.service.client import Answered

_SOURCE: Document = {"type": "string", "enum": [*CATALOGUE]}
_SECONDS: Document = {"type": "number", "minimum": 0}
_SERVICE = f"<any({','.join(CATALOGUE)}):service>"


def _event_types() -> list[str]:
    return [its.name for language in CATALOGUE.values() for its in language.events]


_POSITION = COUNT
_MODEL = shape(model=TEXT, source=_SOURCE, position=_POSITION, lag=or_null(COUNT))
_WORKER = shape(
    name=TEXT,
    model=or_null(TEXT),
    source=or_null(_SOURCE),
    position=or_null(_POSITION),
    lag=or_null(COUNT),
    lag_seconds=or_null(_SECONDS),
    trouble=or_null(TEXT),
    age=_SECONDS,
    troubled_seconds=or_null(_SECONDS),
)
_ALARM: Schema = {
    **shape(code=TEXT, service=_SOURCE, message=TEXT),
    "description": "数量、时长、读模型等随告警代码而异，与上述各项列在同一层。",
}
OPENING = shape(
    id=VERSION,
    query_id=ID,
    subject={"type": "string", "pattern": "^[a-z_]+:.+$"},
    actor_id=TEXT,
    role=words(Role),
    purpose=or_null(TEXT),
    opened_at=TIME,
)
PARKED = shape(
    id=VERSION,
    reaction=TEXT,
    source=_SOURCE,
    stream=STREAM,
    position=VERSION,
    reason=TEXT,
    parked_at=TIME,
    due=FLAG,
)
EVENT = shape(
    position=VERSION,
    stream=STREAM,
    version=VERSION,
    type={"type": "string", "enum": _event_types()},
    schema_version=VERSION,
    occurred_at=TIME,
    sequenced_at=TIME,
    role=words(Role),
    actor_id=or_null(TEXT),
    command_id=ID,
    correlation_id=or_null(ID),
    causation_id=or_null(TEXT),
    public=OBJECT,
    internal=OBJECT,
    sealed=each(TEXT),
    leaf={"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
STATUS = shape(
    ("head", "unnumbered", "published", "signed", "parked", "models", "workers", "alarms"),
    service=_SOURCE,
    name=TEXT,
    reachable=FLAG,
    head=_POSITION,
    unnumbered=COUNT,
    published=_POSITION,
    signed=_POSITION,
    parked=COUNT,
    models=each(_MODEL),
    workers=each(_WORKER),
    alarms=each(_ALARM),
)


def blueprint() -> Blueprint:
    """`/history`, `/openings`, `/status`, `/parked`."""
    made = new_blueprint("operations", "事件记录、查阅记录、运行状态、待重试的反应")
    for path, method, name, view, document in (
        (f"/history/{_SERVICE}", "GET", "ShowHistory", history, _HISTORY),
        (f"/openings/{_SERVICE}", "GET", "ListOpenings", openings, _OPENINGS),
        ("/status", "GET", "ShowStatus", status, _STATUS),
        (f"/parked/{_SERVICE}", "GET", "ListParked", parked, _PARKED),
        (f"/parked/{_SERVICE}/retry", "POST", "RetryParked", retry, _RETRY),
    ):
        add(made, path, method, name, view, described(view, name, **document))
    return made


@allow(Role.AUDITOR, Role.OPERATOR)
def history(service: str) -> Response:
    """Events by position, or the latest first, as the filters have it."""
    payload = query_values(OPERATIONS.find("ShowHistory").schema.fields)
    return shown(Answered(services().operate(service, "ShowHistory", payload)), personal=True)


@allow(Role.AUDITOR)
def openings(service: str) -> Response:
    """Who opened personal data, whose and what for, the latest first, as the filters have it."""
    payload = query_values(OPERATIONS.find("ListOpenings").schema.fields)
    return shown(Answered(services().operate(service, "ListOpenings", payload)), personal=True)


@allow(Role.OPERATOR)
def status() -> Response:
    """Every service's state; one that does not answer is told as not reachable."""
    return jsonify({"items": [_status(service) for service in CATALOGUE]})


@allow(Role.OPERATOR)
def parked(service: str) -> Response:
    """Reactions that could not be carried out and wait."""
    return jsonify({"items": services().operate(service, "ListParked", {})})


@allow(Role.OPERATOR)
def retry(service: str) -> Response:
    """Have parked reactions tried again; asked twice, they are only due sooner."""
    return jsonify(services().operate(service, "RetryParked", json_object()))


def _status(service: str) -> dict[str, Any]:
    named = {"service": service, "name": zh_service(service)}
    try:
        return {**named, "reachable": True, **services().ask(service, "status")}
    except ServiceAway:
        return {**named, "reachable": False}


def _filters(operation: str) -> list[Document]:
    told = []
    for name, field in OPERATIONS.find(operation).schema.fields.items():
        schema = dict(schema_of(field, written=False))
        (schema["type"],) = (its for its in schema["type"] if its != "null")
        told.append({"name": name, "in": "query", "schema": schema})
    return told


_READ = (400, 401, 403, 422, 429, 503)
_RETRIED = {
    "type": "object",
    "properties": {
        name: schema_of(its, written=False)
        for name, its in OPERATIONS.find("RetryParked").schema.fields.items()
    },
    "additionalProperties": False,
}
_HISTORY: Document = {
    "summary": "查看事件记录",
    "parameters": [*_filters("ShowHistory"), IF_NONE_MATCH],
    "responses": {
        "200": json_answer("按位置排列的事件", shape(items=each(EVENT), next=or_null(_POSITION))),
        "304": {"description": "与 If-None-Match 所说的相同"},
        **refusals(*_READ, 404),
    },
}
_OPENINGS: Document = {
    "summary": "查看个人信息的查阅记录",
    "parameters": [*_filters("ListOpenings"), IF_NONE_MATCH],
    "responses": {
        "200": json_answer("最近的在前", shape(items=each(OPENING), next=or_null(_POSITION))),
        "304": {"description": "与 If-None-Match 所说的相同"},
        **refusals(*_READ, 404),
    },
}
_STATUS: Document = {
    "summary": "查看各服务的运行状态",
    "responses": {
        "200": json_answer("各服务的状态", shape(items=each(STATUS))),
        **refusals(401, 403, 429, 503),
    },
}
_PARKED: Document = {
    "summary": "查看待重试的反应",
    "responses": {
        "200": json_answer("等待中的反应", shape(items=each(PARKED))),
        **refusals(401, 403, 404, 429, 503),
    },
}
_RETRY: Document = {
    "summary": "重试待重试的反应",
    "requestBody": json_body(_RETRIED, {"ids": [1, 2]}, required=False),
    "responses": {
        "200": json_answer("已安排重试", shape(due=COUNT)),
        **refusals(*_READ, 404, 413, 415),
    },
}
