"""Boxes and symposia: where they are, and what was collected there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from services.clues.answers.listing import listing
from services.clues.answers.seeing import ANYONE, BUREAU, WATCHING, WITH_POINTS, may_see
from services.clues.handlers.aggregates import BOX, SYMPOSIUM
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_PUBLIC = ("box_id", "point_id", "division", "place", "contact", "placed_on")


def list_boxes(asked: Asked) -> Any:
    """Those that are there: place and contact; how many slips were in them is the bureau's."""
    last, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        "SELECT * FROM readmodel.collecting_boxes WHERE removed_on IS NULL"
        " AND (%s::text IS NULL OR (placed_on, box_id) > (%s::date, %s))"
        " ORDER BY placed_on, box_id LIMIT %s",
        *(identifier, last, identifier, fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "placed_on", "box_id")
    return {**found, "items": [_box(asked, row) for row in found["items"]]}


def _box(asked: Asked, row: Row) -> Row:
    if may_see(asked.actor, row):
        return row
    return {name: row[name] for name in _PUBLIC}


def show_box(asked: Asked) -> Any:
    """One box; whoever keeps it gets its `emptyings` too, the latest first.

    emptyings: `{emptying_id, emptied_on, number, collected}`; collected as `_collected` has it.
    Raises NotFound for one that is gone, save for whoever kept it.
    """
    row = _one(asked, "SELECT * FROM readmodel.collecting_boxes WHERE box_id = %s", "box_id", "box")
    if not may_see(asked.actor, row):
        if row["removed_on"] is not None:
            raise NotFound("box", row["box_id"])
        return _box(asked, row)
    emptyings = asked.rows(
        "SELECT emptying_id, emptied_on, number FROM readmodel.collecting_emptyings"
        " WHERE box_id = %s ORDER BY emptied_on DESC, emptying_id",
        row["box_id"],
    )
    collected = _collected(asked, [its["emptying_id"] for its in emptyings])
    return {
        **row,
        "stream": BOX.stream(row["box_id"]),
        "emptyings_told": [
            {**its, "collected": [_without_source(e) for e in collected
                                  if e["source_id"] == its["emptying_id"]]}
            for its in emptyings
        ],
    }  # fmt: skip


def open_symposium(asked: Asked) -> Any:
    """One symposium with its minutes, and what was said there as `collected`. Raises NotFound."""
    row = _one(
        asked,
        "SELECT * FROM readmodel.collecting_symposia WHERE symposium_id = %s",
        *("symposium_id", "symposium"),
    )
    if not may_see(asked.actor, row):
        raise NotFound("symposium", row["symposium_id"])
    asked.note_opening(f"symposium:{row['symposium_id']}", asked.query.purpose)
    stream = SYMPOSIUM.stream(row["symposium_id"])
    held = recorded(asked, EVENTS, stream, ["SymposiumHeld"], row["version"])
    return {
        **row,
        "stream": stream,
        "minutes": held[0]["values"]["minutes"] if held else None,
        "collected": [_without_source(e) for e in _collected(asked, [row["symposium_id"]])],
    }


def list_imports(asked: Asked) -> Any:
    """The latest first."""
    last, identifier = after(asked.query.cursor, int, str) or [None, None]
    rows = asked.rows(
        _IMPORTS,
        within=prefix(asked.actor.division),
        last=last,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "moment", "import_id")
    items = [{n: its for n, its in row.items() if n != "moment"} for row in found["items"]]
    return {**found, "items": items}


_IMPORTS = """
SELECT * FROM (
    SELECT *, (extract(epoch FROM imported_at) * 1000000)::bigint AS moment
    FROM readmodel.collecting_imports WHERE starts_with(division, %(within)s)
) its
WHERE (%(id)s::text IS NULL OR (moment, import_id) < (%(last)s::bigint, %(id)s))
ORDER BY moment DESC, import_id DESC LIMIT %(most)s
"""


_ENTRIES = """
SELECT clue_id AS entry_id, 'clue' AS nature, status, kinds AS words, filed_at, source_id
FROM readmodel.clues_clues WHERE source_id = ANY (%(sources)s) AND NOT recused ? %(me)s
UNION ALL
SELECT opinion_id, 'opinion', status, topics, filed_at, source_id
FROM readmodel.opinions_opinions
WHERE source_id = ANY (%(sources)s) AND status <> 'taken' AND NOT recused ? %(me)s
ORDER BY filed_at, entry_id
"""


def _collected(asked: Asked, sources: Sequence[str]) -> list[Row]:
    """What slips and words became: `{entry_id, nature, status, words, filed_at, source_id}`.

    words: a clue's kinds, an opinion's topics. What the asker stays out of is left out.
    """
    return asked.rows(_ENTRIES, sources=list(sources), me=asked.actor.id)


def _without_source(entry: Row) -> Row:
    return {name: value for name, value in entry.items() if name != "source_id"}


def _one(asked: Asked, query: str, field: str, kind: str) -> Row:
    identifier = getattr(asked.query, field)
    rows = asked.rows(query, identifier)
    if not rows:
        raise NotFound(kind, identifier)
    return rows[0]


QUERIES: dict[type, QueryRoute] = {
    queries.ListBoxes: QueryRoute(ANYONE, ("collecting",), list_boxes),
    queries.ShowBox: QueryRoute(ANYONE, ("collecting", "clues", "opinions"), show_box),
    queries.ListHotlineImports: QueryRoute(WATCHING, ("collecting",), list_imports),
    queries.ListSymposia: QueryRoute(
        WITH_POINTS, ("collecting",), listing("collecting_symposia", "planned_on", "symposium_id")
    ),
    queries.OpenSymposium: QueryRoute(
        BUREAU | {Role.POINT}, ("collecting", "clues", "opinions"), open_symposium
    ),
}
