"""Every route declares who may call it; an application with one that does not, does not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import EVERYBODY, Role

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "jiandu_access"


ALL = EVERYBODY


@dataclass(frozen=True)
class Access:
    """`roles` may call, all of them reporters too; `signed_in`: any account may, in any role."""

    roles: frozenset[Role]
    signed_in: bool = False
    with_old_password: bool = False

    def allows(self, role: Role, *, has_account: bool) -> bool:
        if self.signed_in:
            return has_account
        return role in self.roles or self.roles == ALL


class NotSignedIn(Exception):
    """The route is for people who are known, and this one is not."""


class RouteUndeclared(Exception):
    """A route says nothing about who may call it."""


def allow(*roles: Role) -> Callable[[View], View]:
    """Decorator, next to the function: these roles and no other."""
    return _declared(Access(frozenset(roles)))


def everyone(view: View) -> View:
    """Decorator: whoever it is, known or not."""
    return _declared(Access(ALL, with_old_password=True))(view)


def signed_in(view: View) -> View:
    """Decorator: whoever has an account."""
    return _declared(Access(ALL - {Role.PUBLIC}, signed_in=True))(view)


def own_account(view: View) -> View:
    """Decorator: whoever has an account, also while the password must be changed."""
    access = Access(ALL - {Role.PUBLIC}, signed_in=True, with_old_password=True)
    return _declared(access)(view)


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view function declares."""
    return getattr(view, _DECLARED, None)


def refuse_undeclared(app: Flask) -> None:
    """Raises RouteUndeclared with the names of routes that declare nothing."""
    silent = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) is None
    ]
    if silent:
        raise RouteUndeclared(f"say who may call: {', '.join(sorted(silent))}")


def check_access() -> Response | None:
    """Before each request. Raises NotSignedIn and Refused with WRONG_ROLE or the like."""
    if request.endpoint is None:
        return None  # no such route: 404 follows
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None:
        raise RouteUndeclared(request.endpoint)
    visitor = current_visitor()
    has_account = visitor.account_id is not None
    if request.headers.get("Authorization") and not has_account:
        raise NotSignedIn  # a token that is none: whoever sent it thinks they are signed in
    if not access.allows(visitor.role, has_account=has_account):
        if not has_account:
            raise NotSignedIn
        raise Refused(Reason.WRONG_ROLE, "this is for other roles", ["actor"])
    if visitor.must_change and not access.with_old_password:
        if visitor.by_cookie:
            return redirect(url_for("account.password"), 303)
        raise Refused(Reason.PASSWORD_CHANGE_NEEDED, "choose a password of your own first")
    return None


def _declared(access: Access) -> Callable[[View], View]:
    def declare(view: View) -> View:
        setattr(view, _DECLARED, access)
        return view

    return declare
