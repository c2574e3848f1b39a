"""The limit: read everything, count it by type."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from benchmarks.pages import pages
from shared.eventlog.collecting import collect_seldom


def measure(url: str) -> dict[str, Any]:
    """Events counted, and the seconds it took."""
    counted: Counter[str] = Counter()
    collect_seldom()
    begin = time.perf_counter()
    for page in pages(url):
        counted.update(row[2] for row in page)
    return {"count": counted.total(), "seconds": time.perf_counter() - begin}
