"""Signing in at the city's OpenID provider: there and back."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from services.portal.accounts.oidc import OpenIdProvider
from services.portal.pages.entering import enter, local_path
from services.portal.pages.forms import Form
from services.portal.pages.signing import sign_in_page
from services.portal.web.access import everyone
from services.portal.web.edge import edge
from services.portal.web.limits import limit_openid
from services.portal.web.problems import problem_of
from services.portal.web.security import set_cookie
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason

pages = Blueprint("openid", __name__)

CALLBACK = "/sign-in/openid/back"
_COOKIE = "jiandu_openid"
"""What the browser proves with that it set out itself; Lax, so it comes along on the way back."""


@pages.get("/sign-in/openid")
@limit_openid
@everyone
def set_out() -> Response | tuple[str, int]:
    """To the provider. Raises NotFound where there is none."""
    provider = _provider()
    wanted = local_path(request.args.get("next", ""))
    browser, handshake = edge().handshakes.begin(wanted or "")
    try:
        response = make_response(redirect(provider.sign_in_url(handshake), 303))
    except Refused as refused:
        return _told(refused, wanted)
    set_cookie(response, _COOKIE, browser)
    return response


@pages.get(CALLBACK)
@limit_openid
@everyone
def come_back() -> Response | tuple[str, int]:
    """From the provider, with a code that says who it is. Raises NotFound where there is none."""
    provider = _provider()
    handshake = edge().handshakes.take(request.cookies.get(_COOKIE, ""))
    if handshake is None:
        return _told(Refused(Reason.IDENTITY_REFUSED, "this browser did not set out"), None)
    wanted = local_path(handshake.back_to)
    try:
        its = provider.identity(handshake, request.url)
        signed = edge().sign_in.by_identity(its.issuer, its.subject, its.id_token)
    except Refused as refused:
        return _told(refused, wanted)
    before = current_visitor().session
    if before is not None:
        edge().sessions.end(before.session_id)
    response = enter(signed, wanted)
    response.delete_cookie(_COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _provider() -> OpenIdProvider:
    provider = edge().openid
    if provider is None:
        raise NotFound("openid provider", "")
    return provider


def _told(refused: Refused, wanted: str | None) -> tuple[str, int]:
    problem = problem_of(refused)
    return sign_in_page(Form(problem=problem.detail), wanted), problem.status
