"""What was set of a service's figures, change by change."""

from __future__ import annotations

from shared.contracts.message import Vocabulary
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table


def settings_model(name: str, source: str, events: Vocabulary) -> Model:
    """Table `changes`, out of the log of `source`."""
    table = Table(
        "changes",
        source,
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
    return Model(
        name=name,
        tables=[table],
        rules=[Rule("SettingsChanged", "changes", _of_version, _changed)],
        vocabularies={source: events},
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
