"""Letting somebody in and out of the pages: the cookie of their session, and where they go on."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from flask import make_response, redirect
from werkzeug.wrappers import Response

from services.portal.accounts.sign_in import SignedIn
from services.portal.web.security import set_cookie
from services.portal.web.visitor import COOKIE, visitor_of
from shared.contracts.roles import Role

_LONGEST = 1_000
_DESK, _HOME = "/desk", "/"
_BEGINS: Mapping[Role, str] = {
    Role.APPLICANT: "/my/applications",
    Role.OFFICER: _DESK,
    Role.REVIEWER: _DESK,
    Role.LEADER: _DESK,
    Role.POINT: "/my/point",
    Role.ENFORCEMENT_BODY: "/opinions",
    Role.PARTNER: "/recommendations",
    Role.OPERATOR: "/operations",
    Role.AUDITOR: "/history",
    Role.ADMINISTRATOR: "/accounts",
}
"""Where the work of a role begins; everybody else begins at the public home."""


def begins(role: Role) -> str:
    """The page that a role begins with."""
    return _BEGINS.get(role, _HOME)


def local_path(text: str) -> str | None:
    """A path of our own that somebody asked to go on to; None for what leads anywhere else.

    Browsers read a backslash as a slash and skip tabs and line ends, so `/\\host` leads away.
    """
    if not text.startswith("/") or len(text) > _LONGEST or not text.isprintable():
        return None
    parts = urlsplit(text)
    if "\\" in text or text.startswith("//") or parts.scheme or parts.netloc:
        return None
    return text


def enter(signed: SignedIn, wanted: str | None = None, note: str | None = None) -> Response:
    """Give the browser its session, and lead it to the page wanted or where its role begins.

    Whoever must choose a password first is led there, and from there on.
    """
    if signed.must_change:
        path = f"/account/password?{urlencode({'next': wanted})}" if wanted else "/account/password"
    else:
        path = wanted or begins(visitor_of(signed.session, by_cookie=True).role)
    response = make_response(redirect(_noted(path, note), 303))
    set_cookie(response, COOKIE, signed.token)
    return response


def leave(response: Response) -> Response:
    """Take the session's cookie from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _noted(path: str, note: str | None) -> str:
    if note is None:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'note': note})}"
