"""Which rows an asker sees at all."""

from __future__ import annotations

from services.clues.handlers.aggregates import (
    BOX,
    CLUE,
    OPINION,
    READING,
    SEAL,
    SETTINGS,
    SYMPOSIUM,
)
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import EVERYBODY, Role
from shared.contracts.scope import covers
from shared.erasure import answers as erasure
from shared.erasure.aggregate import ERASURE
from shared.projections.model import Row
from shared.service.query_bus import Asked, Rows

BUREAU = frozenset({Role.OFFICER, Role.LEADER})
"""Those who work on clues."""
WATCHING = BUREAU | {Role.AUDITOR}
"""Those who see the bureau's work, without anybody's words."""
WITH_POINTS = WATCHING | {Role.POINT}
ANYONE = EVERYBODY


def may_see(actor: Actor, row: Row) -> bool:
    """A point what came through it, everybody else what lies in their divisions."""
    if actor.role is Role.POINT:
        return row["point_id"] is not None and bool(row["point_id"] == actor.unit)
    return actor.role in WATCHING and covers(actor.division, row["division"])


def clue_row(asked: Asked, clue_id: str) -> Row:
    """The row. Raises NotFound for one that the asker may not see."""
    rows = asked.rows("SELECT * FROM readmodel.clues_clues WHERE clue_id = %s", clue_id)
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("clue", clue_id)
    return rows[0]


def refuse_recused(asked: Asked, row: Row) -> None:
    """Who stays out of a case does not read it either, nor what it is handled with or comes of."""
    if asked.actor.id in row["recused"]:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    refuse_kept_out(asked, row["of_clue"], row["into_clue_id"])


def refuse_kept_out(asked: Asked, *clue_ids: str | None) -> None:
    """Raise Refused for who stays out of one of these cases."""
    if asked.rows(
        "SELECT 1 FROM readmodel.clues_clues WHERE clue_id = ANY (%s) AND recused ? %s",
        *(list(clue_ids), asked.actor.id),
    ):
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")


def may_follow(actor: Actor, rows: Rows, stream: str, version: int) -> bool:
    """Whether the actor may know that the stream has got so far."""
    if stream.startswith(SETTINGS.stream("")):
        return True
    for about in (SEAL, READING):
        if stream.startswith(about.stream("")):
            stream = CLUE.stream(stream.removeprefix(about.stream("")))
    if stream.startswith(ERASURE.stream("")):
        return erasure.may_follow(actor, rows, stream)
    if not any(stream.startswith(its.stream("")) for its in (CLUE, OPINION, BOX, SYMPOSIUM)):
        return actor.role in WATCHING
    return any(may_see(actor, row) for row in rows(_FIRST, stream))


# From the log, since who waits for a model waits because it may not show the row yet.
_FIRST = (
    "SELECT body->'public'->>'division' AS division,"
    " coalesce(body->'internal'->'point_id'->>'value', body->'public'->>'point_id') AS point_id"
    " FROM eventlog.event WHERE stream = %s AND version = 1"
)
