"""Renewals and retirements, where each stands."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import SOURCE, id_of_stream
from shared.contracts.registry.vocabulary import LimitName
from shared.projections.columns import occurred_at, of_event, version
from shared.projections.model import Key, ReadEvent, Row, Rule, Table, by, changed

RENEWALS = Table(
    "renewals",
    SOURCE,
    key=("renewal_id",),
    columns={
        "renewal_id": "text",
        "point_id": "text NOT NULL",
        "status": "text NOT NULL",
        "proposed_on": "date NOT NULL",
        "graded_on": "date",
        "grade_year": "integer",
        "grade": "text",
        "held_on": "date",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("point_id", "renewal_id"), ("status", "proposed_on")),
)

RETIREMENTS = Table(
    "retirements",
    SOURCE,
    key=("retirement_id",),
    columns={
        "retirement_id": "text",
        "point_id": "text NOT NULL",
        "ground": "text NOT NULL",
        "status": "text NOT NULL",
        "opened_on": "date NOT NULL",
        "told_on": "date",
        "means": "text",
        "statement_limit": "jsonb",
        "stated_on": "date",
        "waived_on": "date",
        "held_on": "date",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("point_id", "retirement_id"), ("status", "opened_on"), ("opened_on",)),
)


def _proposed(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {**_begun(RENEWALS, event), "status": "proposed"}


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {**_begun(RETIREMENTS, event), "status": "opened"}


def _begun(table: Table, event: ReadEvent) -> Row:
    given = {name: event.data.get(name) for name in table.columns}
    return {**given, "version": event.version, "changed_at": event.occurred_at}


def _renewal(event: str, **values: Any) -> Rule:
    fold = changed(version=version, changed_at=occurred_at, **values)
    return Rule(event, "renewals", by("renewal_id"), fold)


def _retirement(event: str, **values: Any) -> Rule:
    fold = changed(version=version, changed_at=occurred_at, **values)
    return Rule(event, "retirements", by("retirement_id"), fold)


def _agreed(event: ReadEvent) -> str:
    return "agreed" if event.data["agreed"] else "declined"


def _resolved(event: ReadEvent) -> str:
    return "to_retire" if event.data["resolution"] == "retire" else "kept"


def _stated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """The day of the last statement: one that was made before may be recorded after it."""
    if row is None:
        return None
    return {
        **row,
        "status": "heard",
        "stated_on": max(filter(None, (row["stated_on"], event.data["made_on"]))),
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _limit_moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    limit = {"statement_limit": event.data["limit"]}
    return {
        **row,
        **(limit if event.data["name"] == LimitName.STATEMENT else {}),
        "version": event.version,
        "changed_at": event.occurred_at,
    }


RULES = [
    Rule("RenewalProposed", "renewals", by("renewal_id"), _proposed),
    _renewal(
        "RenewalGraded",
        grade=of_event("grade"),
        grade_year=of_event("year"),
        graded_on=of_event("graded_on"),
    ),
    _renewal("RenewalDecided", status=_agreed, held_on=of_event("held_on")),
    _renewal("RenewalCompleted", status="renewed"),
    _renewal("RenewalLapsed", status="lapsed"),
    Rule("RetirementOpened", "retirements", by("retirement_id"), _opened),
    _retirement(
        "RetirementFactsTold",
        status="facts_told",
        told_on=of_event("told_on"),
        means=of_event("means"),
        statement_limit=of_event("limit"),
    ),
    Rule("StatementRecorded", "retirements", by("retirement_id"), _stated),
    _retirement("StatementWaived", status="heard", waived_on=of_event("waived_on")),
    _retirement("RetirementDecided", status=_resolved, held_on=of_event("held_on")),
    _retirement("RetirementEnded", status="kept"),
    _retirement("RetirementCompleted", status="retired"),
    Rule("LimitMoved", "retirements", id_of_stream("retirement"), _limit_moved),
]
