"""Review groups, what examinations have on record, and opinions that were asked for."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import (
    MOVED,
    SOURCE,
    corrected,
    due_on,
    moved_limit,
    provisional,
)
from shared.contracts.days import business_date
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

_GROUPS = Table(
    "groups",
    SOURCE,
    key=("batch_id",),
    columns={
        "batch_id": "text",
        "members": "jsonb NOT NULL",
        "chair": "text NOT NULL",
        "appointed_on": "date NOT NULL",
        "statements": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
)

_EXAMINATIONS = Table(
    "examinations",
    SOURCE,
    key=("application_id",),
    columns={
        "application_id": "text",
        "recused": "jsonb NOT NULL",
        "resolutions": "jsonb NOT NULL",
        "votes": "jsonb NOT NULL",
        "visits": "jsonb NOT NULL",
    },
)

_OPINIONS = Table(
    "opinions",
    SOURCE,
    key=("opinion_id",),
    columns={
        "opinion_id": "text",
        "application_id": "text NOT NULL",
        "source": "text NOT NULL",
        "body": "text NOT NULL",
        "body_unit": "text",
        "asked_on": "date NOT NULL",
        "due_on": "date NOT NULL",
        "provisional": "boolean NOT NULL",
        "overdue": "boolean NOT NULL",
        "view": "text",
        "by_body": "boolean",
        "answered_on": "date",
        "late": "boolean",
        "document": "text",
        "taken_back_on": "date",
    },
    indexes=(("application_id",), ("body_unit",), ("due_on", "opinion_id")),
)


def _appointed(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {
        **{name: event.data[name] for name in ("batch_id", "chair")},
        "members": event.data["member_ids"],
        "appointed_on": business_date(event.occurred_at).isoformat(),
        "statements": {},
        "version": event.version,
    }


def _declared(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """One more statement of a member's: a tie by any of them stays one."""
    if row is None:
        return None
    its = {
        "declared_on": business_date(event.occurred_at).isoformat(),
        "industry_group": event.data["industry_group"],
        "district": event.data["district"],
        "sealed": dict(event.sealed),
    }
    member = event.data["member_id"]
    statements = {**row["statements"], member: [*row["statements"].get(member, ()), its]}
    return {**row, "statements": statements, "version": event.version}


def _begun(row: Row | None, event: ReadEvent, _: Key) -> Row:
    """`visits` has the ids of visits and talks; somebody may be recused before the review."""
    empty: Row = {"recused": {}, "resolutions": {}, "votes": {}, "visits": []}
    return {"application_id": event.data["application_id"], **empty, **(row or {})}


def _recused(row: Row | None, event: ReadEvent, key: Key) -> Row:
    began = _begun(row, event, key)
    return {**began, "recused": {**began["recused"], event.data["member_id"]: "self_declared"}}


def _visited(name: str) -> Any:
    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        return None if row is None else {**row, "visits": [*row["visits"], event.data[name]]}

    return fold


def _adds(column: str, entry: Any) -> Any:
    """A fold that merges what `entry` makes of the event into a column."""

    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        return None if row is None else {**row, column: {**row[column], **entry(event)}}

    return fold


def _checked_anew(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """What was decided of a flag is over once the check has been made again."""
    if row is None:
        return None
    kept = {name: its for name, its in row["resolutions"].items() if name != event.data["check"]}
    return {**row, "resolutions": kept}


def _examined(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    found = {its["member_id"]: its["ground"] for its in event.data["recused"]}
    return {**row, "recused": {**found, **row["recused"]}}


def _asked(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {
        **{name: event.data.get(name) for name in _OPINIONS.columns},
        "asked_on": event.data["limit"]["counted_from"],
        "due_on": due_on(event),
        "provisional": provisional(event),
        "overdue": False,
    }


def _of_application(event: str, fold: Any) -> Rule:
    return Rule(event, "examinations", by("application_id"), fold)


REVIEWS = Model(
    name="reviews",
    tables=[_GROUPS, _EXAMINATIONS, _OPINIONS],
    rules=[
        corrected("groups", "review_group"),
        Rule("ReviewGroupAppointed", "groups", by("batch_id"), _appointed),
        Rule(
            "ReviewGroupChanged",
            "groups",
            by("batch_id"),
            changed(members=of_event("member_ids"), chair=of_event("chair"), version=version),
        ),
        Rule("InterestsDeclared", "groups", by("batch_id"), _declared),
        _of_application("FormalCheckPassed", _begun),
        _of_application("ReviewCheckRecorded", _checked_anew),
        _of_application(
            "FlagResolved",
            _adds("resolutions", lambda its: {its.data["check"]: its.data["resolution"]}),
        ),
        _of_application("RecusalDeclared", _recused),
        _of_application("VisitRecorded", _visited("visit_id")),
        _of_application("TalkRecorded", _visited("talk_id")),
        _of_application("RecusalsExamined", _examined),
        _of_application(
            "VoteCast", _adds("votes", lambda its: {its.data["member_id"]: its.data["in_favour"]})
        ),
        Rule("OpinionAsked", "opinions", by("opinion_id"), _asked),
        Rule(
            "OpinionAnswered",
            "opinions",
            by("opinion_id"),
            changed(
                view=of_event("view"),
                by_body=of_event("by_body"),
                answered_on=of_event("answered_on"),
                late=of_event("late"),
                document=of_event("document"),
            ),
        ),
        Rule("LimitMoved", "opinions", moved_limit("opinion"), MOVED),
        Rule("OpinionOverdue", "opinions", by("opinion_id"), changed(overdue=True)),
        Rule(
            "OpinionTakenBack",
            "opinions",
            by("opinion_id"),
            changed(taken_back_on=of_event("taken_back_on")),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
