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
    " r.refusable_provisional, r.answer_due, r.missing, r.referred_at, c.kinds, c.division,"
    " c.recused,"
    " coalesce(l.provisional, false) AS provisional, d.owed"
)
# Of the clue's referrals, the one by which the body reads what it is to refund.
_FROM = """
FROM readmodel.clues_referrals r
JOIN readmodel.clues_clues c USING (clue_id)
LEFT JOIN readmodel.clues_watched l
    ON l.stream = 'clue-' || r.clue_id AND l.name = 'answer' AND l.about = ''
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
    return {**found, "items": [_shown(row) for row in found["items"]]}


def open_referral(asked: Asked) -> Any:
    """The summary, each answer, and why it went back; never the clue's own words.

    refunds: what the body that answers is ordered to refund, `{claim_id, ordered, paid, unpaid,
    due_on, provisional}` each, in fen; its orders and payments are among the records, without
    anybody's reasons
    """
    rows = asked.rows(
        f"SELECT {_COLUMNS}, c.version, c.body_referral {_FROM} WHERE r.referral_id = %s",
        asked.query.referral_id,
    )
    if not rows or not _may_see(asked, rows[0]):
        raise NotFound("referral", asked.query.referral_id)
    row = rows[0]
    asked.note_opening(f"clue:{row['clue_id']}", "referral")
    stream = CLUE.stream(row["clue_id"])
    records = recorded(asked, EVENTS, stream, _TYPES, row["version"])
    its = [its for its in records if its["values"]["referral_id"] == row["referral_id"]]
    refunds: list[Row] = []
    if row["body_referral"] == row["referral_id"]:
        refunds = _refunds(asked, row["clue_id"])
        paying = recorded(asked, EVENTS, stream, _OF_REFUNDS, row["version"], ("reasons",))
        its = sorted([*its, *paying], key=lambda record: record["version"])
    return {
        **_shown(row),
        "stream": stream,
        "records": [{**each, "values": _without_limits(each["values"])} for each in its],
        "refunds": refunds,
    }


_TYPES = (
    *("ClueReferred", "ReferralRefused", "ReferralAnswered", "AnswerReturned"),
    "ReferralWithdrawn",
)
_OF_REFUNDS = ("RefundOrdered", "RefundOrderReduced", "RefundPaid", "RefundPaymentReversed")


def _refunds(asked: Asked, clue_id: str) -> list[Row]:
    return asked.rows(
        "SELECT claim_id, ordered, paid, ordered - paid AS unpaid, due_on,"
        " coalesce(provisional, false) AS provisional FROM readmodel.clues_refunds"
        " LEFT JOIN readmodel.clues_watched"
        "   ON stream = 'clue-' || clue_id AND name = 'refund_payment' AND about = claim_id"
        " WHERE clue_id = %s AND ordered > 0 ORDER BY claimed_in",
        clue_id,
    )


def _without_limits(values: Row) -> Row:
    return {name: its for name, its in values.items() if name not in _LIMITS}


_LIMITS = ("refusable", "answering", "paying")


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
    hidden = {"recused", "version", "body_referral"}
    return {name: value for name, value in row.items() if name not in hidden}


_READING = BUREAU | {Role.ENFORCEMENT_BODY}

QUERIES: dict[type, QueryRoute] = {
    queries.ListReferrals: QueryRoute(
        WATCHING | {Role.ENFORCEMENT_BODY}, ("clues",), list_referrals
    ),
    queries.OpenReferral: QueryRoute(_READING, ("clues",), open_referral),
}
