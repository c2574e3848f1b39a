"""Opinions, and the proposals for improvement that adopted ones have become."""

from __future__ import annotations

from services.clues.views.folding import SOURCE, changes, new_row
from services.clues.views.held import COLUMNS, ORDER, filed_in_turn, held
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
        "resolution": "text",
        "answered_on": "date",
        "proposal_id": "text",
        "clue_id": "text",
        "recused": "jsonb NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        **COLUMNS,
    },
    indexes=(
        (*ORDER, "opinion_id"),
        ("status", *ORDER, "opinion_id"),
        ("point_id", *ORDER, "opinion_id"),
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


def _answered(event: ReadEvent) -> str:
    return "told" if event.data["relaying"] is None else "answered"


def _of_stream(event: ReadEvent) -> list[Key]:
    kind, _, identifier = event.stream.partition("-")
    return [(identifier,)] if kind == "opinion" else []


def _later(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """Nothing of the row but its version."""
    moved = {"version": event.version, "changed_at": event.occurred_at}
    return None if row is None else {**row, **moved}


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


_OWN = (
    Rule(
        "OpinionFiled",
        "opinions",
        by("opinion_id"),
        filed_in_turn(
            new_row(_OPINIONS, status="filed", filed_at=occurred_at, recused=lambda _: [])
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
    ),
    changes(
        "OpinionTakenAsClue", "opinions", "opinion_id", status="taken", clue_id=of_event("clue_id")
    ),
    changes("AnswerRelayed", "opinions", "opinion_id", status="told"),
    Rule("AlarmRaised", "opinions", _of_stream, _later),
    Rule("LimitMoved", "opinions", _of_stream, _later),
)

_OF_PROPOSALS = (
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
)

OPINIONS = Model(
    name="opinions",
    tables=[_OPINIONS, _PROPOSALS],
    rules=[*held("opinions", ("opinion",), _OWN), *_OF_PROPOSALS],
    vocabularies={SOURCE: EVENTS},
)
