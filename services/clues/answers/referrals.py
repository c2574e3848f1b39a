"""Referrals: an authority sees its own, with what the bureau wrote to it and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.seeing import BUREAU, WATCHING
from services.clues.handlers.aggregates import CLUE
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_COLUMNS = (
    "r.referral_id, r.clue_id, r.standing, r.target, r.authority, r.unit, r.refusable_until,"
    " r.answer_due, r.missing, r.referred_at, c.kinds, c.division, c.recused"
)
_LIST = f"""
SELECT {_COLUMNS} FROM readmodel.clues_referrals r
JOIN readmodel.clues_clues c USING (clue_id)
WHERE (%(unit)s::text IS NULL OR r.unit = %(unit)s)
  AND starts_with(c.division, %(within)s)
  AND (%(unit)s::text IS NOT NULL OR NOT c.recused ? %(me)s)
  AND (%(open)s::boolean IS NULL OR (r.standing IN ('open', 'returned')) = %(open)s)
  AND (%(id)s::text IS NULL OR (r.answer_due, r.referral_id) > (%(due)s, %(id)s))
ORDER BY r.answer_due, r.referral_id LIMIT %(most)s
"""  # noqa: S608 - ours


def list_referrals(asked: Asked) -> Any:
    """The next to be answered first."""
    due, identifier = after(asked.query.cursor, dt.date, str) or [None, None]
    rows = asked.rows(
        _LIST,
        unit=_unit(asked),
        within=prefix(asked.actor.division),
        me=asked.actor.id,
        open=asked.query.open,
        due=due,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "answer_due", "referral_id")
    return {**found, "items": [_shown(row) for row in found["items"]]}


def open_referral(asked: Asked) -> Any:
    """The summary, each answer, and why it went back; never the clue's own words."""
    rows = asked.rows(
        f"SELECT {_COLUMNS}, c.version FROM readmodel.clues_referrals r"  # noqa: S608 - ours
        " JOIN readmodel.clues_clues c USING (clue_id) WHERE r.referral_id = %s",
        asked.query.referral_id,
    )
    if not rows or not _may_see(asked, rows[0]):
        raise NotFound("referral", asked.query.referral_id)
    row = rows[0]
    asked.note_opening(f"clue:{row['clue_id']}", "referral")
    records = recorded(asked, EVENTS, CLUE.stream(row["clue_id"]), _TYPES, row["version"])
    its = [
        {**record, "values": _without_limits(record["values"])}
        for record in records
        if record["values"]["referral_id"] == row["referral_id"]
    ]
    return {**_shown(row), "stream": CLUE.stream(row["clue_id"]), "records": its}


_TYPES = (
    *("ClueReferred", "ReferralRefused", "ReferralAnswered", "AnswerReturned"),
    "ReferralWithdrawn",
)


def _without_limits(values: Row) -> Row:
    return {name: its for name, its in values.items() if name not in ("refusable", "answering")}


def _may_see(asked: Asked, row: Row) -> bool:
    if not covers(asked.actor.division, row["division"]):
        return False
    if _is_body(asked):
        return row["unit"] is not None and bool(row["unit"] == asked.actor.unit)
    return asked.actor.id not in row["recused"]


def _is_body(asked: Asked) -> bool:
    return asked.actor.role is Role.ENFORCEMENT_BODY


def _unit(asked: Asked) -> str | None:
    return (asked.actor.unit or "") if _is_body(asked) else None


def _shown(row: Row) -> Row:
    hidden = {"recused", "version"}
    return {name: value for name, value in row.items() if name not in hidden}


_READING = BUREAU | {Role.ENFORCEMENT_BODY}

QUERIES: dict[type, QueryRoute] = {
    queries.ListReferrals: QueryRoute(
        WATCHING | {Role.ENFORCEMENT_BODY}, ("clues",), list_referrals
    ),
    queries.OpenReferral: QueryRoute(_READING, ("clues",), open_referral),
}
