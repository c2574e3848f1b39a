"""The Flask application: machinery around the blueprints it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, Response, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from services.portal.web import telling
from services.portal.web.access import check_access, everyone, refuse_undeclared
from services.portal.web.edge import Edge
from services.portal.web.limits import limiter
from services.portal.web.problems import CONTENT_TYPE, Problem, problem_of
from services.portal.web.security import add_headers, refuse_forged

LARGEST_BODY = 256 * 1024
"""Bytes; what a command may have at the most."""

Install = Callable[[Flask], None]
"""Adds blueprints, template functions and the like."""
ShowProblem = Callable[[Problem, str], str]
"""A page for a problem and the request's id."""


def create_app(edge: Edge, install: Sequence[Install], show_problem: ShowProblem) -> Flask:
    """The application of this edge. Raises RouteUndeclared."""
    app = Flask("services.portal", static_folder=None, template_folder="templates")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=500,
        JSON_AS_ASCII=False,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    edge.install(app.extensions)
    if edge.settings.proxies:
        count = edge.settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
    telling.install(app)
    limiter.init_app(app)
    app.before_request(refuse_forged)
    app.before_request(check_access)
    app.after_request(add_headers)
    _answer_problems(app, show_problem)
    for each in install:
        each(app)
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            app.view_functions["static"] = everyone(app.view_functions["static"])
    refuse_undeclared(app)
    return app


def _answer_problems(app: Flask, show_problem: ShowProblem) -> None:
    @app.errorhandler(Exception)
    def answer(error: Exception) -> Response | AnyResponse:
        problem = problem_of(error)
        identifier = telling.request_id()
        if request.path.startswith("/api/"):
            response = jsonify(problem.document(identifier))
            response.content_type = CONTENT_TYPE
        else:
            response = app.make_response(show_problem(problem, identifier))
        response.status_code = problem.status
        for name, value in problem.headers.items():
            response.headers[name] = value
        return response
