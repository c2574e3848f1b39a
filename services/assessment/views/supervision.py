"""The supervision picture: what came of every clue, summed by district, body, kind and month.

A case counts in the month in which it was told, so that shares and days are of the same cases. It
counts in a cell of its body for each of its kinds, and once in that of all kinds together (`""`).
Nobody's words and nobody's name are here: a body is a public office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from shared.contracts.clues.events import EVENTS as CLUES_EVENTS
from shared.contracts.clues.vocabulary import AlarmStage
from shared.contracts.days import business_date
from shared.projections.columns import of_event
from shared.projections.model import (
    Fold,
    Key,
    Model,
    ReadEvent,
    Row,
    Rule,
    Summary,
    Table,
    by,
    changed,
)

_CLUES = "clues"
ALL_KINDS = ""
"""Stands for the kind in the cell in which each case counts once."""

STEPS = ("accepting", "verifying", "closing", "telling", "paying")
"""What takes days: from telling to acceptance or declining; from there to the finding; from telling
to closing; from there to the answer; from an order to the last fen of it."""
FINDINGS = ("substantiated", "partly_substantiated", "unsubstantiated")
COUNTS = (
    *("complaints", "accepted", "declined", "joined", *FINDINGS, "closed", "told", "overdue"),
    *("reopened", "satisfied", "partly_satisfied", "not_solved", "ordered_fen", "paid_fen"),
)

_CASES = Table(
    "cases",
    _CLUES,
    key=("clue_id",),
    columns={
        "clue_id": "text",
        "division": "text NOT NULL",
        "body": "text NOT NULL",
        "kinds": "jsonb NOT NULL",
        "filed_on": "date NOT NULL",
        "accepted_on": "date",
        "declined_on": "date",
        "joined": "boolean NOT NULL",
        "finding": "text",
        "verified_on": "date",
        "closed_on": "date",
        "told_on": "date",
        "satisfaction": "text",
        "overdue": "integer NOT NULL",
        "reopened": "integer NOT NULL",
        "claims": "jsonb NOT NULL",
    },
    indexes=(("body", "filed_on", "clue_id"), ("filed_on", "clue_id")),
)
"""claims: claim_id -> {ordered, paid, ordered_on, paid_on}, in fen; overdue: limits that passed"""


def _filed(_: Row | None, event: ReadEvent, __: Key) -> Row:
    told = ("clue_id", "division", "body", "kinds")
    return {
        **dict.fromkeys(_CASES.columns),
        **{name: event.data[name] for name in told},
        "filed_on": _day(event),
        "joined": False,
        "overdue": 0,
        "reopened": 0,
        "claims": {},
    }


def _day(event: ReadEvent) -> str:
    return business_date(event.occurred_at).isoformat()


def _case(event: str, **values: Any) -> Rule:
    return Rule(event, "cases", by("clue_id"), changed(**values))


def _of_clue(event: ReadEvent) -> list[Key]:
    """A limit's event says which it is of by its stream alone."""
    prefix, _, clue_id = event.stream.partition("-")
    return [(clue_id,)] if prefix == "clue" and event.data["stage"] == AlarmStage.RED else []


def _late(row: Row | None, _: ReadEvent, __: Key) -> Row | None:
    return None if row is None else {**row, "overdue": row["overdue"] + 1}


def _reopened(row: Row | None, _: ReadEvent, __: Key) -> Row | None:
    """What was found and told is found and told anew; what was ordered stays ordered."""
    if row is None:
        return None
    anew = dict.fromkeys(("finding", "verified_on", "closed_on", "told_on", "satisfaction"))
    return {**row, **anew, "reopened": row["reopened"] + 1}


def _claim(change: Any) -> Fold:
    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        if row is None:
            return None
        empty = {"ordered": 0, "paid": 0, "ordered_on": None, "paid_on": None}
        its = row["claims"].get(event.data["claim_id"], empty)
        claims = {**row["claims"], event.data["claim_id"]: {**its, **change(its, event)}}
        return {**row, "claims": claims}

    return fold


def _ordered(its: Row, event: ReadEvent) -> Row:
    return {"ordered": its["ordered"] + event.data["amount"], "ordered_on": _day(event)}


def _reduced(its: Row, event: ReadEvent) -> Row:
    return {"ordered": its["ordered"] - event.data["amount"]}


def _paid(its: Row, event: ReadEvent) -> Row:
    on = event.data["paid_on"] if event.data["settled"] else None
    return {"paid": its["paid"] + event.data["amount"], "paid_on": on}


def _reversed(its: Row, event: ReadEvent) -> Row:
    return {"paid": its["paid"] - event.data["amount"], "paid_on": None}


def cells(row: Row) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """What a case counts for, in the cell of all kinds and of each of its own."""
    measures: dict[str, Any] = {name: its for name, its in _counts(row).items() if its}
    measures |= {f"days_{step}": days for step, days in _days(row).items() if days}
    month = row["filed_on"][:7]
    for kind in (ALL_KINDS, *row["kinds"]):
        yield (row["division"], row["body"], kind, month), measures


def _counts(row: Row) -> dict[str, Any]:
    claims = row["claims"].values()
    return {
        "complaints": 1,
        "accepted": int(row["accepted_on"] is not None),
        "declined": int(row["declined_on"] is not None),
        "joined": int(row["joined"]),
        **{finding: int(row["finding"] == finding) for finding in FINDINGS},
        "closed": int(row["closed_on"] is not None),
        "told": int(row["told_on"] is not None),
        "overdue": row["overdue"],
        "reopened": row["reopened"],
        **{
            its: int(row["satisfaction"] == its)
            for its in ("satisfied", "partly_satisfied", "not_solved")
        },
        "ordered_fen": sum(its["ordered"] for its in claims),
        "paid_fen": sum(its["paid"] for its in claims),
    }


def _days(row: Row) -> dict[str, dict[str, int]]:
    """Of each step that is over, a histogram of whole days: one of so many."""
    taken = row["accepted_on"] or row["declined_on"]
    spans = {
        "accepting": (row["filed_on"], taken),
        "verifying": (row["accepted_on"], row["verified_on"]),
        "closing": (row["filed_on"], row["closed_on"]),
        "telling": (row["closed_on"] or row["declined_on"], row["told_on"]),
    }
    days: dict[str, dict[str, int]] = {step: _span(*its) for step, its in spans.items()}
    for its in row["claims"].values():
        for number, once in _span(its["ordered_on"], its["paid_on"]).items():
            paying = days.setdefault("paying", {})
            paying[number] = paying.get(number, 0) + once
    return days


def _span(first: str | None, last: str | None) -> dict[str, int]:
    """A day that was entered before the one it follows counts as the same."""
    if first is None or last is None:
        return {}
    between = dt.date.fromisoformat(last) - dt.date.fromisoformat(first)
    return {str(max(between.days, 0)): 1}


_CELLS = Summary(
    "cells",
    _CLUES,
    key=("division", "body", "kind", "month"),
    columns={
        "division": "text",
        "body": "text",
        "kind": "text",
        "month": "text",
        **dict.fromkeys(COUNTS, "bigint NOT NULL"),
        **{f"days_{step}": "jsonb NOT NULL" for step in STEPS},
    },
    indexes=(("kind", "month"), ("body", "kind", "month")),
    of="cases",
    cells=cells,
)

_THEMES = Table(
    "themes",
    _CLUES,
    key=("theme_id", "raised_on"),
    columns={
        "theme_id": "text",
        "raised_on": "date",
        "kind": "text NOT NULL",
        "division": "text NOT NULL",
        "body": "text NOT NULL",
        "clues": "integer NOT NULL",
    },
)

_TOTALS = Table(
    "totals",
    _CLUES,
    key=("division", "year"),
    columns={
        "division": "text",
        "year": "integer",
        "complaints": "bigint NOT NULL",
        "shares": "jsonb NOT NULL",
        "source": "text NOT NULL",
    },
)
"""What was counted of a year before there was a log. shares: [{name, number}]"""


def _theme_key(event: ReadEvent) -> list[Key]:
    return [(event.data["theme_id"], _day(event))]


def _theme(_: Row | None, event: ReadEvent, key: Key) -> Row:
    named = ("kind", "division", "body")
    return {
        "theme_id": key[0],
        "raised_on": key[1],
        **{name: event.data[name] for name in named},
        "clues": len(event.data["clue_ids"]),
    }


def _total(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {name: event.data[name] for name in _TOTALS.columns}


SUPERVISION = Model(
    name="supervision",
    tables=[_CASES, _CELLS, _THEMES, _TOTALS],
    rules=[
        Rule("ClueFiled", "cases", by("clue_id"), _filed),
        _case("ClueAccepted", accepted_on=_day),
        _case("ClueDeclined", declined_on=_day),
        _case("ClueJoined", joined=True),
        _case("ClueVerified", finding=of_event("finding"), verified_on=_day),
        _case("ClueClosed", closed_on=_day, finding=of_event("finding")),
        _case("FeedbackGiven", told_on=_day),
        _case("SatisfactionRated", satisfaction=of_event("satisfaction")),
        Rule("ClueReopened", "cases", by("clue_id"), _reopened),
        Rule("AlarmRaised", "cases", _of_clue, _late),
        Rule("RefundOrdered", "cases", by("clue_id"), _claim(_ordered)),
        Rule("RefundOrderReduced", "cases", by("clue_id"), _claim(_reduced)),
        Rule("RefundPaid", "cases", by("clue_id"), _claim(_paid)),
        Rule("RefundPaymentReversed", "cases", by("clue_id"), _claim(_reversed)),
        Rule("ThemeRaised", "themes", _theme_key, _theme),
        Rule("BaselineRecorded", "totals", by("division", "year"), _total),
    ],
    vocabularies={_CLUES: CLUES_EVENTS},
)
