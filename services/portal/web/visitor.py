"""Who is at the other end of a request, and the role in which they act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g, has_request_context, request

from services.portal.accounts.sessions import Session
from services.portal.domain.account import Account, Grant
from services.portal.web import reporting
from services.portal.web.edge import edge
from shared.access.actor import Actor
from shared.contracts.roles import Role

COOKIE = "jiandu_session"
POLL = "X-Poll"
"""The header of what a page asks by itself: it keeps no session awake."""


@dataclass(frozen=True)
class Visitor:
    """`grant` is the role acted in, one of `grants`; without an account all of it is empty.

    receipt: of the case that somebody without an account reported

    must_change: the password was somebody else's choice, so nothing else can be done first
    """

    account_id: str | None = None
    name: str = ""
    grants: Mapping[str, Grant] | None = None
    grant: Grant | None = None
    session: Session | None = None
    must_change: bool = False
    by_cookie: bool = False
    receipt: str | None = None

    @property
    def role(self) -> Role:
        if self.receipt is not None:
            return Role.REPORTER
        return Role.PUBLIC if self.grant is None else self.grant.role

    @property
    def division(self) -> str | None:
        return None if self.grant is None else self.grant.division

    @property
    def unit(self) -> str | None:
        """The unit that the role is acted in for, if it is for one."""
        return None if self.grant is None else self.grant.unit

    @property
    def actor(self) -> Actor:
        """What the portal vouches for."""
        if self.receipt is not None:
            return Actor(self.receipt, Role.REPORTER)
        if self.grant is None:
            return Actor(self.account_id or "public", Role.PUBLIC)
        assert self.account_id is not None
        return Actor(self.account_id, self.grant.role, self.grant.division, self.grant.unit)


NOBODY = Visitor()


def current_visitor() -> Visitor:
    """Whoever sent the request under way; looked up once."""
    if not has_request_context():
        return NOBODY
    if "visitor" not in g:
        g.visitor = _find()
    visitor: Visitor = g.visitor
    return visitor


def forget_visitor() -> None:
    """Look again: the session has just changed."""
    g.pop("visitor", None)


def _find() -> Visitor:
    if reporting.is_here():
        return Visitor(receipt=reporting.receipt())
    token, by_cookie = _token()
    seen = POLL not in request.headers
    session = edge().sessions.find(token, seen=seen) if token else None
    if session is None or (session.kind == "browser") != by_cookie:
        return NOBODY
    return visitor_of(session, by_cookie=by_cookie)


def visitor_of(session: Session, *, by_cookie: bool) -> Visitor:
    """Whoever a session stands for; nobody once the account or the role acted in is gone."""
    account = edge().directory.account(session.account_id)
    return _visitor(account, session, by_cookie) if session.stands(account) else NOBODY


def _visitor(account: Account, session: Session, by_cookie: bool) -> Visitor:
    chosen = account.grants.get(session.grant_id or "")
    return Visitor(
        account_id=account.account_id,
        name=edge().directory.clear(account.display_name) or "",
        grants=account.grants,
        grant=chosen or next(iter(account.grants.values()), None),
        session=session,
        must_change=account.must_change and session.id_token is None,
        by_cookie=by_cookie,
    )


def _token() -> tuple[str, bool]:
    """The session's token and whether a cookie brought it; a header wins."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        return (token.strip() if scheme.lower() == "bearer" else ""), False
    return request.cookies.get(COOKIE, ""), True
