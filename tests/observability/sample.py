"""Reading what a process shows of itself."""

from __future__ import annotations

import io
import json
from typing import Any

from prometheus_client import REGISTRY


def value(name: str, **labels: str) -> float:
    """A sample's value in this process now; 0.0 when nobody has counted yet."""
    found = REGISTRY.get_sample_value(name, labels)
    return 0.0 if found is None else found


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    """Every log line, each of which must be JSON."""
    return [json.loads(line) for line in written.getvalue().splitlines()]
