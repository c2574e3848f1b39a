"""The figures of a service on a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.contracts.figures import Change, figures_of
from shared.keeping.handlers import SCHEME
from shared.projections.model import Model
from shared.service.aggregate import Aggregate
from shared.service.query_bus import Asked


def show_settings(model: Model, settings: Aggregate) -> Callable[[Asked], Any]:
    """`{"day", "stream", "figures": [{name, zh, value, default, least, most, since, to_come}]}`.

    `since` is null where it has never been set; `to_come`: `[{since, value}]` after the day. The
    query has a `day`, which may be null for today.
    """
    schedule = settings.initial.schedule
    figures = figures_of(type(schedule.base))
    query = (
        f"SELECT effective_from, figures FROM readmodel.{model.name}_changes"  # noqa: S608 - ours
        " ORDER BY effective_from, version"
    )

    def show(asked: Asked) -> Any:
        day = asked.query.day or asked.today
        changes = tuple(
            Change(row["effective_from"], {its["name"]: its["value"] for its in row["figures"]})
            for row in asked.rows(query)
        )
        values = type(schedule)(changes=changes).on(day)
        since = {name: its.since for its in changes if its.since <= day for name in its.figures}
        return {
            "day": day,
            "stream": settings.stream(SCHEME),
            "figures": [
                {
                    **vars(its),
                    "value": getattr(values, its.name),
                    "since": since.get(its.name),
                    "to_come": [
                        {"since": change.since, "value": change.figures[its.name]}
                        for change in changes
                        if change.since > day and its.name in change.figures
                    ],
                }
                for its in figures.values()
            ],
        }

    return show
