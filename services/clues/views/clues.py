"""Clues: where each stands, with the limits that run for it, its refund ledger and referrals."""

from __future__ import annotations

from typing import Any

from services.clues.views.folding import SOURCE, changes, new_row
from services.clues.views.held import COLUMNS, ORDER, filed_in_turn, held
from services.clues.views.referrals import REFERRALS, REFERRING
from shared.contracts.clues.events import EVENTS
from shared.contracts.spelling import spelling
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_CLUES = Table(
    "clues",
    SOURCE,
    key=("clue_id",),
    columns={
        "clue_id": "text",
        "status": "text NOT NULL",
        "kinds": "jsonb NOT NULL",
        "division": "text NOT NULL",
        "body": "text NOT NULL",
        "body_spelt": "text NOT NULL",
        "way": "text NOT NULL",
        "point_id": "text",
        "source_id": "text",
        "hotline_number": "text",
        "of_clue": "text",
        "happened_on": "date",
        "amount": "bigint",
        "urgent": "boolean NOT NULL",
        "retaliation": "boolean NOT NULL",
        "reporting": "text NOT NULL",
        "by_point": "boolean NOT NULL",
        "concerns_unit": "boolean NOT NULL",
        "filed_at": "timestamptz NOT NULL",
        "handlers": "jsonb NOT NULL",
        "recused": "jsonb NOT NULL",
        "declined": "text",
        "finding": "text",
        "outcomes": "jsonb NOT NULL",
        "into_clue_id": "text",
        "body_referral": "text",
        "round": "integer NOT NULL",
        "satisfaction": "text",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        **COLUMNS,
    },
    indexes=(
        (*ORDER, "clue_id"),
        ("status", *ORDER, "clue_id"),
        ("point_id", *ORDER, "clue_id"),
        ("body_spelt", "filed_at"),
        ("source_id",),
    ),
)


def _recused(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """Who stays out handles it no more."""
    if row is None:
        return None
    out = event.data.get("recused") or [event.data["account_id"]]
    return {
        **row,
        "recused": [*row["recused"], *(each for each in out if each not in row["recused"])],
        "handlers": [each for each in row["handlers"] if each not in out],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _gathered(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    if row is None or event.data["recused"]:
        return _recused(row, event, key)
    return {**row, "version": event.version, "changed_at": event.occurred_at}


def _referred(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """Whoever answers for the body by an account of its own may report what it has refunded."""
    if row is None:
        return None
    to_body = event.data["target"] == "body" and event.data["unit"] is not None
    return {
        **row,
        "status": "referred",
        "body_referral": event.data["referral_id"] if to_body else row["body_referral"],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _clue(event: str, **values: Any) -> Rule:
    return changes(event, "clues", "clue_id", **values)


def _told(event: ReadEvent) -> str:
    return "told" if event.data["relaying"] is None else "fed_back"


def _answered(event: ReadEvent) -> str:
    return "answered" if event.data["complete"] else "referred"


def _of_stream(event: ReadEvent) -> list[Key]:
    kind, _, identifier = event.stream.partition("-")
    return [(identifier,)] if kind == "clue" else []


def _later(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """Nothing of the row but its version."""
    moved = {"version": event.version, "changed_at": event.occurred_at}
    return None if row is None else {**row, **moved}


_MOVES = (
    _clue("RetaliationFlagged", retaliation=True),
    _clue("ClueAccepted", status="accepted"),
    _clue("ClueDeclined", status="declined", declined=of_event("ground")),
    _clue("ClueAssigned", handlers=of_event("handlers")),
    _clue("ClueJoined", status="joined", into_clue_id=of_event("into_clue_id")),
    _clue("ReferralRefused", status="accepted"),
    _clue("ReferralWithdrawn", status="accepted"),
    _clue("ReferralAnswered", status=_answered),
    _clue("AnswerReturned", status="referred"),
    _clue("VerificationStarted", status="verifying"),
    _clue("VerificationPaused", status="paused"),
    _clue("VerificationResumed", status="verifying"),
    _clue("ClueVerified", status="verified", finding=of_event("finding")),
    _clue(
        "ClueClosed", status="closed", finding=of_event("finding"), outcomes=of_event("outcomes")
    ),
    _clue("FeedbackGiven", status=_told),
    _clue("FeedbackRelayed", status="told"),
    _clue("SatisfactionRated", satisfaction=of_event("satisfaction")),
    _clue(
        "ClueReopened",
        status="accepted",
        finding=None,
        outcomes=lambda _: [],
        into_clue_id=None,
        satisfaction=None,
        round=of_event("round"),
    ),
    *(
        _clue(event)
        for event in (
            *(
                "ConsentRecorded",
                "ReferralMoved",
                "VerificationStepTaken",
                "ClueVerificationExtended",
            ),
            *("CaseExtended", "OutcomeRecorded", "ComplianceRecorded", "RefundClaimed"),
            *("RefundVerified", "RefundOrdered", "RefundOrderReduced", "RefundPaid"),
            *("RefundPaymentReversed", "RefundsLeftUnordered", "LimitsPaused", "LimitsResumed"),
            "ReopeningDecided",
        )
    ),
)

_REFUNDS = Table(
    "refunds",
    SOURCE,
    key=("clue_id", "claim_id"),
    columns={
        "clue_id": "text",
        "claim_id": "text",
        "claimed": "bigint NOT NULL",
        "verified": "bigint NOT NULL",
        "ordered": "bigint NOT NULL",
        "paid": "bigint NOT NULL",
        "claimed_in": "integer NOT NULL",
    },
)


def _claimed(_: Row | None, event: ReadEvent, key: Key) -> Row:
    nothing = {"verified": 0, "ordered": 0, "paid": 0}
    clue_id, claim_id = key
    return {
        **{"clue_id": clue_id, "claim_id": claim_id, **nothing},
        "claimed": event.data["amount"],
        "claimed_in": event.version,
    }


def _sets(column: str) -> Any:
    return lambda row, event, _: row and {**row, column: event.data["amount"]}


def _adds(column: str, sign: int) -> Any:
    return lambda row, event, _: row and {**row, column: row[column] + sign * event.data["amount"]}


_LEDGER = tuple(
    Rule(event, "refunds", by("clue_id", "claim_id"), fold)
    for event, fold in (
        ("RefundClaimed", _claimed),
        ("RefundVerified", _sets("verified")),
        ("RefundOrdered", _sets("ordered")),
        ("RefundOrderReduced", _adds("ordered", -1)),
        ("RefundPaid", _adds("paid", 1)),
        ("RefundPaymentReversed", _adds("paid", -1)),
    )
)

_OWN = (
    Rule(
        "ClueFiled",
        "clues",
        by("clue_id"),
        filed_in_turn(
            new_row(
                _CLUES,
                status="filed",
                filed_at=occurred_at,
                body_spelt=lambda event: spelling(event.data["body"]),
                handlers=lambda _: [],
                recused=lambda _: [],
                outcomes=lambda _: [],
                round=1,
            )
        ),
    ),
    *_MOVES,
    Rule("ClueReferred", "clues", by("clue_id"), _referred),
    Rule("OfficerRecused", "clues", by("clue_id"), _recused),
    Rule("RecusalsCarried", "clues", by("clue_id"), _recused),
    Rule("ClueGathered", "clues", by("clue_id"), _gathered),
    Rule("AlarmRaised", "clues", _of_stream, _later),
    Rule("LimitMoved", "clues", _of_stream, _later),
)

CLUES = Model(
    name="clues",
    tables=[_CLUES, REFERRALS, _REFUNDS],
    rules=[*held("clues", ("clue", "followup"), _OWN), *REFERRING, *_LEDGER],
    vocabularies={SOURCE: EVENTS},
)
