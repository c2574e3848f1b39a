"""What the log lines of one piece of work carry: which chain of commands and events it is in.

Only ids and roles are bound, never a name or anything of a payload. Context variables belong to
one greenlet or thread and nobody inherits them, so work binds its own at its start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def own_context() -> Iterator[None]:
    """Begin with nothing bound and leave nothing behind: for a worker that serves one request."""
    structlog.contextvars.clear_contextvars()
    try:
        yield
    finally:
        structlog.contextvars.clear_contextvars()


def bind_message(
    kind: str, message_id: str, correlation_id: str | None, causation_id: str | None
) -> None:
    """Bind a command's or query's ids; one without a correlation begins a chain of its own."""
    structlog.contextvars.bind_contextvars(
        **{
            f"{kind}_id": message_id,
            "correlation_id": correlation_id or message_id,
            "causation_id": causation_id,
        }
    )


def bind_role(role: str) -> None:
    """Bind the role of whoever acts, once it is proven; never who it is."""
    structlog.contextvars.bind_contextvars(actor_role=role)


@contextmanager
def within_chain(**ids: str | None) -> Iterator[None]:
    """Bind for the block; what was bound before is bound again after it."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield


def current_correlation() -> str | None:
    """The chain that this greenlet or thread works in, if any."""
    found = structlog.contextvars.get_contextvars().get("correlation_id")
    return None if found is None else str(found)
