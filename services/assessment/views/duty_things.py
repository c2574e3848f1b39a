"""Publicity, trainings, quarterly reports, questions and funds of points, and the points."""

from __future__ import annotations

from typing import Any

from services.assessment.views.source import SOURCE
from shared.contracts.assessment.events import EVENTS
from shared.projections.columns import occurred_at, of_event, version
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table, by, changed

_CHANGES = {"version": "integer NOT NULL", "changed_at": "timestamptz NOT NULL"}
_OF_POINT = {"point_id": "text NOT NULL", "division": "text NOT NULL"}

_POINTS = Table(
    "points",
    SOURCE,
    key=("point_id",),
    columns={
        "point_id": "text",
        "standing": "text NOT NULL",
        "division": "text NOT NULL",
        "unit_name": "text NOT NULL",
    },
)
_PUBLICITY = Table(
    "publicity",
    SOURCE,
    key=("publicity_id",),
    columns={
        "publicity_id": "text",
        "status": "text NOT NULL",
        **_OF_POINT,
        "held_on": "date NOT NULL",
        "form": "text NOT NULL",
        "subject": "text NOT NULL",
        "audience": "integer NOT NULL",
        "reasons": "text",
        **_CHANGES,
    },
    indexes=(("held_on", "publicity_id"), ("point_id", "held_on", "publicity_id")),
)
_TRAININGS = Table(
    "trainings",
    SOURCE,
    key=("training_id",),
    columns={
        "training_id": "text",
        "status": "text NOT NULL",
        "division": "text NOT NULL",
        "title": "text NOT NULL",
        "planned_on": "date NOT NULL",
        "place": "text NOT NULL",
        "held_on": "date",
        "attended": "jsonb NOT NULL",
        "absent": "jsonb NOT NULL",
        "reasons": "text",
        **_CHANGES,
    },
    indexes=(("planned_on", "training_id"),),
)
_REPORTS = Table(
    "reports",
    SOURCE,
    key=("report_id",),
    columns={
        "report_id": "text",
        "status": "text NOT NULL",
        **_OF_POINT,
        "year": "integer NOT NULL",
        "quarter": "integer NOT NULL",
        "handed_in_on": "date NOT NULL",
        "due": "jsonb NOT NULL",
        "in_time": "boolean NOT NULL",
        "reasons": "text",
        **_CHANGES,
    },
    indexes=(("year", "quarter", "report_id"), ("point_id", "year", "quarter", "report_id")),
)
_QUESTIONS = Table(
    "questions",
    SOURCE,
    key=("question_id",),
    columns={
        "question_id": "text",
        "status": "text NOT NULL",
        **_OF_POINT,
        "asked_on": "date NOT NULL",
        "answering": "jsonb NOT NULL",
        "due_on": "date NOT NULL",
        "answered_on": "date",
        "in_time": "boolean",
        **_CHANGES,
    },
    indexes=(("due_on", "question_id"), ("point_id", "due_on", "question_id")),
)
_FUNDING = Table(
    "funding",
    SOURCE,
    key=("funding_id",),
    columns={
        "funding_id": "text",
        **_OF_POINT,
        "year": "integer NOT NULL",
        "allocated": "bigint NOT NULL",
        "spent": "bigint NOT NULL",
        "entries": "jsonb NOT NULL",
        **_CHANGES,
    },
    indexes=(("year", "funding_id"),),
)
"""entries: `[{entry_id, what, amount, on, words, proof}]`; what: allocated, taken_back or spent"""


def _new(table: Table, **given: Any) -> Fold:
    """A row of what the event has, in place of one that is told anew."""

    def fold(_: Row | None, event: ReadEvent, __: Key) -> Row:
        row = {name: event.data.get(name) for name in table.columns}
        own = {"version": event.version, "changed_at": event.occurred_at}
        row |= {name: its for name, its in own.items() if name in table.columns}
        return row | {name: its(event) if callable(its) else its for name, its in given.items()}

    return fold


def _changes(event: str, table: Table, **values: Any) -> Rule:
    fold = changed(version=version, changed_at=occurred_at, **values)
    return Rule(event, table.name, by(table.key[0]), fold)


def _due_on(event: ReadEvent) -> Any:
    return event.data["answering"]["due_on"]


_new_funds = _new(_FUNDING, spent=0, entries=[])


def _allocated(row: Row | None, event: ReadEvent, key: Key) -> Row:
    begun = row or _new_funds(None, event, key)
    assert begun is not None
    return _entered(begun, event, "allocated", "reasons")


def _money(what: str, words: str) -> Fold:
    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        return None if row is None else _entered(row, event, what, words)

    return fold


def _entered(row: Row, event: ReadEvent, what: str, words: str) -> Row:
    totals = {name: event.data[name] for name in ("allocated", "spent") if name in event.data}
    entry = {
        "entry_id": event.data["entry_id"],
        "what": what,
        "amount": event.data["amount"],
        "on": event.data.get("spent_on"),
        "words": event.data[words],
        "proof": event.data.get("proof"),
        "version": event.version,
    }
    return {
        **row,
        **totals,
        "entries": [*row["entries"], entry],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


DUTY_THINGS = Model(
    name="duty_things",
    tables=[_POINTS, _PUBLICITY, _TRAININGS, _REPORTS, _QUESTIONS, _FUNDING],
    rules=[
        Rule("PointNoted", "points", by("point_id"), _new(_POINTS)),
        Rule(
            "PublicityRecorded",
            "publicity",
            by("publicity_id"),
            _new(_PUBLICITY, status="recorded"),
        ),
        _changes("PublicityConfirmed", _PUBLICITY, status="confirmed"),
        _changes("PublicityReturned", _PUBLICITY, status="returned", reasons=of_event("reasons")),
        Rule(
            "TrainingPlanned",
            "trainings",
            by("training_id"),
            _new(_TRAININGS, status="planned", attended=[], absent=[]),
        ),
        _changes(
            "TrainingAttendanceRecorded",
            _TRAININGS,
            status="held",
            held_on=of_event("held_on"),
            attended=of_event("attended"),
            absent=of_event("absent"),
        ),
        _changes("TrainingCancelled", _TRAININGS, status="cancelled", reasons=of_event("reasons")),
        Rule(
            "QuarterlyReportHandedIn",
            "reports",
            by("report_id"),
            _new(_REPORTS, status="handed_in"),
        ),
        _changes(
            "QuarterlyReportReturned", _REPORTS, status="returned", reasons=of_event("reasons")
        ),
        Rule(
            "PointAsked",
            "questions",
            by("question_id"),
            _new(_QUESTIONS, status="asked", due_on=_due_on),
        ),
        _changes(
            "PointQuestionAnswered",
            _QUESTIONS,
            status="answered",
            answered_on=of_event("answered_on"),
            in_time=of_event("in_time"),
        ),
        Rule("FundingAllocated", "funding", by("funding_id"), _allocated),
        Rule("FundingTakenBack", "funding", by("funding_id"), _money("taken_back", "reasons")),
        Rule("FundingSpent", "funding", by("funding_id"), _money("spent", "purpose")),
    ],
    vocabularies={SOURCE: EVENTS},
)
