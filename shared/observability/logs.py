"""Every process writes structured JSON lines; a thread binds its own context at its start."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from shared.observability.telling import without_passwords

Line = MutableMapping[str, Any]

_tracebacks = structlog.processors.ExceptionRenderer(
    # structlog shows the local variables of every frame unless told otherwise: payloads, keys.
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure(service: str, role: str) -> None:
    """structlog, and everything that logs the standard way, as JSON lines on stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [
        _tracebacks,
        _of_process(service, role),
        structlog.processors.JSONRenderer(serializer=_json),
    ]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _of_process(service: str, role: str) -> Callable[[Any, str, Line], Line]:
    return lambda _, __, event: {"service": service, "role": role, **event}


def _json(line: Any, **options: Any) -> str:
    """One JSON line in which no URL shows its password, whoever wrote it there."""
    return without_passwords(json.dumps(line, ensure_ascii=False, **options))
