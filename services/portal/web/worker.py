"""gunicorn's worker on threads, with an end to how long a client may take to send a request.

gunicorn itself waits without end for the rest of one that has begun, and each such client holds
a thread: as many as there are threads would keep everybody else out.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 5.0
"""For the request's line and headers."""
BODY_SECONDS = 20.0
"""For its body; 256 KiB take a poor mobile connection about ten."""


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

    def murder_pending(self) -> None:
        """Called by the main loop about once a second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._until.items()):
            if until < now:
                with suppress(OSError):  # it has gone by itself
                    conn.sock.shutdown(socket.SHUT_RD)
