"""The Flask application: machinery around the blueprints it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import psycopg
import structlog
from flask import Flask, Response, g, jsonify, redirect, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from services.portal.web import limits, reporting, telling
from services.portal.web.access import NotSignedIn, check_access, refuse_undeclared
from services.portal.web.edge import Edge
from services.portal.web.problems import CONTENT_TYPE, Problem, problem_of
from services.portal.web.reading import refuse_endless
from services.portal.web.security import add_headers, refuse_forged
from services.portal.web.spool import SpoolingRequest
from services.portal.web.uploads import admit_large, let_go_of_large
from services.portal.web.visitor import NOBODY
from shared.contracts.envelope import LARGEST_MESSAGE
from shared.contracts.errors import NotFound
from shared.contracts.fields import MOST_ITEMS

_log = structlog.get_logger(__name__)

LARGEST_BODY = LARGEST_MESSAGE
"""Bytes: what a command may have at the most, from a page or through the API."""

Install = Callable[[Flask], None]
"""Adds blueprints, template functions and the like."""
ShowProblem = Callable[[Problem, str], str]
"""A page for a problem and the request's id."""


class _Json(DefaultJSONProvider):
    """Answers as their makers wrote them: Chinese as it is, fields in their order."""

    ensure_ascii = False
    sort_keys = False


def create_app(edge: Edge, install: Sequence[Install], show_problem: ShowProblem) -> Flask:
    """The application of this edge. Raises RouteUndeclared."""
    app = Flask("services.portal", static_folder=None, template_folder="templates")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=2 * MOST_ITEMS,
    )
    app.json = _Json(app)
    app.request_class = SpoolingRequest
    app.url_map.strict_slashes = False
    edge.install(app.extensions)
    if edge.settings.proxies:
        count = edge.settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
    telling.install(app)
    limits.install(app)
    app.before_request(_refuse_nul)
    app.before_request(admit_large)
    app.before_request(refuse_endless)
    app.before_request(refuse_forged)
    app.before_request(check_access)
    app.after_request(add_headers)
    app.teardown_request(let_go_of_large)
    reporting.install(app)
    _answer_problems(app, show_problem)
    for each in install:
        each(app)
    refuse_undeclared(app)
    return app


def _refuse_nul() -> None:
    """No address of ours has a NUL, which PostgreSQL takes in no text. Raises NotFound."""
    if "\0" in request.path:
        raise NotFound("page", "")


def _answer_problems(app: Flask, show_problem: ShowProblem) -> None:
    @app.errorhandler(Exception)
    def answer(error: Exception) -> Response | AnyResponse:
        if isinstance(error, psycopg.OperationalError):
            g.visitor = NOBODY  # we cannot say who it is: the answer must not try again
        problem = problem_of(error)
        if request.path.startswith("/api/"):
            response = jsonify(problem.document(telling.request_id()))
            response.content_type = CONTENT_TYPE
        elif isinstance(error, NotSignedIn):
            return redirect(_where_to_say_who(), 303)
        else:
            response = app.make_response(_page(problem, show_problem))
        response.status_code = problem.status
        for name, value in problem.headers.items():
            response.headers[name] = value
        return response


def _where_to_say_who() -> str:
    """Where somebody says who they are: with the receipt code of their case, or by signing in."""
    if reporting.is_here():
        return f"{reporting.AREA}?over=yes"
    return f"/sign-in?{urlencode({'next': _next()})}"


def _next() -> str:
    """Where to go on after signing in: to what was asked for, unless that was a write."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _page(problem: Problem, show_problem: ShowProblem) -> str:
    """The page for a problem; its bare words should even that fail."""
    try:
        return show_problem(problem, telling.request_id())
    except Exception:
        _log.exception("request.problem_not_shown", code=problem.code)
        return f"{problem.title}：{problem.detail}"
