"""A real OpenID provider as a process of its own, for one client."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def provider_for(client: Mapping[str, Any]) -> Iterator[str]:
    """The address of a running provider that knows this client (see provider.mjs)."""
    script = Path(__file__).with_name("provider.mjs")
    with subprocess.Popen(
        ["node", str(script), json.dumps(client)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = iter(process.stdout.readline, "")
        address = next((line.strip() for line in told if line.startswith("http://")), None)
        assert address, "node could not start the provider: is node_modules there? (make setup)"
        yield address
        process.terminate()
