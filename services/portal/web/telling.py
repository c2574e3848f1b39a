"""What the web process says of its requests: log lines in their chain, and numbers.

A route's pattern is told, never the address with its ids and filters, and never who asked.
"""

from __future__ import annotations

import time
import uuid

import structlog
from flask import Flask, Response, g, request

from services.portal.web.visitor import NOBODY
from shared.observability import metrics

_log = structlog.get_logger(__name__)

_METHODS = metrics.Known(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))


def request_id() -> str:
    """The id of the request under way; services' log lines carry it as correlation id."""
    if "request_id" not in g:
        g.request_id = str(uuid.uuid4())
    identifier: str = g.request_id
    return identifier


def install(app: Flask) -> None:
    """Begin each request with a chain of its own, and tell how it ended."""

    @app.before_request
    def begin() -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(correlation_id=request_id())
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("begun", time.perf_counter())
        route = str(request.url_rule) if request.url_rule else "none"
        method = _METHODS.of(request.method)
        metrics.HTTP_SECONDS.labels(method, route, str(response.status_code)).observe(seconds)
        response.headers["X-Request-Id"] = request_id()
        if route != "/assets/<path:name>":
            _log.info(
                "request.done",
                method=method,
                route=route,
                status=response.status_code,
                seconds=round(seconds, 4),
                actor_role=str((NOBODY if "unnamed" in g else g.get("visitor", NOBODY)).role),
            )
        return response
