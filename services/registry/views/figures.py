"""The districts' figures of each year, as they were recorded last."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_FIGURES = Table(
    "figures",
    SOURCE,
    key=("division", "year"),
    columns={
        "division": "text",
        "year": "integer",
        "figures": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
)


def _recorded(_: Row | None, event: ReadEvent, key: Key) -> Row:
    division, year = key
    figures = event.data["figures"]
    return {"division": division, "year": year, "figures": figures, "version": event.version}


FIGURES = Model(
    name="figures",
    tables=[_FIGURES],
    rules=[Rule("DistrictFiguresRecorded", "figures", by("division", "year"), _recorded)],
    vocabularies={SOURCE: EVENTS},
)
