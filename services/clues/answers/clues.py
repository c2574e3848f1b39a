"""Clues: the work list, one case opened, what is like it, and its refund ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.limits import limits_of
from services.clues.answers.seeing import (
    BUREAU,
    WATCHING,
    WITH_POINTS,
    clue_row,
    refuse_recused,
)
from services.clues.answers.state import context_of, state_of
from services.clues.domain.steps import next_steps
from services.clues.handlers import ROUTES
from services.clues.handlers.aggregates import CLUE, FOLLOW_UPS
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_NO_LIMIT = dt.date(9999, 12, 31)

_LIST = """
SELECT * FROM (
    SELECT c.*, coalesce(l.due_on, %(never)s) AS next_due,
        CASE WHEN l.due_on IS NULL THEN 2 WHEN c.urgent THEN 0 ELSE 1 END AS turn
    FROM readmodel.clues_clues c
    LEFT JOIN LATERAL (
        SELECT min(due_on) AS due_on FROM readmodel.clues_watched
        WHERE stream IN ('clue-' || c.clue_id, %(beside)s || c.clue_id)
    ) l ON true
) clue
WHERE (%(point)s::text IS NULL OR point_id = %(point)s)
  AND starts_with(division, %(within)s)
  AND NOT recused ? %(me)s
  AND (%(status)s::text IS NULL OR status = %(status)s)
  AND (%(kind)s::text IS NULL OR kinds ? %(kind)s)
  AND (%(body)s::text IS NULL OR strpos(lower(body), lower(%(body)s)) > 0)
  AND (%(district)s::text IS NULL OR starts_with(division, %(district)s))
  AND (NOT %(mine)s OR handlers ? %(me)s)
  AND (NOT %(late)s OR EXISTS (
    SELECT FROM readmodel.clues_watched
    WHERE stream IN ('clue-' || clue_id, %(beside)s || clue_id)
      AND due_on < %(today)s AND NOT provisional))
  AND (%(raised)s::text IS NULL OR EXISTS (
    SELECT FROM readmodel.clues_watched
    WHERE stream IN ('clue-' || clue_id, %(beside)s || clue_id) AND raised = %(raised)s))
  AND (%(turn)s::int IS NULL OR (turn, next_due, clue_id) > (%(turn)s, %(due)s, %(id)s))
ORDER BY turn, next_due, clue_id LIMIT %(most)s
"""


def list_clues(asked: Asked) -> Any:
    """Items as the read model has them, with `limits` (see `limits_of`) and `next_due`."""
    turn, due, identifier = after(asked.query.cursor, int, dt.date, str) or [None, None, None]
    of_point = asked.actor.role is Role.POINT
    rows = asked.rows(
        _LIST,
        never=_NO_LIMIT,
        beside=CLUE.stream("") if of_point else FOLLOW_UPS.stream(""),
        point=(asked.actor.unit or "") if of_point else None,
        within="" if of_point else prefix(asked.actor.division),
        me=asked.actor.id,
        status=_word(asked.query.status),
        kind=_word(asked.query.kind),
        body=asked.query.body,
        district=asked.query.district and prefix(asked.query.district),
        mine=bool(asked.query.mine),
        late=bool(asked.query.late),
        raised=_word(asked.query.raised),
        today=asked.today,
        turn=turn,
        due=due,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "turn", "next_due", "clue_id")
    limits = limits_of(asked, [row["clue_id"] for row in found["items"]])
    items = [{**_shown(asked, row), "limits": limits[row["clue_id"]]} for row in found["items"]]
    return {**found, "items": [_without_turn(row) for row in items]}


def _without_turn(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "turn"}


def open_clue(asked: Asked) -> Any:
    """The case: its row, `limits`, `steps`, `ledger`, and `records` with the words in them.

    steps: `{command, about, possible, reason, roles}`, as the asker would find them
    records: what happened, as `recorded` gives it; a point gets what concerns it
    A reporter's name is opened for the bureau alone, and only if it was given openly.
    """
    row = clue_row(asked, asked.query.clue_id)
    refuse_recused(asked, row)
    asked.note_opening(f"clue:{row['clue_id']}", asked.query.purpose)
    stream = CLUE.stream(row["clue_id"])
    of_point = asked.actor.role is Role.POINT
    openly = row["reporting"] == "named" and not of_point
    types = _FOR_POINTS if of_point else [its.name for its in EVENTS]
    hide = () if openly else ("reporter_name", "reporter_phone")
    records = recorded(asked, EVENTS, stream, types, row["version"], hide)
    return {
        **_shown(asked, row),
        "stream": stream,
        "limits": limits_of(asked, [row["clue_id"]])[row["clue_id"]],
        "steps": _steps(asked, row["clue_id"]),
        "ledger": _ledger(asked, row["clue_id"]),
        "records": [_for_point(its) for its in records] if of_point else records,
    }


_FOR_POINTS = (
    *("ClueFiled", "ClueAccepted", "ClueDeclined", "ClueVerified", "ClueClosed"),
    *("FeedbackGiven", "FeedbackRelayed", "ClueReopened"),
)
_WORDS_FOR_POINTS = frozenset({"text", "place", "unit_concerned"})


def _for_point(record: Row) -> Row:
    """Of the bureau's work, its dates and results; its words only where they are meant for it."""
    if record["type"] in ("ClueFiled", "FeedbackGiven"):
        kept = {
            name: value
            for name, value in record["values"].items()
            if name in _WORDS_FOR_POINTS or name in ("kinds", "body", "happened_on", "amount")
        }
        return {**record, "values": kept}
    public = {"finding", "outcomes", "ground", "round", "means", "relayed_on"}
    values = {name: its for name, its in record["values"].items() if name in public}
    return {**record, "values": values}


def _steps(asked: Asked, clue_id: str) -> list[Row]:
    state = state_of(asked, CLUE, clue_id)
    told = []
    for step in next_steps(state, context_of(asked)):
        roles = _ROLES[step.command]
        reason = step.reason
        if step.possible and asked.actor.role not in roles:
            reason = str(Reason.WRONG_ROLE)
        told.append(
            {
                "command": step.command,
                "about": step.about,
                "possible": reason is None,
                "reason": reason,
                "roles": sorted(str(role) for role in roles),
            }
        )
    return told


_ROLES = {command.__name__: route.roles for command, route in ROUTES.items()}


def suggest_similar(asked: Asked) -> Any:
    """`{items: [{clue_id, status, kinds, division, body, filed_at, likeness, shares}]}`.

    A person decides: `shares` says what is alike, `likeness` counts it, the most alike first.
    """
    row = clue_row(asked, asked.query.clue_id)
    refuse_recused(asked, row)
    others = asked.rows(
        "SELECT clue_id, status, kinds, division, body, filed_at, happened_on, amount, recused"
        " FROM readmodel.clues_clues WHERE clue_id <> %s AND body_spelt = %s"
        " AND starts_with(division, %s) AND NOT recused ? %s"
        " ORDER BY filed_at DESC, clue_id LIMIT 200",
        *(row["clue_id"], row["body_spelt"], prefix(asked.actor.division), asked.actor.id),
    )
    alike = [(its, _shares(row, its)) for its in others]
    items = [
        {
            **{name: its[name] for name in _SIMILAR},
            "likeness": len(shares),
            "shares": shares,
        }
        for its, shares in alike
        if len(shares) > 1
    ]
    return {"items": sorted(items, key=lambda its: -its["likeness"])[:20]}


_SIMILAR = ("clue_id", "status", "kinds", "division", "body", "filed_at")


def _shares(one: Row, other: Row) -> list[str]:
    """What two clues have in common; the body always."""
    shares = ["body"]
    if set(one["kinds"]) & set(other["kinds"]):
        shares.append("kind")
    if one["division"] == other["division"]:
        shares.append("division")
    for name in ("happened_on", "amount"):
        if one[name] is not None and one[name] == other[name]:
            shares.append(name)
    return shares


def show_ledger(asked: Asked) -> Any:
    row = clue_row(asked, asked.query.clue_id)
    refuse_recused(asked, row)
    return {
        "clue_id": row["clue_id"],
        "version": row["version"],
        **_ledger(asked, row["clue_id"]),
    }


def _ledger(asked: Asked, clue_id: str) -> Row:
    """`{claims: [{claim_id, claimed, verified, ordered, paid, unpaid}], totals}`, in fen."""
    claims = asked.rows(
        "SELECT claim_id, claimed, verified, ordered, paid, ordered - paid AS unpaid"
        " FROM readmodel.clues_refunds WHERE clue_id = %s ORDER BY claimed_in",
        clue_id,
    )
    names = ("claimed", "verified", "ordered", "paid", "unpaid")
    return {
        "claims": claims,
        "totals": {name: sum(claim[name] for claim in claims) for name in names},
    }


_NOT_FOR_POINTS = frozenset(
    {"handlers", "recused", "hotline_number", "into_clue_id", "body_referral"}
)


def _shown(asked: Asked, row: Row) -> Row:
    hidden = _NOT_FOR_POINTS if asked.actor.role is Role.POINT else frozenset[str]()
    return {
        name: value for name, value in row.items() if name != "body_spelt" and name not in hidden
    }


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


_OPENING = BUREAU | {Role.POINT}

QUERIES: dict[type, QueryRoute] = {
    queries.ListClues: QueryRoute(WITH_POINTS, ("clues",), list_clues),
    queries.OpenClue: QueryRoute(_OPENING, ("clues",), open_clue),
    queries.SuggestSimilarClues: QueryRoute(BUREAU, ("clues",), suggest_similar),
    queries.ShowRefundLedger: QueryRoute(WATCHING, ("clues",), show_ledger),
}
