"""A real, very small service, run as `small_service.py SERVICE ROLE` by the tests of `up`.

It answers /readyz like the real ones, notes its environment in its folder, and fails when a file
there tells it to: `fail-migrate`, `fail-api`, `never-ready`.
"""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Health(BaseHTTPRequestHandler):
    """200 on /readyz unless told otherwise."""

    def do_GET(self) -> None:
        ready = self.path == "/readyz" and not (Path(__file__).parent / "never-ready").exists()
        self.send_response(200 if ready else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()


def main(service: str, role: str) -> None:
    folder = Path(__file__).parent
    if (folder / f"fail-{role}").exists():
        sys.exit(f"{service} {role} will not, for a reason")
    (folder / f"{service}-{role}.environment").write_text(json.dumps(dict(os.environ)))
    if role != "migrate":
        HTTPServer(("127.0.0.1", int(os.environ["JIANDU_HEALTH_PORT"])), Health).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
