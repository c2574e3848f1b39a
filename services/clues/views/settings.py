"""What was set: the figures of the clues service, change by change."""

from __future__ import annotations

from services.clues.views.folding import SOURCE
from shared.contracts.clues.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table

_CHANGES = Table(
    "changes",
    SOURCE,
    key=("version",),
    columns={
        "version": "integer",
        "effective_from": "date NOT NULL",
        "figures": "jsonb NOT NULL",
        "corrects": "text",
        "reason": "text NOT NULL",
        "changed_by": "text NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
)


def _of_version(event: ReadEvent) -> list[Key]:
    return [(event.version,)]


def _changed(_: Row | None, event: ReadEvent, __: Key) -> Row:
    copied = ("effective_from", "figures", "corrects", "reason", "changed_by")
    return {
        **{name: event.data[name] for name in copied},
        "version": event.version,
        "changed_at": event.occurred_at,
    }


CLUE_SETTINGS = Model(
    name="clue_settings",
    tables=[_CHANGES],
    rules=[Rule("SettingsChanged", "changes", _of_version, _changed)],
    vocabularies={SOURCE: EVENTS},
)
