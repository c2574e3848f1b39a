"""Settings: the figures of a day are for whoever has to do with the scheme, who set them is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from services.registry.answers.seeing import ANYONE, WATCHING
from services.registry.domain.settings import FIGURES, Change, Schedule, Settings, SizeChange
from services.registry.handlers.aggregates import SETTINGS
from services.registry.handlers.moment import SCHEME
from services.registry.unit_data import limits_set
from shared.contracts.registry import queries
from shared.contracts.registry.events import SizeLimits
from shared.contracts.registry.vocabulary import Measure, Trade
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.reference.enterprise_size import Limits, UnknownTrade, limits_in_force
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.working_calendar import library_tables

_TIERS = ("large", "medium", "small")
_LOOKING = WATCHING | {Role.ADMINISTRATOR, Role.OPERATOR}


def show_settings(asked: Asked) -> Any:
    """`{"day", "stream", "version", "figures": [...], "size_limits": [...]}`.

    Each figure: `{name, zh, about, basis, value, default, least, most, since,
    to_come: [{since, value}]}`; `about` is what it does, `basis` where its default comes from,
    `since` is null where it has never been set, `to_come` is what it will be after the day.
    Size limits of each trade: `{trade, since, limits: [{measure, large, medium, small}],
    to_come: [{since, limits}]}`, `since` null where there were none yet.
    """
    day = asked.query.day or asked.today
    changes = _changes(asked)
    schedule = Schedule(changes=tuple(changes))
    values = schedule.on(day)
    since = {name: its.since for its in changes if its.since <= day for name in its.figures}
    (found,) = asked.rows(
        "SELECT greatest((SELECT max(version) FROM readmodel.settings_changes),"
        " (SELECT max(version) FROM readmodel.settings_years), 0) AS version"
    )
    return {
        "day": day,
        "stream": SETTINGS.stream(SCHEME),
        "version": found["version"],
        "figures": [
            {
                "name": its.name,
                "zh": its.zh,
                "about": its.about,
                "basis": its.basis,
                "value": getattr(values, its.name),
                "default": its.default,
                "least": its.least,
                "most": its.most,
                "since": since.get(its.name),
                "to_come": list(_to_come(schedule, its.name, day)),
            }
            for its in FIGURES.values()
        ],
        "size_limits": _size_limits(asked, day),
    }


def _to_come(schedule: Schedule, name: str, day: dt.date) -> Iterator[Row]:
    """What a figure will be after a day, without what changes nothing."""
    present = getattr(schedule.on(day), name)
    for since in sorted({its.since for its in schedule.changes if its.since > day}):
        value = getattr(schedule.on(since), name)
        if value != present:
            yield {"since": since, "value": value}
        present = value


def _size_limits(asked: Asked, day: dt.date) -> list[Row]:
    rows = asked.rows(
        "SELECT effective_from, set_to FROM readmodel.settings_changes"
        " WHERE kind = 'sizes' ORDER BY effective_from, version"
    )
    limits = limits_set([_size_change(row) for row in rows])
    return [
        {
            "trade": str(trade),
            **_limits_on(trade, day, limits),
            "to_come": [
                _limits_on(trade, since, limits)
                for since in sorted({its.since for its in limits if its.trade == trade})
                if since > day
            ],
        }
        for trade in Trade
    ]


def _size_change(row: Row) -> SizeChange:
    limits = tuple(
        SizeLimits(
            trade=Trade(its["trade"]),
            measure=Measure(its["measure"]),
            **{tier: its[tier] for tier in _TIERS},
        )
        for its in row["set_to"]
    )
    return SizeChange(row["effective_from"], limits)


def _limits_on(trade: Trade, day: dt.date, limits: Sequence[Limits]) -> Row:
    """Since when, and which; nothing for a day before there were any."""
    try:
        held = limits_in_force(trade, on=day, more=limits)
    except UnknownTrade:
        return {"since": None, "limits": []}
    return {
        "since": held[0].since,
        "limits": [
            {"measure": its.measure, **{tier: getattr(its, tier) for tier in _TIERS}}
            for its in held
        ],
    }


def settings_in_force(asked: Asked, day: dt.date) -> Settings:
    """The figures of a day, for answers that depend on them."""
    return schedule_of(asked).on(day)


def schedule_of(asked: Asked) -> Schedule:
    """The figures of every day."""
    return Schedule(changes=tuple(_changes(asked)))


def _changes(asked: Asked) -> list[Change]:
    rows = asked.rows(
        "SELECT version, effective_from, set_to FROM readmodel.settings_changes"
        " WHERE kind = 'figures' ORDER BY effective_from, version"
    )
    return [Change(row["effective_from"], _figures(row)) for row in rows]


def _figures(row: Row) -> dict[str, int]:
    return {each["name"]: each["value"] for each in row["set_to"]}


def list_changes(asked: Asked) -> Any:
    """Items `{version, kind, effective_from, set_to, corrects, reason, changed_by, changed_at}`.

    kind: `figures` or `sizes`, which says what `set_to` holds
    """
    cursor = after(asked.query.cursor, int)
    rows = asked.rows(
        "SELECT * FROM readmodel.settings_changes WHERE %(behind)s::int IS NULL"
        " OR version < %(behind)s ORDER BY version DESC LIMIT %(most)s",
        behind=None if cursor is None else cursor[0],
        most=fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, "version")


def list_working_days(asked: Asked) -> Any:
    """Items `{year, off, worked, loaded, source}`, a year's newest table each."""
    cursor = after(asked.query.cursor, int)
    loaded = asked.rows("SELECT year, off, worked, source FROM readmodel.settings_years")
    built_in = [
        {"year": its.year, "off": _days(its.off), "worked": _days(its.worked)}
        for its in library_tables()
    ]
    years = {
        **{row["year"]: {**row, "loaded": False, "source": None} for row in built_in},
        **{row["year"]: {**row, "loaded": True} for row in loaded},
    }
    wanted = [its for year, its in years.items() if cursor is None or year < cursor[0]]
    wanted.sort(key=lambda row: row["year"], reverse=True)
    return page(wanted[: fetch(asked.query.limit)], asked.query.limit, "year")


def _days(days: frozenset[dt.date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


QUERIES: dict[type, QueryRoute] = {
    queries.ShowSettings: QueryRoute(ANYONE, ("settings",), show_settings),
    queries.ListSettingsChanges: QueryRoute(_LOOKING, ("settings",), list_changes),
    queries.ListWorkingDays: QueryRoute(ANYONE, ("settings",), list_working_days),
}
