"""What has been kept as long as the settings say is proposed for erasure; people decide."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from shared.contracts.erasure import commands
from shared.projections.model import Model, Row
from shared.service.proposing import Propose, Proposed
from shared.service.query_bus import Rows
from shared.service.standing import Standing

_NAMESPACE = uuid.UUID("5f4f9c1e-8f2a-5a57-9b0d-6d6f4f6f7a10")
_PAGE = 100
_REFUSED_FOR_YEARS = 1
"""How long what leaders have refused to erase is not proposed anew."""


@dataclass(frozen=True)
class Retention:
    """Rows that are kept for some years from the moment of their last change.

    prefix: of their streams · table: where they are, as a reader names it · key: their id there
    since: the column of that moment · statuses: in which they are over
    years: how long they are kept, by the settings of today
    """

    prefix: str
    table: str
    key: str
    since: str
    statuses: Sequence[str]
    years: Callable[[Standing, dt.date], int]


def proposes(model: Model, retentions: Iterable[Retention]) -> list[Propose]:
    """For a service whose erasures lie in this read model."""
    return [*(_kept_too_long(model, its) for its in retentions), _locks_over(model)]


def _kept_too_long(model: Model, its: Retention) -> Propose:
    """What waits for a decision, is locked or erased is not proposed, and what leaders have refused
    when it was proposed not for a year. That a person was refused says nothing of how long it is
    kept.
    """
    requests = f"readmodel.{model.name}_requests"
    of_it = f"r.stream = %(prefix)s || kept.{its.key} AND r.scope = 'whole'"
    query = (
        f"SELECT {its.key} AS id, {its.since} AS since,"  # noqa: S608 - ours
        f" (SELECT count(*) FROM {requests} r WHERE {of_it} AND r.ground = 'retention_over')"
        "  AS proposed"
        f" FROM {its.table} kept"
        f" WHERE status = ANY (%(statuses)s) AND {its.since} < %(before)s"
        f" AND NOT EXISTS (SELECT FROM {requests} r WHERE {of_it} AND (r.status <> 'refused'"
        "  OR (r.ground = 'retention_over' AND r.changed_at >= %(lately)s)))"
        f" AND (%(id)s::text IS NULL OR ({its.since}, {its.key}) > (%(since)s, %(id)s))"
        f" ORDER BY {its.since}, {its.key} LIMIT %(most)s"
    )

    def propose(rows: Rows, standing: Standing, today: dt.date) -> Iterator[Proposed]:
        given = {
            "statuses": list(its.statuses),
            "before": years_before(today, its.years(standing, today)),
            "lately": years_before(today, _REFUSED_FOR_YEARS),
            "prefix": f"{its.prefix}-",
        }
        for row in _pages(partial(rows, query, **given)):
            stream = f"{its.prefix}-{row['id']}"
            name = f"{stream}/{row['proposed']}" if row["proposed"] else stream
            erasure_id = str(uuid.uuid5(_NAMESPACE, name))
            command = commands.ProposeErasure(erasure_id=erasure_id, stream=stream)
            yield Proposed(command, str(uuid.uuid5(_NAMESPACE, f"propose/{name}")))

    return propose


def _locks_over(model: Model) -> Propose:
    query = (
        "SELECT erasure_id AS id, locked_until AS since"  # noqa: S608 - ours
        f" FROM readmodel.{model.name}_requests"
        " WHERE status = 'locked' AND NOT lock_ended AND locked_until < %(today)s"
        " AND (%(id)s::text IS NULL OR (locked_until, erasure_id) > (%(since)s, %(id)s))"
        " ORDER BY locked_until, erasure_id LIMIT %(most)s"
    )

    def propose(rows: Rows, _: Standing, today: dt.date) -> Iterator[Proposed]:
        for row in _pages(partial(rows, query, today=today)):
            command = commands.EndLock(erasure_id=row["id"])
            yield Proposed(command, str(uuid.uuid5(_NAMESPACE, f"unlock/{row['id']}")))

    return propose


def _pages(rows: Callable[..., list[Row]]) -> Iterator[Row]:
    """All rows of a query that begins behind `since` and `id`: what is refused, and so stays in the
    way, hides nothing that comes after it.
    """
    found = rows(since=None, id=None, most=_PAGE)
    while found:
        yield from found
        last = found[-1]
        found = rows(since=last["since"], id=last["id"], most=_PAGE)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; the 28th for a 29th of February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
