"""What was set, change by change: figures, size limits, and the working days of years."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_CHANGES = Table(
    "changes",
    SOURCE,
    key=("version",),
    columns={
        "version": "integer",
        "kind": "text NOT NULL",
        "effective_from": "date NOT NULL",
        "set_to": "jsonb NOT NULL",
        "corrects": "text",
        "reason": "text NOT NULL",
        "changed_by": "text NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
)


_YEARS = Table(
    "years",
    SOURCE,
    key=("year",),
    columns={
        "year": "integer",
        "off": "jsonb NOT NULL",
        "worked": "jsonb NOT NULL",
        "source": "text NOT NULL",
        "version": "integer NOT NULL",
        "changed_by": "text NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
)


def _of_version(event: ReadEvent) -> list[Key]:
    return [(event.version,)]


def _changes(kind: str, values: str) -> Rule:
    """Each such event is a row; `values` names the field that has what was set."""

    def fold(_: Row | None, event: ReadEvent, __: Key) -> Row:
        copied = ("effective_from", "corrects", "reason", "changed_by")
        return {
            **{name: event.data[name] for name in copied},
            "version": event.version,
            "kind": kind,
            "set_to": event.data[values],
            "changed_at": event.occurred_at,
        }

    event = {"figures": "SettingsChanged", "sizes": "SizeLimitsSet"}[kind]
    return Rule(event, "changes", _of_version, fold)


def _loaded(_: Row | None, event: ReadEvent, __: Key) -> Row:
    copied = ("year", "off", "worked", "source", "changed_by")
    return {
        **{name: event.data[name] for name in copied},
        "version": event.version,
        "changed_at": event.occurred_at,
    }


SETTINGS = Model(
    name="settings",
    tables=[_CHANGES, _YEARS],
    rules=[
        _changes("figures", "figures"),
        _changes("sizes", "limits"),
        Rule("WorkingDaysLoaded", "years", by("year"), _loaded),
    ],
    vocabularies={SOURCE: EVENTS},
)
