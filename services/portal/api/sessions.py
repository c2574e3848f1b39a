"""Signing in and out through the API: a token in place of a cookie."""

from __future__ import annotations

import uuid

from flask import Response, jsonify
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema

from services.portal.accounts.sessions import Session
from services.portal.accounts.sign_in import SignedIn
from services.portal.api.binding import PREFIX
from services.portal.api.documents import Document, described, json_answer, json_body, refusals
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.shapes import FLAG, ID, TEXT, TIME, each, ref, shape, words
from services.portal.web.access import everyone, own_account, signed_in
from services.portal.web.edge import edge, services
from services.portal.web.limits import address, limit_sign_in
from services.portal.web.reading import json_object
from services.portal.web.visitor import Visitor, current_visitor, visitor_of
from shared.contracts.fields import Identifier, Text
from shared.contracts.loading import load_with
from shared.contracts.publication.field_schemas import schema_of
from shared.contracts.roles import Role

SESSION = shape(
    ("token",),
    token={**TEXT, "description": "只在登录和更换角色时给出一次"},
    session_id=ID,
    account_id=ID,
    name=TEXT,
    role=words(Role),
    roles=each(ref("Grant")),
    must_change_password=FLAG,
)
LISTED = shape(
    session_id=ID,
    kind={"type": "string", "enum": ["api", "browser"]},
    made_at=TIME,
    seen_at=TIME,
    current=FLAG,
)


class _SignInSchema(Schema):
    login = Text(100, required=True)
    password = Text(200, required=True)
    code = Text(40, load_default=None, allow_none=True)


class _RoleSchema(Schema):
    grant_id = Identifier(required=True)


def blueprint() -> Blueprint:
    """`/sessions`."""
    made = new_blueprint("sessions", "登录、退出、更换角色")
    for path, method, name, view, document in (
        ("/sessions", "POST", "SignIn", sign_in, _SIGN_IN),
        ("/sessions", "GET", "ListSessions", list_sessions, _LIST),
        ("/sessions", "DELETE", "SignOutEverywhere", sign_out_everywhere, _OUT_EVERYWHERE),
        ("/sessions/current", "GET", "ShowSession", show_session, _SHOW),
        ("/sessions/current", "DELETE", "SignOut", sign_out, _OUT),
        ("/sessions/current/role", "PUT", "SwitchRole", switch_role, _SWITCH),
    ):
        add(made, path, method, name, view, described(view, name, **document))
    return made


@limit_sign_in
@everyone
def sign_in() -> Response:
    """A new session; its token is told here and never again."""
    given = load_with(_SignInSchema(unknown=RAISE), json_object())
    signed = edge().sign_in.by_password(
        given["login"], given["password"], given["code"], address(), "api"
    )
    response = _told(signed)
    response.status_code = 201
    response.headers["Location"] = f"{PREFIX}/sessions/current"
    return response


@own_account
def show_session() -> Response:
    return jsonify(_session(current_visitor()))


@own_account
def list_sessions() -> Response:
    """The account's sessions that still live."""
    visitor = current_visitor()
    assert visitor.account_id is not None
    assert visitor.session is not None
    living = edge().sessions.of(visitor.account_id)
    return jsonify({"items": [_row(its, visitor.session) for its in living]})


@own_account
def sign_out() -> Response:
    session = current_visitor().session
    assert session is not None
    edge().sessions.end(session.session_id)
    return _nothing()


@own_account
def sign_out_everywhere() -> Response:
    """All sessions of the account end, wherever they were begun."""
    account_id = current_visitor().account_id
    assert account_id is not None
    payload = {"account_id": account_id}
    services().command("portal", "EndSessions", payload, str(uuid.uuid4()))
    edge().sessions.end_all(account_id)
    return _nothing()


@signed_in
def switch_role() -> Response:
    """Act in another of one's roles from now on; the token is another one too."""
    given = load_with(_RoleSchema(unknown=RAISE), json_object())
    visitor = current_visitor()
    assert visitor.account_id is not None
    assert visitor.session is not None
    account = edge().directory.account(visitor.account_id)
    return _told(edge().sign_in.switch_role(visitor.session, account, given["grant_id"]))


def _told(signed: SignedIn) -> Response:
    visitor = visitor_of(signed.session, by_cookie=False)
    return jsonify({"token": signed.token, **_session(visitor)})


def _session(visitor: Visitor) -> Document:
    assert visitor.session is not None
    return {
        "session_id": visitor.session.session_id,
        "account_id": visitor.account_id,
        "name": visitor.name,
        "role": str(visitor.role),
        "roles": [
            {
                "grant_id": grant.grant_id,
                "role": str(grant.role),
                "division": grant.division,
                "unit": grant.unit,
            }
            for grant in (visitor.grants or {}).values()
        ],
        "must_change_password": visitor.must_change,
    }


def _row(session: Session, current: Session) -> Document:
    return {
        "session_id": session.session_id,
        "kind": session.kind,
        "made_at": session.made_at.isoformat(),
        "seen_at": session.seen_at.isoformat(),
        "current": session.session_id == current.session_id,
    }


def _nothing() -> Response:
    return Response(status=204)


def _taken(schema: Schema) -> Document:
    """What a body may be."""
    return {
        "type": "object",
        "properties": {n: schema_of(its, written=False) for n, its in schema.fields.items()},
        "required": [n for n, its in schema.fields.items() if its.required],
        "additionalProperties": False,
    }


_WRITES = (400, 401, 403, 413, 415, 422, 429, 503)
_SIGN_IN: Document = {
    "summary": "登录",
    "requestBody": json_body(
        _taken(_SignInSchema()),
        {"login": "zhang.san", "password": "长而好记的一句话2026", "code": None},
    ),
    "responses": {"201": json_answer("已登录", SESSION), **refusals(*_WRITES)},
}
_LIST: Document = {
    "summary": "查看本账号的登录",
    "responses": {
        "200": json_answer("仍有效的登录", shape(items=each(LISTED))),
        **refusals(401, 403, 429, 503),
    },
}
_SHOW: Document = {
    "summary": "查看当前登录",
    "responses": {"200": json_answer("当前登录", SESSION), **refusals(401, 403, 429, 503)},
}
_OUT: Document = {
    "summary": "退出登录",
    "responses": {"204": {"description": "已退出"}, **refusals(*_WRITES)},
}
_OUT_EVERYWHERE: Document = {
    "summary": "退出本账号的全部登录",
    "responses": {"204": {"description": "已全部退出"}, **refusals(*_WRITES, 409, 504)},
}
_SWITCH: Document = {
    "summary": "更换当前角色",
    "requestBody": json_body(
        _taken(_RoleSchema()), {"grant_id": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"}
    ),
    "responses": {"200": json_answer("已更换", SESSION), **refusals(*_WRITES)},
}
