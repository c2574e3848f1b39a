"""What protects whoever looks at our pages: headers, and proof that a form is our own."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Response, g, request

from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor

FORM_FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_COOKIE = "jiandu_form"
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # An address may tell which notice somebody objects to: it goes to nobody else.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ForgedRequest(Exception):
    """A write that did not come from a page of ours."""


def csrf_token() -> str:
    """What a form of ours carries: of the session, or of the browser for nobody's."""
    session = current_visitor().session
    if session is not None:
        return session.csrf
    if "form_token" not in g:
        g.form_token = _own_token() or secrets.token_urlsafe(24)
        g.form_token_is_new = not _own_token()
    token: str = g.form_token
    return token


def refuse_forged() -> None:
    """Before each request. Raises ForgedRequest for a write that a browser was tricked into.

    A request with a bearer token carries its proof: no browser adds that by itself.
    """
    if request.method not in _WRITES or request.headers.get("Authorization"):
        return
    if is_from_elsewhere():
        raise ForgedRequest
    if _is_api() and current_visitor().session is None:
        return  # nobody's: there is nothing that a stranger could use
    session = current_visitor().session
    known = session.csrf if session is not None else _own_token()
    given = request.headers.get(HEADER) or ("" if _is_api() else request.form.get(FORM_FIELD, ""))
    if not known or not hmac.compare_digest(known.encode(), given.encode()):
        raise ForgedRequest


def is_from_elsewhere() -> bool:
    """Whether the browser says that another site's page sent the request."""
    origin = request.headers.get("Origin")
    if origin is not None and _host(origin) != _host(edge().settings.url):
        return True
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def add_headers(response: Response) -> Response:
    """After each request."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if edge().settings.secure:
        response.headers.setdefault(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        )
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if g.get("form_token_is_new"):
        set_cookie(response, _COOKIE, f"{g.form_token}.{_signature(g.form_token)}")
    return response


def set_cookie(response: Response, name: str, value: str) -> None:
    """A cookie that scripts and other sites never see; gone with the browser."""
    response.set_cookie(
        name, value, secure=edge().settings.secure, httponly=True, samesite="Lax", path="/"
    )


def _host(address: str) -> str | None:
    """Host and port of an address; None for what is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _own_token() -> str:
    """The browser's own token, if its cookie was made by us."""
    token, _, signature = request.cookies.get(_COOKIE, "").rpartition(".")
    if not token or not hmac.compare_digest(_signature(token).encode(), signature.encode()):
        return ""
    return token


def _signature(token: str) -> str:
    return edge().keyring.keyed_hash("form_token", token).hex()
