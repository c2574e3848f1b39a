"""Events of a stream with their sealed texts, opened for the asker."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shared.contracts.message import Vocabulary
from shared.contracts.stored import timestamp
from shared.projections.model import Row
from shared.service.query_bus import Asked


def recorded(
    asked: Asked,
    events: Vocabulary,
    stream: str,
    types: Sequence[str],
    version: int,
    hide: Collection[str] = (),
    shut: bool = False,
) -> list[Row]:
    """`{type, version, occurred_at, role, values}` of these types up to a version, in order.

    `events` is the vocabulary of the service whose log it is. `values` are those of the event,
    the sealed ones sealed anew to the asker, null once erased; those to hide stay shut and are
    left out. The caller notes the opening.
    shut: whether all that is sealed is null, as of what is locked
    """
    rows = asked.rows(
        "SELECT version, type, occurred_at, body FROM eventlog.event"
        " WHERE stream = %s AND version <= %s AND type = ANY (%s) ORDER BY version",
        stream,
        version,
        list(types),
    )
    return [_told(asked, events, stream, row, hide, shut) for row in rows]


def happened(asked: Asked, stream: str, version: int) -> list[Row]:
    """What has happened in a stream up to a version, `{version, type, occurred_at}` each."""
    return asked.rows(
        "SELECT version, type, occurred_at FROM eventlog.event"
        " WHERE stream = %s AND version <= %s ORDER BY version",
        *(stream, version),
    )


def _told(
    asked: Asked, events: Vocabulary, stream: str, row: Row, hide: Collection[str], shut: bool
) -> Row:
    body, event = row["body"], row["type"]
    hidden = [name for name in events.find(event).subjects if name not in hide]
    return {
        "type": event,
        "version": row["version"],
        "occurred_at": timestamp(row["occurred_at"]),
        "role": body["role"],
        "values": {
            **body["public"],
            **{name: kept["value"] for name, kept in body["internal"].items()},
            **{
                name: None
                if shut
                else asked.personal(events.service, stream, event, name, body["sealed"].get(name))
                for name in hidden
            },
        },
    }
