"""`/healthz` (the process lives), `/readyz` (it can do its work), `/metrics` (its numbers).

For whoever runs the process; docs/operations.md says what they answer. Bodies are JSON with
reasons, except for the metrics, which are in Prometheus's text format.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.observability.telling import describe

State = Callable[[], dict[str, Any]]
"""`ok` (bool) and whatever explains it; plain JSON values, no secrets."""


def alive() -> dict[str, Any]:
    """A process that can run this at all lives."""
    return {"ok": True}


def serve(host: str, port: int, ready: State, lives: State = alive) -> ThreadingHTTPServer:
    """Answer on `host:port` in a thread of its own (under eventlet: in the event loop).

    `lives()` gives what /healthz tells, `ready()` what /readyz tells; not `ok` is status 503.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            match urlsplit(self.path).path:
                case "/healthz":
                    self._tell(lives)
                case "/readyz":
                    self._tell(ready)
                case "/metrics":
                    self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
                case _:
                    self._answer_json(404, {"ok": False})

        def _tell(self, state: State) -> None:
            try:
                told = state()
            except Exception as error:  # whoever cannot say how it is, is not well
                told = {"ok": False, "error": describe(error)}
            self._answer_json(200 if told["ok"] else 503, told)

        def _answer_json(self, status: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body, ensure_ascii=False).encode()
            self._answer(status, "application/json", raw)

        def _answer(self, status: int, content_type: str, raw: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """Probes are not news."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
