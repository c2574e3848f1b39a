"""Opinions, and the proposals for improvement that adopted ones have become."""

from __future__ import annotations

from typing import Any

from services.clues.views.folding import SOURCE, changes, new_row
from shared.contracts.clues.events import EVENTS
from shared.projections.columns import occurred_at, of_event
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_OPINIONS = Table(
    "opinions",
    SOURCE,
    key=("opinion_id",),
    columns={
        "opinion_id": "text",
        "status": "text NOT NULL",
        "topics": "jsonb NOT NULL",
        "division": "text NOT NULL",
        "body": "text",
        "way": "text NOT NULL",
        "point_id": "text",
        "source_id": "text",
        "reporting": "text NOT NULL",
        "filed_at": "timestamptz NOT NULL",
        "due_on": "date",
        "provisional": "boolean NOT NULL",
        "resolution": "text",
        "answered_on": "date",
        "proposal_id": "text",
        "clue_id": "text",
        "recused": "jsonb NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(
        ("status", "filed_at", "opinion_id"),
        ("point_id", "filed_at", "opinion_id"),
        ("source_id",),
    ),
)

_PROPOSALS = Table(
    "proposals",
    SOURCE,
    key=("proposal_id",),
    columns={
        "proposal_id": "text",
        "opinion_id": "text NOT NULL",
        "status": "text NOT NULL",
        "division": "text NOT NULL",
        "point_id": "text",
        "responsible": "text NOT NULL",
        "proposal": "text NOT NULL",
        "steps": "jsonb NOT NULL",
        "result": "text",
        "document": "text",
        "account": "text",
        "reasons": "text",
        "told_on": "date",
        "opened_at": "timestamptz NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("status", "opened_at", "proposal_id"),),
)


def _opened(event: ReadEvent) -> Any:
    """The span of the limit that the event opens; None: it opens none."""
    its = event.data["answering" if event.type == "OpinionFiled" else "relaying"]
    return None if its is None else its["span"]


def _due(event: ReadEvent) -> str | None:
    its = _opened(event)
    return None if its is None else str(its["due_on"])


def _provisional(event: ReadEvent) -> bool:
    its = _opened(event)
    return its is not None and bool(its["provisional"])


def _answered(event: ReadEvent) -> str:
    return "told" if event.data["relaying"] is None else "answered"


def _of_stream(event: ReadEvent) -> list[Key]:
    kind, _, identifier = event.stream.partition("-")
    return [(identifier,)] if kind == "opinion" else []


def _limit(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    span = event.data["watch"]["span"]
    return {
        **row,
        "due_on": span["due_on"],
        "provisional": span["provisional"],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _recused(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    return {
        **row,
        "recused": [*row["recused"], event.data["account_id"]],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _step(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    step = {name: event.data[name] for name in ("taken_on", "account")}
    return {
        **row,
        "steps": [*row["steps"], step],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


OPINIONS = Model(
    name="opinions",
    tables=[_OPINIONS, _PROPOSALS],
    rules=[
        Rule(
            "OpinionFiled",
            "opinions",
            by("opinion_id"),
            new_row(
                _OPINIONS,
                status="filed",
                filed_at=occurred_at,
                due_on=_due,
                provisional=_provisional,
                recused=lambda _: [],
            ),
        ),
        Rule("RecusedFromOpinion", "opinions", by("opinion_id"), _recused),
        changes(
            "OpinionAnswered",
            "opinions",
            "opinion_id",
            status=_answered,
            resolution=of_event("resolution"),
            answered_on=of_event("answered_on"),
            proposal_id=of_event("proposal_id"),
            due_on=_due,
            provisional=_provisional,
        ),
        changes(
            "OpinionTakenAsClue",
            "opinions",
            "opinion_id",
            status="taken",
            clue_id=of_event("clue_id"),
            due_on=None,
            provisional=False,
        ),
        changes(
            "AnswerRelayed",
            "opinions",
            "opinion_id",
            status="told",
            due_on=None,
            provisional=False,
        ),
        Rule("AlarmRaised", "opinions", _of_stream, _limit),
        Rule("LimitMoved", "opinions", _of_stream, _limit),
        Rule(
            "ProposalOpened",
            "proposals",
            by("proposal_id"),
            new_row(_PROPOSALS, status="open", opened_at=occurred_at, steps=lambda _: []),
        ),
        Rule("ProposalStepTaken", "proposals", by("proposal_id"), _step),
        changes(
            "ProposalCompleted",
            "proposals",
            "proposal_id",
            status="completed",
            result=of_event("result"),
            document=of_event("document"),
            account=of_event("account"),
        ),
        changes(
            "ProposalDropped",
            "proposals",
            "proposal_id",
            status="dropped",
            reasons=of_event("reasons"),
        ),
        changes("ProposalToldBack", "proposals", "proposal_id", told_on=of_event("told_on")),
    ],
    vocabularies={SOURCE: EVENTS},
)
