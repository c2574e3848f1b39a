"""What every process counts and measures, by Prometheus's names and rules; docs/operations.md.

Labels take values from closed sets only: types of the vocabulary, reason codes, our own services,
models and queues. What somebody else may choose goes through `Known` first.
"""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram, Info

OTHER = "other"

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: from one row in one transaction to the longest statement there may be."""


class Known:
    """A closed set of label values; whatever is not in it is `other`."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = frozenset(values)

    def of(self, value: object) -> str:
        return value if isinstance(value, str) and value in self._values else OTHER


PROCESS = Info("jiandu_process", "Which service and role this process is.")

APPEND_SECONDS = Histogram(
    "jiandu_append_seconds",
    "Time of one append, by outcome: appended, repeated, conflict, name_taken, reused, failed.",
    ("outcome",),
    buckets=_FAST,
)

RPC_SECONDS = Histogram(
    "jiandu_rpc_seconds",
    "Time to answer a call, by method, type of command or query, and outcome.",
    ("method", "type", "outcome"),
    buckets=_FAST,
)
REFUSED = Counter(
    "jiandu_refused", "Commands and queries refused, by reason code.", ("method", "type", "reason")
)
REPEATED = Counter(
    "jiandu_commands_repeated",
    "Commands carried out before, answered with their first result.",
    ("type",),
)

HTTP_SECONDS = Histogram(
    "jiandu_http_seconds",
    "Time to answer a request at the edge, by method, route and status.",
    ("method", "route", "status"),
    buckets=_FAST,
)
BREAKER_OPEN = Gauge(
    "jiandu_breaker_open", "1 while a service is not asked, having failed to answer.", ("service",)
)

LEADER = Gauge("jiandu_leader", "1 while this process leads its log.", ("log",))
NUMBERING_SECONDS = Histogram(
    "jiandu_numbering_seconds", "Time of one round that numbered events.", ("log",), buckets=_FAST
)
EVENTS_NUMBERED = Counter("jiandu_events_numbered", "Events given a position.", ("log",))
PUBLISH_SECONDS = Histogram(
    "jiandu_publish_seconds",
    "Time from a page of events to the broker's last confirm of both forms.",
    ("log",),
    buckets=_FAST,
)
EVENTS_PUBLISHED = Counter("jiandu_events_published", "Events confirmed by the broker.", ("log",))
RELAY_FAILURES = Counter(
    "jiandu_relay_failures",
    "Failures of the relay, by step: numbering, publishing.",
    ("log", "step"),
)

HEAD = Gauge("jiandu_log_head", "Last position of the log.", ("log",))
COMMANDS_WAITING = Gauge("jiandu_commands_waiting", "Commands not numbered yet.", ("log",))
PUBLISHED = Gauge("jiandu_log_published", "Position up to which all is published.", ("log",))
SIGNED = Gauge("jiandu_checkpoint_size", "Events under the newest signed checkpoint.", ("log",))
LAG_EVENTS = Gauge(
    "jiandu_log_lag_events",
    "How far behind, by duty: numbering (commands), publishing, checkpoints (events).",
    ("log", "duty"),
)
LAG_SECONDS = Gauge(
    "jiandu_log_lag_seconds",
    "How long the oldest of what is behind has been seen waiting, by duty.",
    ("log", "duty"),
)
CHECKPOINT_AGE = Gauge(
    "jiandu_checkpoint_age_seconds",
    "Since this process first saw the newest signed checkpoint.",
    ("log",),
)

MODEL_POSITION = Gauge("jiandu_model_position", "Last position applied.", ("model", "source"))
MODEL_LAG_EVENTS = Gauge(
    "jiandu_model_lag_events", "Events of the source not applied yet.", ("model", "source")
)
MODEL_LAG_SECONDS = Gauge(
    "jiandu_model_lag_seconds",
    "How long the oldest event not applied has been seen waiting.",
    ("model", "source"),
)
MODEL_STOPPED = Gauge(
    "jiandu_model_stopped", "1 while an event cannot be applied.", ("model", "source")
)
MODEL_BATCH_SECONDS = Histogram(
    "jiandu_model_batch_seconds", "Time to apply one batch.", ("model", "source"), buckets=_FAST
)
MODEL_EVENTS = Counter("jiandu_model_events_applied", "Events applied.", ("model", "source"))

SUBSCRIPTION_CONNECTED = Gauge(
    "jiandu_subscription_connected", "1 while the subscription has its broker.", ("source",)
)
SUBSCRIPTION_LAG = Gauge(
    "jiandu_subscription_lag_events", "The source's head less our checkpoint.", ("source",)
)
GAPS_REPAIRED = Counter(
    "jiandu_subscription_gaps_repaired", "Times events were read from the feed.", ("source",)
)
EVENTS_FROM_FEED = Counter(
    "jiandu_subscription_events_from_feed", "Events that came by the feed.", ("source",)
)
DUPLICATES = Counter(
    "jiandu_subscription_duplicates_dropped", "Messages that were there already.", ("source",)
)
MALFORMED = Counter(
    "jiandu_subscription_malformed", "Messages nobody can read, dead-lettered.", ("source",)
)

PARKED = Gauge("jiandu_parked", "Reactions that wait for an operator.", ("log",))
LIMITS = Gauge(
    "jiandu_limits",
    "Limits by how they stand: `timekeeper`, fallen due and not done; `provisional limits`.",
    ("log", "standing"),
)
TROUBLED = Gauge("jiandu_workers_in_trouble", "Workers whose last try failed.", ("log",))
QUEUE_MESSAGES = Gauge(
    "jiandu_queue_messages",
    "Messages in a queue of ours, by state: ready, unacked.",
    ("queue", "state"),
)

OF_THE_LEADER = (
    *(HEAD, COMMANDS_WAITING, PUBLISHED, SIGNED, LAG_EVENTS, LAG_SECONDS, CHECKPOINT_AGE),
    *(MODEL_POSITION, MODEL_LAG_EVENTS, MODEL_LAG_SECONDS, MODEL_STOPPED),
    *(SUBSCRIPTION_CONNECTED, SUBSCRIPTION_LAG, PARKED, LIMITS, TROUBLED, QUEUE_MESSAGES),
)
"""Gauges that only a leading process shows; one that has lost the lead shows none of them."""


def forget_leadership() -> None:
    """Take down what only the leader shows."""
    for gauge in OF_THE_LEADER:
        gauge.clear()
