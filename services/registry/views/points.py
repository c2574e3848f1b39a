"""Contact points."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

_POINTS = Table(
    "points",
    SOURCE,
    key=("point_id",),
    columns={
        "point_id": "text",
        "application_id": "text NOT NULL",
        "batch_id": "text NOT NULL",
        "unit_name": "text NOT NULL",
        "unit_kind": "text NOT NULL",
        "division": "text NOT NULL",
        "industry_group": "text NOT NULL",
        "size": "text NOT NULL",
        "channel": "text NOT NULL",
        "designated_on": "date NOT NULL",
        "term_ends_on": "date NOT NULL",
        "retired_on": "date",
        "ground": "text",
        "version": "integer NOT NULL",
    },
    indexes=(("division", "unit_name", "point_id"),),
)


def _point(_: Row | None, event: ReadEvent, __: Key) -> Row:
    new = {name: event.data.get(name) for name in _POINTS.columns}
    return {**new, "version": event.version}


POINTS = Model(
    name="points",
    tables=[_POINTS],
    rules=[
        Rule("PointDesignated", "points", by("point_id"), _point),
        Rule(
            "PointRetired",
            "points",
            by("point_id"),
            changed(retired_on=of_event("retired_on"), ground=of_event("ground"), version=version),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
