"""gunicorn's worker on threads, with an end to how long a client may take to send a request.

gunicorn itself waits without end for the rest of one that has begun, and each such client holds
a thread: as many as there are threads would keep everybody else out.
"""

from __future__ import annotations

import json
import socket
import time
import uuid
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from services.portal.web.problems import CONTENT_TYPE, Problem, made

HEAD_SECONDS = 5.0
"""For the request's line and headers."""
BODY_SECONDS = 20.0
"""For its body; 256 KiB take a poor mobile connection about ten."""


_log = structlog.get_logger(__name__)


class BoundedWorker(ThreadWorker):  # type: ignore[misc]
    """As its base; what is not read in time is read no further, what is being answered goes on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._until: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """One request of a connection, in a thread of the pool."""
        self._until[conn] = time.monotonic() + HEAD_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._until.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Called by `handle` once the headers are read."""
        self._until[conn] = time.monotonic() + BODY_SECONDS
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Called for what is no HTTP; told as every other problem, and nothing of it repeated."""
        is_theirs = isinstance(exc, ParseException)
        _log.info("request.not_http", kind=type(exc).__name__, exc_info=None if is_theirs else exc)
        with suppress(OSError):
            client.sendall(_answer(_problem(exc)))

    def murder_pending(self) -> None:
        """Called by the main loop about once a second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._until.items()):
            if until < now:
                with suppress(OSError):  # it has gone by itself
                    conn.sock.shutdown(socket.SHUT_RD)


def _problem(error: Exception) -> Problem:
    match error:
        case LimitRequestLine():
            return made(414, "too_large", "地址过长，请减少查询条件。")
        case LimitRequestHeaders():
            return made(431, "too_large", "请求头过长，请精简后再试。")
        case ParseException():
            return made(400, "bad_request", "请求不符合 HTTP 协议，请检查后再试。")
    return made(500, "internal", "系统内部错误，请稍后重试。")


def _answer(problem: Problem) -> bytes:
    """The whole response; the connection ends with it."""
    identifier = str(uuid.uuid4())
    body = json.dumps(problem.document(identifier), ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}",
        "Connection: close",
        f"Content-Type: {CONTENT_TYPE}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        f"X-Request-Id: {identifier}",
        "",
        "",
    )
    return "\r\n".join(head).encode() + body
