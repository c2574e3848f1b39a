"""Corrections of records, as they lie in the log: opened for whoever works on the thing."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table

_CORRECTIONS = Table(
    "corrections",
    SOURCE,
    key=("stream", "version"),
    columns={
        "stream": "text",
        "version": "integer",
        "corrects": "integer NOT NULL",
        "division": "text NOT NULL",
        "corrected_at": "timestamptz NOT NULL",
        "sealed": "jsonb NOT NULL",
    },
)


def _of_event(event: ReadEvent) -> list[Key]:
    return [(event.stream, event.version)]


def _corrected(_: Row | None, event: ReadEvent, key: Key) -> Row:
    return {
        "stream": key[0],
        "version": key[1],
        "corrects": event.data["version"],
        "division": event.data["division"],
        "corrected_at": event.occurred_at,
        "sealed": dict(event.sealed),
    }


CORRECTIONS = Model(
    name="corrections",
    tables=[_CORRECTIONS],
    rules=[Rule("RecordCorrected", "corrections", _of_event, _corrected)],
    vocabularies={SOURCE: EVENTS},
)
