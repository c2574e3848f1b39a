"""Referrals: an authority sees its own, with what the bureau wrote to it and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.for_bodies import is_by_its_body, records_for
from services.clues.answers.limits import running, toned
from services.clues.answers.seeing import BUREAU, WATCHING
from services.clues.handlers.aggregates import CLUE
from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import ClueLimit
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_COLUMNS = (
    "r.referral_id, r.clue_id, r.standing, r.target, r.authority, r.unit, r.refusable_until,"
    " r.refusable_provisional, r.answer_due, r.missing, r.referred_at, c.kinds, c.division,"
    " c.recused, c.limits, c.body_referral, d.owed"
)
# Of the clue's referrals, the one by which the body reads what it is to refund.
_FROM = """
FROM readmodel.clues_referrals r
JOIN readmodel.clues_clues c USING (clue_id)
LEFT JOIN LATERAL (
    SELECT coalesce(sum(ordered - paid), 0)::bigint AS owed FROM readmodel.clues_refunds f
    WHERE f.clue_id = r.clue_id AND c.body_referral = r.referral_id
) d ON true
"""
_LIST = f"""
SELECT {_COLUMNS} {_FROM}
WHERE (%(unit)s::text IS NULL OR r.unit = %(unit)s)
  AND starts_with(c.division, %(within)s)
  AND (%(unit)s::text IS NOT NULL OR NOT c.recused ? %(me)s)
  AND (%(open)s::boolean IS NULL
       OR (r.standing IN ('open', 'returned') OR d.owed > 0) = %(open)s)
  AND (%(id)s::text IS NULL OR (r.answer_due, r.referral_id) > (%(due)s, %(id)s))
ORDER BY r.answer_due, r.referral_id LIMIT %(most)s
"""


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
    return {**found, "items": [_shown(asked, row) for row in found["items"]]}


def open_referral(asked: Asked) -> Any:
    """The summary, each answer, why it went back, what was raised; never the clue's own words.

    refunds: what the body that answers is ordered to refund, `{claim_id, ordered, paid, unpaid,
    due_on, provisional}` each, in fen. Which of the records it has: for_bodies.py
    """
    rows = asked.rows(
        f"SELECT {_COLUMNS}, c.version {_FROM} WHERE r.referral_id = %s",
        asked.query.referral_id,
    )
    if not rows or not _may_see(asked, rows[0]):
        raise NotFound("referral", asked.query.referral_id)
    row = rows[0]
    asked.note_opening(f"clue:{row['clue_id']}", "referral")
    return {
        **_shown(asked, row),
        "stream": CLUE.stream(row["clue_id"]),
        "records": records_for(asked, row),
        "refunds": _refunds(asked, row) if is_by_its_body(row) else [],
    }


def _refunds(asked: Asked, row: Row) -> list[Row]:
    claims = asked.rows(
        "SELECT claim_id, ordered, paid, ordered - paid AS unpaid FROM readmodel.clues_refunds"
        " WHERE clue_id = %s AND ordered > 0 ORDER BY claimed_in",
        row["clue_id"],
    )
    return [{**claim, **_paying(row, claim["claim_id"])} for claim in claims]


def _paying(row: Row, claim_id: str) -> Row:
    its = running(row["limits"], ClueLimit.REFUND_PAYMENT, claim_id)
    if its is None:
        return {"due_on": None, "provisional": False}
    return {"due_on": its["due_on"], "provisional": its["provisional"]}


def _limits(asked: Asked, row: Row) -> list[Row]:
    """Those that run against whoever has the referral."""
    names = set()
    if row["standing"] in ("open", "returned"):
        names.add(ClueLimit.ANSWER)
    if is_by_its_body(row):
        names.add(ClueLimit.REFUND_PAYMENT)
    return toned((its for its in row["limits"] if its["name"] in names), asked.today)


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


def _shown(asked: Asked, row: Row) -> Row:
    hidden = {"recused", "version", "body_referral"}
    shown = {name: value for name, value in row.items() if name not in hidden}
    limits = _limits(asked, row)
    answering = running(limits, ClueLimit.ANSWER)
    provisional = answering is not None and answering["provisional"]
    return {**shown, "limits": limits, "provisional": provisional}


_READING = BUREAU | {Role.ENFORCEMENT_BODY}

QUERIES: dict[type, QueryRoute] = {
    queries.ListReferrals: QueryRoute(
        WATCHING | {Role.ENFORCEMENT_BODY}, ("clues",), list_referrals
    ),
    queries.OpenReferral: QueryRoute(_READING, ("clues",), open_referral),
}
