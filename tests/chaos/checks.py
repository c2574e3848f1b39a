"""What must hold after every fault: nothing lost, nothing doubled, everything rebuilt alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg_pool import ConnectionPool

from deploy.local.processes import wait_until
from services.assessment.definition import DEFINITION as ASSESSMENT
from services.registry.definition import DEFINITION as REGISTRY
from shared.eventlog import audit
from shared.eventlog.store import EventLog
from shared.postgres.connect import settings
from shared.projections import aside
from shared.service.definition import ServiceDefinition
from tests.chaos.load import Load, Subscriber
from tests.system.installation import Installation

PATIENCE_SECONDS = 60.0


def problems(
    system: Installation, load: Load, subscriber: Subscriber, verifier_key: str
) -> list[str]:
    """What is wrong while the load is paused; empty when all is well."""
    with _pool(system, REGISTRY) as registry, _pool(system, ASSESSMENT) as assessment:
        log = EventLog("registry", registry)
        drained = wait_until(
            lambda: (
                log.unnumbered() == 0
                and log.published() == log.head()
                and subscriber.has_all_up_to(log.head())
                and all(
                    aside.shown(model, pool)["registry"] == log.head()
                    for pool, its in ((registry, REGISTRY), (assessment, ASSESSMENT))
                    for model in its.models
                )
            ),
            PATIENCE_SECONDS,
        )
        found = [] if drained else ["the system did not come to rest"]
        found += _ledger_problems(registry, log, load)
        if not subscriber.has_all_up_to(log.head()):
            found.append("the subscriber misses positions")
        found += audit.verify(log, verifier_key).problems
        found += _model_problems(registry, REGISTRY, log)
        found += _model_problems(assessment, ASSESSMENT, log)
    return found


def _ledger_problems(pool: ConnectionPool, log: EventLog, load: Load) -> Iterator[str]:
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT e.command_id::text, e.stream, e.version FROM eventlog.ledger l"
            " JOIN eventlog.event e ON e.id = l.event_id"
        ).fetchall()
        (last,) = connection.execute("SELECT max(position) FROM eventlog.ledger").fetchone() or (0,)
        (events,) = connection.execute("SELECT count(*) FROM eventlog.event").fetchone() or (0,)
    if last != len(rows):
        yield f"positions have gaps: {len(rows)} up to {last}"
    if events != len(rows):
        yield f"{events} events, {len(rows)} positions"
    times = Counter(row[0] for row in rows)
    lost = [its for its in load.acknowledged if times[its] == 0]
    doubled = [its for its in load.acknowledged if times[its] > 1]
    if lost:
        yield f"{len(lost)} acknowledged commands are not in the log"
    if doubled:
        yield f"{len(doubled)} acknowledged commands are in the log twice"


def _model_problems(
    pool: ConnectionPool, definition: ServiceDefinition, log: EventLog
) -> Iterator[str]:
    for model in definition.models:
        with aside.opened(model, pool, {"registry": log.read}) as build:
            build.load(aside.shown(model, pool))
            differences = build.differences(moving=True)
        if differences:
            yield f"{model.name} differs from its rebuild in {len(differences)} rows"


@contextmanager
def _pool(system: Installation, definition: ServiceDefinition) -> Iterator[ConnectionPool]:
    url = system.environment[f"JIANDU_{definition.name.upper()}_DATABASE_URL"]
    kwargs = {"autocommit": True, **settings("chaos")}
    with ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=4) as pool:
        yield pool
