"""What must hold after every fault: nothing lost, nothing doubled, everything rebuilt alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from psycopg_pool import ConnectionPool

from deploy.local.processes import wait_until
from services.assessment.definition import DEFINITION as ASSESSMENT
from services.clues.definition import DEFINITION as CLUES
from services.registry.definition import DEFINITION as REGISTRY
from shared.contracts.days import business_date
from shared.eventlog import audit
from shared.eventlog.store import EventLog
from shared.postgres.connect import settings
from shared.projections import aside
from shared.service.client import ServiceClient
from shared.service.definition import ServiceDefinition
from tests.chaos.load import Load, Subscriber
from tests.chaos.money_and_limits import Cases
from tests.system.installation import Installation

PATIENCE_SECONDS = 60.0
LOADED = ("registry", "clues")
"""Services whose logs the load writes to."""

VerifierKeys = Mapping[str, str]
"""By service: what the checkpoints of its log are verified with."""


def verifier_keys(client: ServiceClient) -> VerifierKeys:
    return {service: client.ask(service, "keys")["checkpoint"] for service in LOADED}


def problems(
    system: Installation, load: Load, subscriber: Subscriber, keys: VerifierKeys
) -> list[str]:
    """What is wrong while the load is paused; empty when all is well."""
    with (
        _pool(system, REGISTRY) as registry,
        _pool(system, CLUES) as clues,
        _pool(system, ASSESSMENT) as assessment,
    ):
        logs = {"registry": EventLog("registry", registry), "clues": EventLog("clues", clues)}
        pools = ((registry, REGISTRY), (clues, CLUES), (assessment, ASSESSMENT))
        drained = wait_until(lambda: _is_drained(logs, pools, subscriber), PATIENCE_SECONDS)
        found = [] if drained else ["the system did not come to rest"]
        for pool, name in ((registry, "registry"), (clues, "clues")):
            found += _ledger_problems(pool, logs[name], name, load)
            found += audit.verify(logs[name], keys[name]).problems
        found += _case_problems(system, logs["clues"], load)
        if not subscriber.has_all_up_to(logs["registry"].head()):
            found.append("the subscriber misses positions")
        for pool, definition in pools:
            found += _model_problems(pool, definition, logs)
    return found


def _is_drained(
    logs: Mapping[str, EventLog],
    pools: Sequence[tuple[ConnectionPool, ServiceDefinition]],
    subscriber: Subscriber,
) -> bool:
    """Whether everything is numbered, published and shown."""
    heads = {name: log.head() for name, log in logs.items()}
    if any(log.unnumbered() or log.published() != heads[name] for name, log in logs.items()):
        return False
    return subscriber.has_all_up_to(heads["registry"]) and all(
        position == heads[source]
        for pool, definition in pools
        for model in definition.models
        for source, position in aside.shown(model, pool).items()
        if source in heads
    )


def _case_problems(system: Installation, log: EventLog, load: Load) -> Iterator[str]:
    """Once every alarm that is due was raised, which the timekeeper does in its own time."""
    today = business_date(system.clock.now())
    if not wait_until(lambda: not Cases(log).overdue(today), PATIENCE_SECONDS, 0.5):
        yield f"alarms were not raised: {Cases(log).overdue(today)[:3]}"
    yield from Cases(log).problems(load)


def _ledger_problems(
    pool: ConnectionPool, log: EventLog, service: str, load: Load
) -> Iterator[str]:
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
    acknowledged = load.of(service)
    lost = [its for its in acknowledged if times[its] == 0]
    doubled = [its for its, told in acknowledged.items() if times[its] > len(told["events"])]
    if lost:
        yield f"{len(lost)} acknowledged commands are not in the log of {service}"
    if doubled:
        yield f"{len(doubled)} acknowledged commands are in the log of {service} twice"


def _model_problems(
    pool: ConnectionPool, definition: ServiceDefinition, logs: Mapping[str, EventLog]
) -> Iterator[str]:
    for model in definition.models:
        feeds = {source: logs[source].read for source in model.sources if source in logs}
        if set(feeds) != set(model.sources):
            continue  # of a log that the load does not write to
        with aside.opened(model, pool, feeds) as build:
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
