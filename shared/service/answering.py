"""From a piece of work to an answer: errors told, time taken, log lines in their chain."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
import structlog

from shared.contracts.envelope import answer_error, answer_ok
from shared.contracts.errors import Invalid, JianduError, Refused, Unavailable
from shared.contracts.message import Vocabulary
from shared.contracts.reasons import Reason
from shared.eventlog.store import OutcomeLost
from shared.observability import metrics
from shared.observability.context import own_context

_log = structlog.get_logger(__name__)

_REASONS = metrics.Known(str(reason) for reason in Reason)


class Answering:
    """Answers calls; `vocabularies` are those of the methods that take a command or query."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self._types = {
            method: metrics.Known(its.name for its in vocabulary)
            for method, vocabulary in vocabularies.items()
        }

    def answer(self, method: str, work: Callable[[], Any], message: Any = None) -> dict[str, Any]:
        """What `work` gives, or the error it raises, in the form of `contracts.envelope`."""
        message_type = self._type_of(method, message)
        with own_context():
            begun = time.perf_counter()
            answer, outcome = _attempt(method, message_type, work)
            seconds = time.perf_counter() - begun
        metrics.RPC_SECONDS.labels(method, message_type, outcome).observe(seconds)
        return answer

    def _type_of(self, method: str, message: Any) -> str:
        known = self._types.get(method)
        if known is None:
            return ""
        return known.of(message.get("type") if isinstance(message, dict) else None)


def _attempt(method: str, message_type: str, work: Callable[[], Any]) -> tuple[dict[str, Any], str]:
    try:
        return answer_ok(work()), "ok"
    except JianduError as error:
        _tell(method, message_type, error)
        return answer_error(error), error.kind
    except psycopg.OperationalError as error:
        _log.warning("answer.no_database", method=method, type=message_type, exc_info=error)
        unavailable = Unavailable(may_be_done=isinstance(error, OutcomeLost))
        return answer_error(unavailable), unavailable.kind
    except Exception:
        # The text of an unforeseen error may hold somebody's data: it stays in our own records.
        reference = str(uuid.uuid4())
        _log.exception("answer.failed", method=method, type=message_type, reference=reference)
        return answer_error(JianduError(f"internal error, reference {reference}")), "failed"


def _tell(method: str, message_type: str, error: JianduError) -> None:
    """Codes only: texts and paths may repeat what was sent."""
    codes = []
    if isinstance(error, Refused):
        codes = [_REASONS.of(error.reason)]
        metrics.REFUSED.labels(method, message_type, codes[0]).inc()
    elif isinstance(error, Invalid):
        codes = sorted({problem.code for problem in error.problems})
    _log.info(f"{method}.not_done", type=message_type, kind=error.kind, codes=codes)
