"""The figures of the clues service on a day."""

from __future__ import annotations

from typing import Any

from services.clues.answers.seeing import WITH_POINTS
from services.clues.domain.settings import FIGURES, Schedule
from services.clues.handlers.aggregates import SETTINGS
from services.clues.handlers.moment import SCHEME
from shared.contracts.clues import queries
from shared.contracts.figures import Change
from shared.contracts.roles import Role
from shared.service.query_bus import Asked, QueryRoute


def show_settings(asked: Asked) -> Any:
    """`{"day", "stream", "figures": [{name, zh, value, default, least, most, since, to_come}]}`.

    `since` is null where it has never been set; `to_come`: `[{since, value}]` after the day.
    """
    day = asked.query.day or asked.today
    rows = asked.rows(
        "SELECT effective_from, figures FROM readmodel.clue_settings_changes"
        " ORDER BY effective_from, version"
    )
    changes = tuple(
        Change(row["effective_from"], {its["name"]: its["value"] for its in row["figures"]})
        for row in rows
    )
    values = Schedule(changes=changes).on(day)
    since = {name: its.since for its in changes if its.since <= day for name in its.figures}
    return {
        "day": day,
        "stream": SETTINGS.stream(SCHEME),
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
            for its in FIGURES.values()
        ],
    }


QUERIES: dict[type, QueryRoute] = {
    queries.ShowClueSettings: QueryRoute(
        WITH_POINTS | {Role.ADMINISTRATOR, Role.OPERATOR}, ("clue_settings",), show_settings
    ),
}
