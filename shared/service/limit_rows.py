"""Running limits as a read model: one row a limit, opened, moved and closed by events.

A service makes its model of these rules; its timekeeper turns the rows whose day has ended into
commands. A limit is known by its stream, its name, and what within the stream it is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shared.contracts.days import ONE_DAY
from shared.contracts.message import Vocabulary
from shared.projections.model import Fold, Key, Keys, Model, ReadEvent, Row, Rule, Table

TABLE = "running"
WHOLE = ""
"""What a limit of the whole stream is about, in its row."""

LastDay = Callable[[ReadEvent], str | None]
"""The last day of a limit as an event gives it, `YYYY-MM-DD`; None: it runs no (more)."""


def limits_model(
    service: str,
    vocabulary: Vocabulary,
    rules: Iterable[Rule],
    *,
    name: str = "limits",
    moved: Fold | None = None,
) -> Model:
    """A service's model of its limits, by this name.

    moved: what LimitMoved, by which a limit is counted anew, makes of its row; by itself, the
    row of the TimeLimit in its field `limit`
    """
    table = Table(
        TABLE,
        service,
        key=("stream", "name", "about"),
        columns={
            "stream": "text",
            "name": "text",
            "about": "text",
            "due_on": "date NOT NULL",
            "counted_from": "date",
            "working_days": "integer",
            "provisional": "boolean NOT NULL",
        },
        indexes=(("due_on", "stream", "name", "about"),),
    )
    return Model(
        name=name,
        tables=[table],
        rules=[*rules, Rule("LimitMoved", TABLE, _named_by_event, moved or _moved)],
        vocabularies={service: vocabulary},
    )


def opens(event: str, name: str, field: str = "limit", about: str | None = None) -> Rule:
    """The event sets the limit `name`, in place of one that runs under that name.

    field: where its TimeLimit stands; null there ends what runs
    about: the event's field that names what within the stream it is about; None: all of it
    """

    def fold(_: Row | None, event: ReadEvent, key: Key) -> Row | None:
        limit = event.data[field]
        return None if limit is None else limit_row(key, **limit)

    return Rule(event, TABLE, limit_keys([name], about), fold)


def opens_on(event: str, name: str, last_day: LastDay, about: str | None = None) -> Rule:
    """As `opens`, for a limit that runs to a day which no calendar can move."""

    def fold(_: Row | None, event: ReadEvent, key: Key) -> Row | None:
        due_on = last_day(event)
        return None if due_on is None else limit_row(key, due_on)

    return Rule(event, TABLE, limit_keys([name], about), fold)


def closes(event: str, *names: str, about: str | None = None) -> Rule:
    """The event ends the limits of these names, whether or not they run."""
    return Rule(event, TABLE, limit_keys(names, about), lambda row, event, key: None)


def eve_of(field: str) -> LastDay:
    """The day before the one in the event's field: what is to happen as that day begins."""

    def last_day(event: ReadEvent) -> str | None:
        day = event.data[field]
        if day is None:
            return None
        parsed = dt.date.fromisoformat(day)
        return (parsed - ONE_DAY if parsed > dt.date.min else parsed).isoformat()

    return last_day


def limit_row(
    key: Key,
    due_on: str,
    counted_from: str | None = None,
    working_days: int | None = None,
    provisional: bool = False,
) -> Row:
    """A running limit; without `counted_from` no calendar can move it."""
    return {
        **dict(zip(("stream", "name", "about"), key, strict=True)),
        "due_on": due_on,
        "counted_from": counted_from,
        "working_days": working_days,
        "provisional": provisional,
    }


def limit_keys(names: Sequence[str], about: str | None) -> Keys:
    def keys(event: ReadEvent) -> Iterable[Key]:
        what = WHOLE if about is None else event.data[about]
        return [(event.stream, str(name), what) for name in names]

    return keys


def _named_by_event(event: ReadEvent) -> Iterable[Key]:
    return [(event.stream, event.data["name"], event.data["about"] or WHOLE)]


def _moved(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    limit: Any = event.data["limit"]
    return None if row is None else limit_row(key, **limit)
