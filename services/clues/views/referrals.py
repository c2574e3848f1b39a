"""Referrals of clues: how each stands, and until when it can be refused and is to be answered."""

from __future__ import annotations

from typing import Any

from services.clues.views.folding import SOURCE, changes, new_row
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, ReadEvent, Row, Rule, Table, by

REFERRALS = Table(
    "referrals",
    SOURCE,
    key=("referral_id",),
    columns={
        "referral_id": "text",
        "clue_id": "text NOT NULL",
        "standing": "text NOT NULL",
        "target": "text NOT NULL",
        "authority": "text NOT NULL",
        "unit": "text",
        "refusable_until": "date NOT NULL",
        "refusable_provisional": "boolean NOT NULL",
        "answer_due": "date NOT NULL",
        "missing": "jsonb NOT NULL",
        "referred_at": "timestamptz NOT NULL",
        "referred_in": "integer NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("standing", "answer_due", "referral_id"), ("unit", "answer_due", "referral_id")),
)


def _refusable(name: str) -> Any:
    return lambda event: event.data["refusable"][name]


def _answer_due(event: ReadEvent) -> Any:
    return event.data["answering"]["span"]["due_on"]


def _returned(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    due = row["answer_due"] if event.data["answering"] is None else _answer_due(event)
    return {
        **row,
        "standing": "returned",
        "missing": event.data["missing"],
        "answer_due": due,
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _referral(event: str, **values: Any) -> Rule:
    return changes(event, "referrals", "referral_id", **values)


REFERRING = (
    Rule(
        "ClueReferred",
        "referrals",
        by("referral_id"),
        new_row(
            REFERRALS,
            standing="open",
            refusable_until=_refusable("due_on"),
            refusable_provisional=_refusable("provisional"),
            answer_due=_answer_due,
            missing=lambda _: [],
            referred_at=occurred_at,
            referred_in=lambda event: event.version,
        ),
    ),
    _referral(
        "ReferralMoved",
        refusable_until=_refusable("due_on"),
        refusable_provisional=_refusable("provisional"),
        answer_due=of_event("answer_by"),
    ),
    _referral("ReferralRefused", standing="refused"),
    _referral("ReferralWithdrawn", standing="withdrawn"),
    _referral("ReferralAnswered", standing="answered", missing=lambda _: []),
    Rule("AnswerReturned", "referrals", by("referral_id"), _returned),
)
