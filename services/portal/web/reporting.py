"""Where a reporter is: pages below one address, to which their browser alone brings the receipt.

There nobody is signed in, whoever else uses the browser: what is asked and sent goes out in the
name of the receipt, or of nobody.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, g, request

from services.portal.receipts.receipts import Entered
from services.portal.web.edge import edge

AREA = "/report/progress"
COOKIE = "jiandu_reporter"


def is_here() -> bool:
    """Whether the request under way is for one of these pages."""
    return request.path == AREA or request.path.startswith(AREA + "/")


def receipt() -> str | None:
    """The receipt that the browser brings, or now keeps; None without one, and once its time is
    over.
    """
    its = _entered()
    return None if its is None else its.receipt


def _entered() -> Entered | None:
    if "reporter" in g:
        return cast("Entered | None", g.reporter)
    kept = request.cookies.get(COOKIE, "")
    return edge().receipts.from_cookie(kept) if kept else None


def remember(receipt: str) -> None:
    """Let the browser keep it from this request on, for as long as it is used, but not for ever."""
    g.reporter = edge().receipts.entered(receipt)


def forget() -> None:
    """Take it away from the browser."""
    g.reporter = None


def install(app: Flask) -> None:
    """Let what a browser keeps last from page to page."""

    @app.after_request
    def keep(response: Response) -> Response:
        if not is_here():
            return response
        kept = _entered()
        if kept is None:
            if COOKIE in request.cookies:
                response.delete_cookie(COOKIE, path=AREA, httponly=True, samesite="Strict")
            return response
        response.set_cookie(
            COOKIE,
            edge().receipts.into_cookie(kept),
            secure=edge().settings.secure,
            path=AREA,
            httponly=True,
            samesite="Strict",
        )
        return response
