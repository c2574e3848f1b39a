"""Which points count where, and districts' figures: events of the registry.

Rows of points and of figures come from different events and meet only when somebody asks.
"""

from __future__ import annotations

from shared.contracts.registry.events import EVENTS as REGISTRY_EVENTS
from shared.projections.columns import of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

_POINTS = Table(
    "points",
    "registry",
    key=("point_id",),
    columns={
        "point_id": "text",
        "designated_on": "date NOT NULL",
        "retired_on": "date",
        "places": "jsonb NOT NULL",
        "profiles": "jsonb NOT NULL",
        "channel": "text NOT NULL",
    },
)
"""What a point counts as from which day on, in order.

places: [{division, since}], profiles: [{industry_group, size, since}]
"""

_FIGURES = Table(
    "figures",
    "registry",
    key=("bureau", "year"),
    columns={
        "bureau": "text",
        "year": "integer",
        "figures": "jsonb NOT NULL",
    },
)


def _designated(_: Row | None, event: ReadEvent, __: Key) -> Row:
    since = {"since": event.data["designated_on"]}
    return {
        **{name: event.data.get(name) for name in _POINTS.columns},
        "places": [{"division": event.data["division"], **since}],
        "profiles": [{**_profile(event), **since}],
    }


def _profile(event: ReadEvent) -> Row:
    return {name: event.data[name] for name in ("industry_group", "size")}


def _changed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    profile = {**_profile(event), "since": event.data["changed_on"]}
    return {**row, "profiles": [*row["profiles"], profile]}


def _moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """It counts in its new district from the day on which it moved, which may lie back."""
    if row is None:
        return None
    place = {"division": event.data["division"], "since": event.data["moved_on"]}
    return {**row, "places": [*row["places"], place]}


def _figures(_: Row | None, event: ReadEvent, key: Key) -> Row:
    """A year's figures are complete, so a correction leaves nothing of what it corrects."""
    return {"bureau": key[0], "year": key[1], "figures": event.data["figures"]}


COVERAGE = Model(
    name="coverage",
    tables=[_POINTS, _FIGURES],
    rules=[
        Rule("PointDesignated", "points", by("point_id"), _designated),
        # A suspended point keeps its place, so nothing changes here when it is suspended.
        Rule("PointMoved", "points", by("point_id"), _moved),
        Rule("PointProfileChanged", "points", by("point_id"), _changed),
        Rule("PointRetired", "points", by("point_id"), changed(retired_on=of_event("retired_on"))),
        Rule("DistrictFiguresRecorded", "figures", by("division", "year"), _figures),
    ],
    vocabularies={"registry": REGISTRY_EVENTS},
)
