"""A server on the portal's worker whose requests take longer than a body may, which is made short.

`python -m tests.portal.edge.slow_server PORT`
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.app.base import BaseApplication

from services.portal.web import worker

BODY_SECONDS = 0.5
TAKES_SECONDS = 3.0
"""More than the body's time and the main loop's turn, which is about a second."""


class _Server(BaseApplication):  # type: ignore[misc]
    def load_config(self) -> None:
        told = {
            "bind": f"127.0.0.1:{sys.argv[1]}",
            "worker_class": worker.BoundedWorker,
            "threads": 2,
            "keepalive": 5,
            "control_socket_disable": True,
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return _answer


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/slow":
        time.sleep(TAKES_SECONDS)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


if __name__ == "__main__":
    worker.BODY_SECONDS = BODY_SECONDS
    _Server().run()
