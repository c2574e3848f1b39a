"""What has been kept as long as the settings say is proposed for erasure; people decide."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.contracts.erasure import commands
from shared.projections.model import Model
from shared.service.proposing import Propose, Proposed
from shared.service.query_bus import Rows
from shared.service.standing import Standing

_NAMESPACE = uuid.UUID("5f4f9c1e-8f2a-5a57-9b0d-6d6f4f6f7a10")
_AT_ONCE = 100


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
    """Each is proposed once: what leaders have refused is not proposed again."""
    query = (
        f"SELECT {its.key} AS id FROM {its.table} kept"  # noqa: S608 - ours
        f" WHERE status = ANY (%(statuses)s) AND {its.since} < %(before)s"
        f" AND NOT EXISTS (SELECT FROM readmodel.{model.name}_requests r"
        f"  WHERE r.stream = %(prefix)s || kept.{its.key} AND r.scope = 'whole')"
        f" ORDER BY {its.since} LIMIT {_AT_ONCE}"
    )

    def propose(rows: Rows, standing: Standing, today: dt.date) -> Iterator[Proposed]:
        before = years_before(today, its.years(standing, today))
        found = rows(query, statuses=list(its.statuses), before=before, prefix=f"{its.prefix}-")
        for row in found:
            stream = f"{its.prefix}-{row['id']}"
            erasure_id = str(uuid.uuid5(_NAMESPACE, stream))
            command = commands.ProposeErasure(erasure_id=erasure_id, stream=stream)
            yield Proposed(command, str(uuid.uuid5(_NAMESPACE, f"propose/{stream}")))

    return propose


def _locks_over(model: Model) -> Propose:
    query = (
        f"SELECT erasure_id FROM readmodel.{model.name}_requests"  # noqa: S608 - ours
        f" WHERE status = 'locked' AND NOT lock_ended AND locked_until < %s LIMIT {_AT_ONCE}"
    )

    def propose(rows: Rows, _: Standing, today: dt.date) -> Iterator[Proposed]:
        for row in rows(query, today):
            command = commands.EndLock(erasure_id=row["erasure_id"])
            yield Proposed(command, str(uuid.uuid5(_NAMESPACE, f"unlock/{row['erasure_id']}")))

    return propose


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; the 28th for a 29th of February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
