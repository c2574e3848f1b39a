"""The log as a file that others can verify (docs/audit-format.md section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shared.contracts.stored import internal_form
from shared.eventlog.audit import origin
from shared.eventlog.merkle import Frontier
from shared.eventlog.store import EventLog

EXPORT_FORMAT = 1


def lines(log: EventLog) -> Iterator[Mapping[str, Any]]:
    """The export's lines in order, over what the log holds now; a page in memory at a time.

    Events appended while it runs are left out, and so are checkpoints over them.
    """
    size = log.head()
    yield {"export": EXPORT_FORMAT, "log": log.name, "origin": origin(log.name), "size": size}
    frontier = Frontier()
    for page in log.pages():
        for recorded, leaf in page:
            if recorded.position > size:
                break
            frontier.append(leaf)
            yield {"event": internal_form(recorded), "leaf": leaf.hex()}
        if frontier.size == size:
            break
    for signed, note in log.checkpoints():
        if signed <= size:
            yield {"checkpoint": note}
    yield {"root": frontier.root().hex()}
