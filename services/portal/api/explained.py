"""Where a problem's type leads: a page that says what that kind of problem means."""

from __future__ import annotations

from flask import Flask, abort, render_template

from services.portal.web.access import everyone
from services.portal.web.kinds import KINDS


def install(app: Flask) -> None:
    """Add `/problems/<code>`."""
    app.add_url_rule("/problems/<code>", "problem_kind", _explain)


@everyone
def _explain(code: str) -> str:
    kind = KINDS.get(code)
    if kind is None:
        abort(404)
    return render_template("api/problem_kind.html", code=code, kind=kind)
