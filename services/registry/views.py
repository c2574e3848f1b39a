"""The registry's read models.

Rows hold no personal data in clear: a sealed field lies here as it lies in the log, and is
opened only for who may see it, when asked.
"""

from __future__ import annotations

from typing import Any

from shared.contracts.days import business_date
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

SOURCE = "registry"

_BATCHES = Table(
    "batches",
    SOURCE,
    key=("batch_id",),
    columns={
        "batch_id": "text",
        "division": "text NOT NULL",
        "title": "text NOT NULL",
        "places": "integer NOT NULL",
        "opens_on": "date NOT NULL",
        "closes_on": "date NOT NULL",
        "deliberations": "jsonb NOT NULL",
        "listed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("opens_on", "batch_id"),),
)

_APPLICATIONS = Table(
    "applications",
    SOURCE,
    key=("application_id",),
    columns={
        "application_id": "text",
        "batch_id": "text NOT NULL",
        "status": "text NOT NULL",
        "channel": "text NOT NULL",
        "recommender": "text",
        "unit_kind": "text NOT NULL",
        "division": "text NOT NULL",
        "industry_group": "text NOT NULL",
        "size": "text NOT NULL",
        "filed_by": "text NOT NULL",
        "filed_at": "timestamptz NOT NULL",
        "findings": "jsonb NOT NULL",
        "rejected_at": "text",
        "grounds": "jsonb",
        "reasons": "jsonb",
        "notice_id": "text",
        "point_id": "text",
        "sealed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        "status_since": "timestamptz NOT NULL",
    },
    indexes=(("batch_id", "status"), ("status", "status_since"), ("filed_by", "application_id")),
)

_NOTICES = Table(
    "notices",
    SOURCE,
    key=("notice_id",),
    columns={
        "notice_id": "text",
        "batch_id": "text NOT NULL",
        "text": "text NOT NULL",
        "published_on": "date NOT NULL",
        "first_day": "date NOT NULL",
        "last_day": "date NOT NULL",
        "units": "jsonb NOT NULL",
        "designated": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("batch_id",), ("published_on", "notice_id")),
)

_OBJECTIONS = Table(
    "objections",
    SOURCE,
    key=("objection_id",),
    columns={
        "objection_id": "text",
        "notice_id": "text NOT NULL",
        "application_id": "text NOT NULL",
        "anonymous": "boolean NOT NULL",
        "outcome": "text",
        "raised_on": "date NOT NULL",
        "sealed": "jsonb NOT NULL",
    },
    indexes=(("notice_id",), ("application_id",), ("raised_on", "objection_id")),
)

_POINTS = Table(
    "points",
    SOURCE,
    key=("point_id",),
    columns={
        "point_id": "text",
        "application_id": "text NOT NULL",
        "batch_id": "text NOT NULL",
        "unit_name": "text NOT NULL",
        "unit_kind": "text NOT NULL",
        "division": "text NOT NULL",
        "industry_group": "text NOT NULL",
        "size": "text NOT NULL",
        "channel": "text NOT NULL",
        "designated_on": "date NOT NULL",
        "term_ends_on": "date NOT NULL",
        "retired_on": "date",
        "ground": "text",
        "version": "integer NOT NULL",
    },
    indexes=(("division", "unit_name", "point_id"),),
)


def _submitted(_: Row | None, event: ReadEvent, __: Key) -> Row:
    data = event.data
    copied = ("application_id", "batch_id", "channel", "recommender", "unit_kind", "division")
    return {
        **{name: data[name] for name in (*copied, "industry_group", "size", "filed_by")},
        "filed_at": event.occurred_at,
        "status": "submitted",
        "findings": {},
        "rejected_at": None,
        "grounds": None,
        "reasons": None,
        "notice_id": None,
        "point_id": None,
        "sealed": dict(event.sealed),
        "version": event.version,
        "changed_at": event.occurred_at,
        "status_since": event.occurred_at,
    }


def _moves(event: str, **values: Any) -> Rule:
    """The application named by the event goes on, with these columns set."""
    times = {"changed_at": _occurred_at, "status_since": _occurred_at}
    fold = changed(version=_version, **times, **values)
    return Rule(event, "applications", by("application_id"), fold)


def _version(event: ReadEvent) -> int:
    return event.version


def _occurred_at(event: ReadEvent) -> Any:
    return event.occurred_at


def _of_event(name: str) -> Any:
    return lambda event: event.data[name]


def _checked(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    findings = {**row["findings"], event.data["check"]: event.data["finding"]}
    return {**row, "findings": findings, "version": event.version, "changed_at": event.occurred_at}


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("batch_id", "division", "title", "places", "opens_on", "closes_on")
    copied = {name: event.data[name] for name in named}
    return {**copied, "deliberations": [], "listed": [], "version": event.version}


def _deliberated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    held = {name: event.data[name] for name in ("deliberation_id", "held_on", "listed")}
    return {
        **row,
        "deliberations": [*row["deliberations"], held],
        "listed": [*row["listed"], *event.data["listed"]],
        "version": event.version,
    }


def _freed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    kept = [each for each in row["listed"] if each != event.data["application_id"]]
    return {**row, "listed": kept, "version": event.version}


def _reasons(event: ReadEvent) -> Any:
    return event.sealed["reasons"]


def _published(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("notice_id", "batch_id", "text", "published_on", "first_day", "last_day", "units")
    copied = {name: event.data[name] for name in named}
    return {**copied, "designated": [], "version": event.version}


def _designated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    done = [*row["designated"], *event.data["application_ids"]]
    return {**row, "designated": done, "version": event.version}


def _objected(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("objection_id", "notice_id", "application_id", "anonymous")
    return {
        **{name: event.data[name] for name in named},
        "outcome": None,
        "raised_on": business_date(event.occurred_at),
        "sealed": dict(event.sealed),
    }


def _point(_: Row | None, event: ReadEvent, __: Key) -> Row:
    new = {name: event.data.get(name) for name in _POINTS.columns}
    return {**new, "version": event.version}


BATCHES = Model(
    name="batches",
    tables=[_BATCHES],
    rules=[
        Rule("BatchOpened", "batches", by("batch_id"), _opened),
        Rule("DeliberationRecorded", "batches", by("batch_id"), _deliberated),
        Rule("PlaceFreed", "batches", by("batch_id"), _freed),
    ],
    vocabularies={SOURCE: EVENTS},
)

APPLICATIONS = Model(
    name="applications",
    tables=[_APPLICATIONS],
    rules=[
        Rule("ApplicationSubmitted", "applications", by("application_id"), _submitted),
        Rule("ReviewCheckRecorded", "applications", by("application_id"), _checked),
        _moves("FormalCheckPassed", status="under_review"),
        _moves("ReviewConcluded", status=_of_event("conclusion")),
        _moves(
            "ApplicationRejected",
            status="rejected",
            rejected_at=_of_event("stage"),
            grounds=_of_event("grounds"),
            reasons=_reasons,
        ),
        _moves("ApplicationListed", status="listed"),
        _moves("ApplicationPutOnNotice", status="on_notice", notice_id=_of_event("notice_id")),
        _moves("ApplicationDesignated", status="designated", point_id=_of_event("point_id")),
    ],
    vocabularies={SOURCE: EVENTS},
)

NOTICES = Model(
    name="notices",
    tables=[_NOTICES, _OBJECTIONS],
    rules=[
        Rule("NoticePublished", "notices", by("notice_id"), _published),
        Rule("UnitsDesignated", "notices", by("notice_id"), _designated),
        Rule("NoticeObjected", "notices", by("notice_id"), changed(version=_version)),
        Rule("ObjectionDecided", "notices", by("notice_id"), changed(version=_version)),
        Rule("NoticeObjected", "objections", by("objection_id"), _objected),
        Rule(
            "ObjectionDecided",
            "objections",
            by("objection_id"),
            changed(outcome=_of_event("outcome")),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)

POINTS = Model(
    name="points",
    tables=[_POINTS],
    rules=[
        Rule("PointDesignated", "points", by("point_id"), _point),
        Rule(
            "PointRetired",
            "points",
            by("point_id"),
            changed(
                retired_on=_of_event("retired_on"), ground=_of_event("ground"), version=_version
            ),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)

MODELS = (BATCHES, APPLICATIONS, NOTICES, POINTS)
