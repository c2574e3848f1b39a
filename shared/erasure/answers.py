"""What is told of erasures: to the bureau that they lie with, and who may read what is locked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.access.actor import Actor
from shared.contracts.erasure import queries
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.erasure.aggregate import ERASURE
from shared.erasure.views import WORDS
from shared.erasure.words import key_of
from shared.privacy.keyring import CACHED_FOR
from shared.projections.model import Model, Row
from shared.service.key_backups import KEPT_FOR
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute, ReadsLocked, Rows

WATCHING = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR})


def query_routes(model: Model) -> dict[type, QueryRoute]:
    """The queries of a service whose read model of erasures this is."""
    source = model.table("requests").source
    table = f"readmodel.{model.name}_requests"
    listed = (
        f"SELECT * FROM {table}"  # noqa: S608 - ours
        " WHERE starts_with(division, %(within)s)"
        " AND (%(status)s::text IS NULL OR status = %(status)s)"
        " AND (%(stream)s::text IS NULL OR stream = %(stream)s)"
        " AND (%(id)s::text IS NULL"
        "  OR (requested_at, erasure_id) < (%(since)s::timestamptz, %(id)s))"
        " ORDER BY requested_at DESC, erasure_id DESC LIMIT %(most)s"
    )

    def list_erasures(asked: Asked) -> Any:
        since, identifier = after(asked.query.cursor, dt.datetime, str) or [None, None]
        status = asked.query.status
        rows = asked.rows(
            listed,
            within=prefix(asked.actor.division),
            status=None if status is None else str(status),
            stream=asked.query.stream,
            since=since,
            id=identifier,
            most=fetch(asked.query.limit),
        )
        found = page(rows, asked.query.limit, "requested_at", "erasure_id")
        return {**found, "items": [_unsealed(its) for its in found["items"]]}

    def show_erasure(asked: Asked) -> Any:
        """The row with `keys_destroyed`, `unreadable_from`: when no process has a key in memory any
        more, and `backups_until`: when the last backup is gone too.

        With what people have written in it (`views.WORDS`); null once its key is destroyed.
        """
        erasure_id = asked.query.erasure_id
        rows = asked.rows(
            f"SELECT * FROM {table} WHERE erasure_id = %s",  # noqa: S608 - ours
            erasure_id,
        )
        if not rows or not covers(asked.actor.division, rows[0]["division"]):
            raise NotFound(ERASURE.prefix, erasure_id)
        row = rows[0]
        erased: dt.datetime | None = row["erased_at"]
        destroyed = asked.keyring.destroyed_at(row["subjects"]) if erased else None
        asked.note_opening(key_of(erasure_id))
        stream = ERASURE.stream(erasure_id)
        return {
            **_unsealed(row),
            **{
                name: asked.personal(source, stream, event, field, row["sealed"].get(name))
                for name, (event, field) in WORDS.items()
            },
            "keys_destroyed": destroyed is not None,
            "unreadable_from": None if destroyed is None else destroyed + CACHED_FOR,
            "backups_until": None if erased is None else erased + KEPT_FOR,
            "may_decide": may_decide(asked.actor, row),
        }

    return {
        queries.ListErasures: QueryRoute(WATCHING, (model.name,), list_erasures),
        queries.ShowErasure: QueryRoute(WATCHING, (model.name,), show_erasure),
    }


def _unsealed(row: Row) -> Row:
    return {name: its for name, its in row.items() if name != "sealed"}


def may_decide(actor: Actor, row: Row) -> bool:
    """Whether the actor's word counts: a leader's who has neither asked for it nor agreed yet."""
    involved = (row["requested_by"], *row["approved_by"])
    return actor.role is Role.LEADER and actor.id not in involved


def reads_locked(model: Model) -> ReadsLocked:
    """Who may read locked data: the two leaders who have opened it together, for their hours.

    Where several requests have it locked, it is enough that two have opened one of them.
    """
    table = f"readmodel.{model.name}_locks"
    query = f"SELECT readers, reading_until FROM {table} WHERE subject = %s"  # noqa: S608 - ours

    def may_read(actor: Actor, rows: Rows, subject: str, now: dt.datetime) -> bool | None:
        found = rows(query, subject)
        if not found:
            return None
        return any(
            its["reading_until"] is not None
            and now < its["reading_until"]
            and actor.id in its["readers"]
            for its in found
        )

    return may_read


def may_follow(actor: Actor, rows: Rows, stream: str) -> bool:
    """Whether the actor may know how far a stream of an erasure has got."""
    found = rows(_WHOSE, stream)
    return actor.role in WATCHING and any(covers(actor.division, its["division"]) for its in found)


_WHOSE = (
    "SELECT body->'internal'->'division'->>'value' AS division"
    " FROM eventlog.event WHERE stream = %s AND version = 1"
)
