"""The supervision picture out of its cells: for the bureau as it is, for others with what would
tell of single people hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.assessment.domain.picture import merged, percentile, ranks, share
from services.assessment.domain.settings import Schedule, Settings
from services.assessment.domain.suppression import suppressed
from services.assessment.handlers.aggregates import SETTINGS
from services.assessment.views.supervision import ALL_KINDS, COUNTS, FINDINGS, STEPS, SUPERVISION
from shared.contracts.assessment import queries
from shared.contracts.assessment.vocabulary.picture import Grouping
from shared.contracts.errors import Invalid
from shared.contracts.figures import Change
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_BUREAU = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR})
_MOST_MONTHS = 120

_WITHIN = (
    " WHERE kind = %(kind)s AND month BETWEEN %(first)s AND %(last)s"
    " AND starts_with(division, %(within)s) AND starts_with(division, %(reach)s)"
    " AND (%(body)s::text IS NULL OR body = %(body)s)"
)
_BEHIND: Mapping[str, str] = {
    "complaints": "true",
    "accepted": "accepted_on IS NOT NULL",
    "declined": "declined_on IS NOT NULL",
    "joined": "joined",
    **{finding: f"finding = '{finding}'" for finding in FINDINGS},
    "closed": "closed_on IS NOT NULL",
    "told": "told_on IS NOT NULL",
    "overdue": "overdue > 0",
    "reopened": "reopened > 0",
    **{its: f"satisfaction = '{its}'" for its in ("satisfied", "partly_satisfied", "not_solved")},
}
"""Which cases are behind a figure that counts them."""


def show_supervision(asked: Asked) -> Any:
    """As the query says."""
    query = asked.query
    first, last = _months(query.first, query.last)
    by = query.by
    if asked.actor.role not in _BUREAU:
        _refuse_to_be_compared(query)
    groups = _grouped(_cells(asked, first, last), by)
    earlier = _grouped(_cells(asked, _year_before(first), _year_before(last)), by)
    total = _measures([row for rows in groups.values() for row in rows])
    if by is Grouping.KIND:  # a case counts for each of its kinds, and once in all
        total = _measures(_cells(asked, first, last, ALL_KINDS))
    themes = _themes(asked, first, last, by)
    rows = [
        {
            "key": key,
            **_measures(groups.get(key, [])),
            "share": share(_number(groups.get(key, []), "complaints"), total["complaints"]),
            "before": _number(earlier.get(_last_years(key, by), []), "complaints"),
            "themes": themes.get(key, 0),
            "rank": None,
        }
        for key in sorted(set(groups) | set(themes))
    ]
    settings = _settings(asked)
    if by is Grouping.BODY:
        _rank(rows, settings.rank_least)
    answer = {
        "rows": rows,
        "total": total,
        "hidden": False,
        "totals_of_years": _totals(asked),
    }
    return answer if asked.actor.role in _BUREAU else _for_others(answer, settings)


def _refuse_to_be_compared(query: queries.ShowSupervision) -> None:
    """Raise Invalid for what others could take from another answer, and so learn what is hidden:
    they get whole years, by district, of everything.
    """
    if query.by is not Grouping.DIVISION:
        raise Invalid.one("by", "not_allowed", "others are told by division alone")
    if (query.first[5:], query.last) != ("01", f"{query.first[:4]}-12"):
        raise Invalid.one("last", "not_allowed", "others are told of one whole year")
    for name in ("division", "body", "kind"):
        if getattr(query, name) is not None:
            raise Invalid.one(name, "not_allowed", "others are told of all together")


def _months(first: str, last: str) -> tuple[str, str]:
    """Raises Invalid for an end before the beginning, and for too long a time."""
    if last < first:
        raise Invalid.one("last", "out_of_range", "must not lie before `first`")
    if _number_of(last) - _number_of(first) >= _MOST_MONTHS:
        raise Invalid.one("last", "out_of_range", f"at most {_MOST_MONTHS} months at once")
    return first, last


def _number_of(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04d}{month[4:]}"


def _last_years(key: str, by: Grouping) -> str:
    return _year_before(key) if by is Grouping.MONTH else key


def _cells(asked: Asked, first: str, last: str, kind: str | None = None) -> list[Row]:
    """The cells that the query is about: of its kind, of each kind where it groups by them, or
    else of all kinds together; or those of `kind`."""
    query, where = asked.query, _WITHIN
    if kind is None and query.kind is None and query.by is Grouping.KIND:
        where = _WITHIN.replace("kind = %(kind)s", "kind <> %(kind)s")
    if kind is None:
        kind = ALL_KINDS if query.kind is None else str(query.kind)
    return asked.rows(
        f"SELECT * FROM readmodel.supervision_cells{where}",  # noqa: S608 - ours
        kind=kind,
        first=first,
        last=last,
        within=prefix(query.division) if query.division else "",
        reach=prefix(asked.actor.division),
        body=query.body,
    )


def _grouped(cells: Iterable[Row], by: Grouping) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in cells:
        groups.setdefault(row[str(by)], []).append(row)
    return groups


def _number(cells: Iterable[Row], name: str) -> int:
    return sum(row[name] for row in cells)


def _measures(cells: Sequence[Row]) -> Row:
    counts = {name: _number(cells, name) for name in COUNTS}
    found = sum(counts[finding] for finding in FINDINGS)
    proved = counts["substantiated"] + counts["partly_substantiated"]
    return {
        **counts,
        "substantiated_rate": share(proved, found),
        "steps": {step: _step(merged([row[f"days_{step}"] for row in cells])) for step in STEPS},
    }


def _step(histogram: Mapping[str, int]) -> Row:
    return {
        "cases": sum(histogram.values()),
        "median": percentile(histogram, 50),
        "p90": percentile(histogram, 90),
    }


def _themes(asked: Asked, first: str, last: str, by: Grouping) -> dict[str, int]:
    """How many were raised in those months."""
    query = asked.query
    column = {Grouping.MONTH: "to_char(raised_on, 'YYYY-MM')"}.get(by, str(by))
    rows = asked.rows(
        f"SELECT {column} AS key, count(*) AS number FROM readmodel.supervision_themes"  # noqa: S608
        " WHERE to_char(raised_on, 'YYYY-MM') BETWEEN %(first)s AND %(last)s"
        " AND starts_with(division, %(within)s) AND starts_with(division, %(reach)s)"
        " AND (%(body)s::text IS NULL OR body = %(body)s)"
        " AND (%(kind)s::text IS NULL OR kind = %(kind)s) GROUP BY 1",
        first=first,
        last=last,
        within=prefix(query.division) if query.division else "",
        reach=prefix(asked.actor.division),
        body=query.body,
        kind=None if query.kind is None else str(query.kind),
    )
    return {row["key"]: row["number"] for row in rows}


def _rank(rows: list[Row], least: int) -> None:
    """By what was substantiated of what was examined; of those with enough of it."""
    found = {row["key"]: sum(row[finding] for finding in FINDINGS) for row in rows}
    places = ranks({row["key"]: row["substantiated_rate"] for row in rows}, found, least)
    for row in rows:
        row["rank"] = places.get(row["key"])


def _totals(asked: Asked) -> list[Row]:
    """Of years before there was a log, the latest first, with shares of all complaints."""
    rows = asked.rows("SELECT * FROM readmodel.supervision_totals ORDER BY year DESC, division")
    within = asked.query.division
    return [
        {
            **row,
            "shares": [
                {**its, "share": share(its["number"], row["complaints"])} for its in row["shares"]
            ],
        }
        for row in rows
        if covers(asked.actor.division, row["division"])
        and (within is None or covers(within, row["division"]))
    ]


def _for_others(answer: Row, settings: Settings) -> Row:
    """Complaints alone, hidden where there are few; nothing that is counted within them."""
    shown, with_total = suppressed(
        {row["key"]: row["complaints"] for row in answer["rows"]}, settings.suppress_below
    )
    total = answer["total"]["complaints"] if with_total else None
    rows = [
        {
            "key": key,
            "complaints": number,
            "share": None if number is None or total is None else share(number, total),
        }
        for key, number in shown.items()
    ]
    return {
        "rows": rows,
        "total": {"complaints": total},
        "hidden": None in shown.values(),
        "totals_of_years": answer["totals_of_years"],
    }


def _settings(asked: Asked) -> Settings:
    """The figures of today."""
    rows = asked.rows(
        "SELECT effective_from, figures FROM readmodel.assessment_settings_changes"
        " ORDER BY effective_from, version"
    )
    changes = tuple(
        Change(row["effective_from"], {its["name"]: its["value"] for its in row["figures"]})
        for row in rows
    )
    schedule = SETTINGS.initial.schedule
    assert isinstance(schedule, Schedule)
    return Schedule(changes=changes).on(asked.today)


def list_cases_behind(asked: Asked) -> Any:
    """As the query says; each with the stream in which its events are."""
    query = asked.query
    if query.measure not in _BEHIND:
        raise Invalid.one("measure", "not_in_vocabulary", f"one of {', '.join(_BEHIND)}")
    first, last = _months(query.first, query.last)
    filed_on, identifier = after(query.cursor, str, str) or [None, None]
    rows = asked.rows(
        "SELECT clue_id, 'clue-' || clue_id AS stream, filed_on::text AS filed_on, division, body,"  # noqa: S608 - ours
        " kinds, finding, overdue, claims FROM readmodel.supervision_cases"
        " WHERE filed_on >= (%(first)s || '-01')::date"
        " AND filed_on < (%(last)s || '-01')::date + interval '1 month'"
        " AND starts_with(division, %(within)s) AND starts_with(division, %(reach)s)"
        " AND (%(body)s::text IS NULL OR body = %(body)s)"
        " AND (%(kind)s::text IS NULL OR kinds ? %(kind)s)"
        f" AND {_BEHIND[query.measure]}"
        " AND (%(id)s::text IS NULL OR (filed_on, clue_id) < (%(on)s::date, %(id)s))"
        " ORDER BY filed_on DESC, clue_id DESC LIMIT %(most)s",
        first=first,
        last=last,
        within=prefix(query.division) if query.division else "",
        reach=prefix(asked.actor.division),
        body=query.body,
        kind=None if query.kind is None else str(query.kind),
        on=filed_on,
        id=identifier,
        most=fetch(query.limit),
    )
    found = page(rows, query.limit, "filed_on", "clue_id")
    return {**found, "items": [_case(row) for row in found["items"]]}


def _case(row: Row) -> Row:
    claims = row.pop("claims").values()
    return {
        **row,
        "ordered_fen": sum(its["ordered"] for its in claims),
        "paid_fen": sum(its["paid"] for its in claims),
    }


QUERIES: dict[type, QueryRoute] = {
    queries.ShowSupervision: QueryRoute(
        _BUREAU | {Role.PARTNER}, (SUPERVISION.name,), show_supervision
    ),
    queries.ListCasesBehind: QueryRoute(_BUREAU, (SUPERVISION.name,), list_cases_behind),
}
