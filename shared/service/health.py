"""`/healthz` (the process lives) and `/readyz` (it can do its work) for whoever runs it."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


def serve(host: str, port: int, ready: Callable[[], dict[str, Any]]) -> ThreadingHTTPServer:
    """Answer on `host:port` in a thread; `ready()` gives what /readyz tells, `ok` among it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._answer(200, {"ok": True})
            elif self.path == "/readyz":
                state = ready()
                self._answer(200 if state["ok"] else 503, state)
            else:
                self._answer(404, {"ok": False})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: Any) -> None:
            """Probes are not news."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
