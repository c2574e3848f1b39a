"""Corrections of one stream's records, opened for whoever works on what it is about."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import BUREAU
from services.registry.views.folding import SOURCE
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.scope import covers
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute

_TEXTS = ("wrong", "right", "reason")


def open_corrections(asked: Asked) -> Any:
    """Items `{version, corrects, corrected_at, wrong, right, reason}`, in their order.

    `corrects` is the event that the correction is about. Raises NotFound where there is none.
    """
    stream = asked.query.stream
    rows = asked.rows(
        "SELECT * FROM readmodel.corrections_corrections WHERE stream = %s ORDER BY version", stream
    )
    if not rows or not covers(asked.actor.division, rows[-1]["division"]):
        raise NotFound("correction", stream)
    asked.note_opening(rows[0]["sealed"]["wrong"]["subject"], asked.query.purpose)
    return {"items": [_opened(asked, row) for row in rows], "next": None}


def _opened(asked: Asked, row: Row) -> Row:
    texts = {
        name: asked.personal(SOURCE, row["stream"], "RecordCorrected", name, row["sealed"][name])
        for name in _TEXTS
    }
    return {**{name: row[name] for name in ("version", "corrects", "corrected_at")}, **texts}


QUERIES: dict[type, QueryRoute] = {
    queries.OpenCorrections: QueryRoute(BUREAU, ("corrections",), open_corrections),
}
