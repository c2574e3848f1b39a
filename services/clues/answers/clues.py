"""Clues: the work list, one case opened, what is like it, and its refund ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.limits import toned, without_order
from services.clues.answers.reporter import hidden_identity, refuse_unrecorded
from services.clues.answers.seeing import (
    BUREAU,
    WATCHING,
    WITH_POINTS,
    clue_row,
    refuse_recused,
)
from services.clues.answers.state import context_of, state_of
from services.clues.domain.clue import Clue
from services.clues.domain.steps import next_steps
from services.clues.handlers import ROUTES
from services.clues.handlers.aggregates import CLUE
from services.clues.views.held import NO_LIMIT, ORDER, Turn
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import ClueLimit
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

_LIST = """
SELECT * FROM readmodel.clues_clues
WHERE (%(point)s::text IS NULL OR point_id = %(point)s)
  AND starts_with(division, %(within)s)
  AND NOT recused ? %(me)s
  AND (%(status)s::text IS NULL OR status = %(status)s)
  AND (%(kind)s::text IS NULL OR kinds ? %(kind)s)
  AND (%(body)s::text IS NULL OR strpos(lower(body), lower(%(body)s)) > 0)
  AND (%(district)s::text IS NULL OR starts_with(division, %(district)s))
  AND (NOT %(mine)s OR handlers ? %(me)s)
  AND (%(open)s::boolean IS NULL OR (turn < %(ended)s) = %(open)s)
  AND (NOT %(late)s OR next_due < %(today)s AND EXISTS (
    SELECT FROM jsonb_array_elements(limits) its
    WHERE (its ->> 'due_on')::date < %(today)s AND NOT (its ->> 'provisional')::boolean))
  AND (%(raised)s::text IS NULL
       OR limits @> jsonb_build_array(jsonb_build_object('raised', %(raised)s::text)))
  AND (%(turn)s::int IS NULL
       OR (turn, next_due, newest, clue_id) > (%(turn)s, %(due)s, %(newest)s, %(id)s))
ORDER BY turn, next_due, newest, clue_id LIMIT %(most)s
"""


def list_clues(asked: Asked) -> Any:
    """Items as the read model has them, with `limits` (see `toned`) and `next_due`."""
    key = after(asked.query.cursor, int, dt.date, int, str) or [None, None, None, None]
    turn, due, newest, identifier = key
    of_point = asked.actor.role is Role.POINT
    rows = asked.rows(
        _LIST,
        point=(asked.actor.unit or "") if of_point else None,
        within="" if of_point else prefix(asked.actor.division),
        me=asked.actor.id,
        status=_word(asked.query.status),
        kind=_word(asked.query.kind),
        body=asked.query.body,
        district=asked.query.district and prefix(asked.query.district),
        mine=bool(asked.query.mine),
        open=asked.query.open,
        ended=int(Turn.ENDED),
        late=bool(asked.query.late),
        raised=_word(asked.query.raised),
        today=asked.today,
        turn=turn,
        due=due,
        newest=newest,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, *ORDER, "clue_id")
    return {**found, "items": [_shown(asked, row) for row in found["items"]]}


def open_clue(asked: Asked) -> Any:
    """The case: its row, `limits`, `steps`, `ledger`, and `records` with the words in them.

    stopped: limits that wait, `{name, about, days_left}` each; the bureau's alone
    steps: `{command, about, possible, reason, roles}`, as the asker would find them
    records: what happened, as `recorded` gives it; a point gets what concerns it
    A reporter's name is opened for handlers and the leader alone, and only if given openly; of any
    other reporter's case it must be on record that the asker reads it (`ReadCase`).
    """
    row = clue_row(asked, asked.query.clue_id)
    refuse_recused(asked, row)
    refuse_unrecorded(asked, row)
    asked.note_opening(f"clue:{row['clue_id']}", asked.query.purpose)
    stream = CLUE.stream(row["clue_id"])
    of_point = asked.actor.role is Role.POINT
    types = _FOR_POINTS if of_point else [its.name for its in EVENTS]
    records = recorded(asked, EVENTS, stream, types, row["version"], hidden_identity(asked, row))
    state = state_of(asked, CLUE, row["clue_id"])
    return {
        **_shown(asked, row),
        **({} if of_point else {"stopped": _stopped(state)}),
        "stream": stream,
        "steps": _steps(asked, state),
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


def _stopped(state: Clue) -> list[Row]:
    found = [(name, None, left) for name, (_, left) in state.paused.items()]
    waiting = [(name, about, left) for (name, about), (_, left) in state.stopped.items()]
    return [
        {"name": str(name), "about": about, "days_left": left}
        for name, about, left in [*found, *waiting]
    ]


def _steps(asked: Asked, state: Clue) -> list[Row]:
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
    """A point sees nothing of follow-ups, nor of how the bureau works on it."""
    of_point = asked.actor.role is Role.POINT
    hidden = _NOT_FOR_POINTS if of_point else frozenset[str]()
    kept = {
        name: value
        for name, value in without_order(row).items()
        if name != "body_spelt" and name not in hidden
    }
    limits = toned(row["limits"], asked.today)
    if of_point:
        limits = [its for its in limits if its["name"] != ClueLimit.FOLLOW_UP]
        kept["next_due"] = limits[0]["due_on"] if limits else NO_LIMIT
    return {**kept, "limits": limits}


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


_OPENING = BUREAU | {Role.POINT}

QUERIES: dict[type, QueryRoute] = {
    queries.ListClues: QueryRoute(WITH_POINTS, ("clues",), list_clues),
    queries.OpenClue: QueryRoute(_OPENING, ("clues",), open_clue),
    queries.SuggestSimilarClues: QueryRoute(BUREAU, ("clues",), suggest_similar),
    queries.ShowRefundLedger: QueryRoute(WATCHING, ("clues",), show_ledger),
}
