"""The supervision picture as of a position is what it was when the log ended there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from services.assessment.views.supervision import SUPERVISION
from shared.projections.aside import opened
from shared.projections.projector import Projector
from tests.projections.making import Source, everything, feeds
from tests.projections.test_live_equals_rebuilt_of_clues import (
    ALL_STORIES,
    of_its_own,
    played,
    record,
)

Rows = dict[str, list[str]]


@pytest.mark.parametrize("part", [3, 2])
def test_as_of_a_position_are_the_rows_that_were_live_then(pool: ConnectionPool, part: int) -> None:
    """Cells too, which have taken back since what cases counted for then."""
    source, projector = Source("clues"), Projector(SUPERVISION, pool)
    for number, told in enumerate(ALL_STORIES, 1):
        record(source, of_its_own(played(*told), number))
    then = len(source.events) // part
    projector.install(feeds(source))
    projector.apply("clues", source.events[:then])
    live = _live(pool)
    projector.apply("clues", source.events[then:])
    assert _live(pool) != live
    with opened(SUPERVISION, pool, feeds(source), lambda _: None) as build:
        build.load({"clues": then})
        aside: Rows = {name: [] for name in live}
        for table, row in build.rows():
            aside[table].append(_text(row))
    assert {name: sorted(rows) for name, rows in aside.items()} == live


def _live(pool: ConnectionPool) -> Rows:
    tables = everything(pool, [SUPERVISION])["supervision"]
    return {name: sorted(map(_text, rows)) for name, rows in tables.items()}


def _text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=str)
