"""Requests to open a confidential reporter's identity, in nobody's words."""

from __future__ import annotations

from services.clues.views.folding import SOURCE, changes, new_row
from shared.contracts.clues.events import EVENTS
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_OPENINGS = Table(
    "openings",
    SOURCE,
    key=("opening_id",),
    columns={
        "opening_id": "text",
        "clue_id": "text NOT NULL",
        "division": "text NOT NULL",
        "requested_by": "text NOT NULL",
        "requested_at": "timestamptz NOT NULL",
        "approved_by": "jsonb NOT NULL",
        "refused_by": "text",
        "opened_at": "timestamptz",
        "until": "timestamptz",
        "settled": "boolean NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("settled", "requested_at", "opening_id"), ("clue_id", "requested_at")),
)


def _approved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    return {
        **row,
        "approved_by": [*row["approved_by"], event.data["approved_by"]],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


OPENINGS = Model(
    name="seals",
    tables=[_OPENINGS],
    rules=[
        Rule(
            "OpeningRequested",
            "openings",
            by("opening_id"),
            new_row(_OPENINGS, requested_at=occurred_at, approved_by=lambda _: [], settled=False),
        ),
        Rule("OpeningApproved", "openings", by("opening_id"), _approved),
        changes(
            "OpeningRefused",
            "openings",
            "opening_id",
            refused_by=of_event("refused_by"),
            settled=True,
        ),
        changes(
            "IdentityOpened",
            "openings",
            "opening_id",
            opened_at=occurred_at,
            until=of_event("until"),
            settled=True,
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
