"""gunicorn's worker on threads, with an end to how long a client may take for its part.

gunicorn itself waits without end for the rest of a request that has begun and for an answer to be
taken, and each such client holds a thread: as many as there are threads would keep everybody else
out. It also waits for the other side to close in its main loop, where everybody waits with it.
"""

from __future__ import annotations

import json
import selectors
import socket
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, TypeAlias

import structlog
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from services.portal.web.problems import CONTENT_TYPE, Problem, made
from services.portal.web.reading import BROKEN

HEAD_SECONDS = 5.0
"""For the request's line and headers."""
BODY_SECONDS = 20.0
"""For its body; 256 KiB take a poor mobile connection about ten."""
ANSWER_SECONDS = 20.0
"""For taking the answer, but for what fits into the system's buffers."""
LINGER_SECONDS = 2.0
"""For closing once our side has (RFC 9112, 9.6): closed at once, the answer could be lost."""
_LINGER_BYTES = 64 * 1024
_Application: TypeAlias = Callable[..., Iterable[bytes]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Deadline:
    """`ends` is what is shut down when it passes: SHUT_RD, or SHUT_RDWR."""

    at: float
    ends: int


@dataclass
class _Closing:
    """A connection that we have closed on our side."""

    until: float
    left: int = _LINGER_BYTES


@dataclass
class _Time:
    """What a request is given beyond the usual: for a body that is large, an answer that is."""

    allow: Callable[[float, int], None]
    answer: float = ANSWER_SECONDS


_TIME = "jiandu.time"


def give_body_time(environ: Mapping[str, Any], seconds: float) -> None:
    """Let the body of the request under way take so long from now on."""
    if _TIME in environ:
        environ[_TIME].allow(seconds, socket.SHUT_RD)


def give_answer_time(environ: Mapping[str, Any], seconds: float) -> None:
    """Let the answer take so long; to be called before it begins."""
    if _TIME in environ:
        environ[_TIME].answer = seconds


class BoundedWorker(ThreadWorker):  # type: ignore[misc]
    """As its base; what is not read or taken in time is not waited for, and waiting for a client
    to say something or to close takes no thread.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadlines: dict[socket.socket, _Deadline] = {}
        self._closing: dict[Any, _Closing] = {}

    def load_wsgi(self) -> None:
        """Called once, in the worker's process."""
        self.wsgi: _Application = self._timed(self.app.wsgi())

    def enqueue_req(self, conn: Any) -> None:
        """Called in the main loop; a new connection gets its thread once it says something."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        said = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, said)

    def handle(self, conn: Any) -> Any:
        """One request of a connection, in a thread of the pool."""
        self._allow(conn.sock, HEAD_SECONDS, socket.SHUT_RD)
        try:
            return super().handle(conn)
        finally:
            self._deadlines.pop(conn.sock, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Called by `handle` once the headers are read."""
        self._allow(conn.sock, BODY_SECONDS, socket.SHUT_RD)
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Called for what is no HTTP; told as every other problem, and nothing of it repeated."""
        is_theirs = isinstance(exc, ParseException)
        _log.info("request.not_http", kind=type(exc).__name__, exc_info=None if is_theirs else exc)
        self._allow(client, ANSWER_SECONDS, socket.SHUT_RDWR)
        with suppress(OSError):
            client.sendall(_answer(_problem(exc)))

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Called in the main loop when a thread is done with a connection."""
        goes_on = fs.cancelled() or fs.exception() is not None or fs.result()
        if goes_on:
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):  # it has gone by itself
            self._close(conn)
        else:
            self._closing[conn] = _Closing(time.monotonic() + LINGER_SECONDS)

    def murder_pending(self) -> None:
        """Called by the main loop about once a second."""
        super().murder_pending()
        now = time.monotonic()
        for sock, deadline in list(self._deadlines.items()):
            # Only while it still holds: an answer may have begun since.
            if deadline.at < now and self._deadlines.get(sock) is deadline:
                with suppress(OSError):  # it has gone by itself
                    sock.shutdown(deadline.ends)
        for conn in [its for its, closing in self._closing.items() if closing.until < now]:
            self._close(conn)

    def _allow(self, sock: socket.socket, seconds: float, ends: int) -> None:
        self._deadlines[sock] = _Deadline(time.monotonic() + seconds, ends)

    def _is_over(self, sock: socket.socket) -> bool:
        deadline = self._deadlines.get(sock)
        return deadline is not None and deadline.at < time.monotonic()

    def _timed(self, app: _Application) -> _Application:
        """The application, from whose answer on there is a time for taking it."""

        def timed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            sock = environ["gunicorn.socket"]
            given = _Time(partial(self._allow, sock))
            environ[_TIME] = given

            def begin(*args: Any) -> Any:
                if self._is_over(sock) or BROKEN in environ:
                    # Its reading side is shut or astray: the answer invites no other request.
                    start_response.__self__.force_close()  # type: ignore[attr-defined]
                given.allow(given.answer, socket.SHUT_RDWR)
                return start_response(*args)

            return app(environ, begin)

        return timed

    def _drain(self, conn: Any, sock: socket.socket) -> None:
        """Drop what still comes on a connection that is closed on our side."""
        try:
            got = len(sock.recv(_LINGER_BYTES))
        except BlockingIOError:
            return
        except OSError:
            got = 0
        self._closing[conn].left -= got
        if not got or self._closing[conn].left <= 0:
            self._close(conn)

    def _close(self, conn: Any) -> None:
        if self._closing.pop(conn, None) is not None:
            with suppress(KeyError, ValueError):
                self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


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
