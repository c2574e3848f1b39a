"""Documents of applications; what lies in their files is nowhere in here."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import occurred_at, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

_DOCUMENTS = Table(
    "documents",
    SOURCE,
    key=("document_id",),
    columns={
        "document_id": "text",
        "application_id": "text NOT NULL",
        "kind": "text NOT NULL",
        "media_type": "text NOT NULL",
        "size": "bigint NOT NULL",
        "sha256": "text NOT NULL",
        "attached_at": "timestamptz NOT NULL",
        "withdrawn_at": "timestamptz",
        "sealed": "jsonb NOT NULL",
        "place": "integer NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("application_id", "place"),),
)


def _attached(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("document_id", "application_id", "kind", "media_type", "size", "sha256")
    return {
        **{name: event.data[name] for name in named},
        "attached_at": event.occurred_at,
        "withdrawn_at": None,
        "sealed": dict(event.sealed),
        "place": event.version,
        "version": event.version,
    }


DOCUMENTS = Model(
    name="documents",
    tables=[_DOCUMENTS],
    rules=[
        Rule("DocumentAttached", "documents", by("document_id"), _attached),
        Rule(
            "DocumentWithdrawn",
            "documents",
            by("document_id"),
            changed(withdrawn_at=occurred_at, version=version),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
