"""Public notices and their objections."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import (
    MOVED,
    SOURCE,
    corrected,
    due_on,
    id_of_stream,
    moved_limit,
    provisional,
)
from shared.contracts.days import business_date
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

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
        "first_shown": "jsonb NOT NULL",
        "designated": "jsonb NOT NULL",
        "departed": "jsonb NOT NULL",
        "runs_until": "date NOT NULL",
        "corrections": "jsonb NOT NULL",
        "corrected": "jsonb NOT NULL",
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
        "due_on": "date",
        "provisional": "boolean",
        "extended": "boolean NOT NULL",
        "overdue": "boolean NOT NULL",
        "decided_on": "date",
        "sealed": "jsonb NOT NULL",
        "reasons": "jsonb",
    },
    indexes=(("notice_id",), ("application_id",), ("raised_on", "objection_id")),
)


def _published(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("notice_id", "batch_id", "text", "published_on", "first_day", "last_day", "units")
    copied = {name: event.data[name] for name in named}
    return {
        **copied,
        "designated": [],
        "first_shown": {},
        "departed": {},
        "runs_until": copied["last_day"],
        "corrections": [],
        "corrected": {},
        "version": event.version,
    }


def _corrected(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """`corrected` has the last day of each unit whose days began anew, `runs_until` the latest."""
    if row is None:
        return None
    named = ("application_id", "wrong", "correction", "corrected_on", "first_day", "last_day")
    corrected = {**row["corrected"], event.data["application_id"]: event.data["last_day"]}
    return {
        **row,
        "runs_until": max(row["last_day"], *corrected.values()),
        "corrections": [*row["corrections"], {name: event.data[name] for name in named}],
        "corrected": corrected,
        "version": event.version,
    }


def _shown_anew(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """`first_shown` keeps how the notice was published with each unit that it shows anew."""
    if row is None:
        return None
    anew = event.data["noticed_unit"]
    shown = {unit["application_id"]: unit for unit in row["units"]}
    its = anew["application_id"]
    first = {its: shown[its], **row["first_shown"]}
    units = [*{**shown, its: anew}.values()]
    return {**row, "units": units, "first_shown": first, "version": event.version}


def _designated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    done = [*row["designated"], *event.data["application_ids"]]
    return {**row, "designated": done, "version": event.version}


def _departed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """`departed` has the day on which each unit that is no candidate any more left."""
    if row is None:
        return None
    departed = {**row["departed"], event.data["application_id"]: event.data["left_on"]}
    return {**row, "departed": departed, "version": event.version}


def _objected(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("objection_id", "notice_id", "application_id", "anonymous")
    return {
        **{name: event.data[name] for name in named},
        "outcome": None,
        "raised_on": business_date(event.occurred_at),
        "due_on": due_on(event),
        "provisional": provisional(event),
        "extended": False,
        "overdue": False,
        "decided_on": None,
        "sealed": dict(event.sealed),
        "reasons": None,
    }


def _decided_on(event: ReadEvent) -> Any:
    return business_date(event.occurred_at)


NOTICES = Model(
    name="notices",
    tables=[_NOTICES, _OBJECTIONS],
    rules=[
        corrected("notices", "notice"),
        Rule("NoticePublished", "notices", by("notice_id"), _published),
        Rule("UnitsDesignated", "notices", by("notice_id"), _designated),
        Rule("UnitLeftNotice", "notices", by("notice_id"), _departed),
        Rule("NoticeObjected", "notices", by("notice_id"), changed(version=version)),
        Rule("ObjectionDecided", "notices", by("notice_id"), changed(version=version)),
        Rule("NoticeObjected", "objections", by("objection_id"), _objected),
        Rule(
            "ObjectionDecided",
            "objections",
            by("objection_id"),
            changed(
                outcome=of_event("outcome"),
                decided_on=_decided_on,
                reasons=lambda event: event.sealed["reasons"],
            ),
        ),
        Rule("NoticeCorrected", "notices", by("notice_id"), _corrected),
        Rule("NoticedUnitReplaced", "notices", by("notice_id"), _shown_anew),
        Rule("VerificationExtended", "notices", by("notice_id"), changed(version=version)),
        Rule(
            "VerificationExtended",
            "objections",
            by("objection_id"),
            changed(due_on=due_on, provisional=provisional, extended=True),
        ),
        Rule("LimitMoved", "objections", moved_limit("objection_verification"), MOVED),
        Rule("LimitMoved", "notices", id_of_stream("notice"), changed(version=version)),
        Rule("ObjectionOverdue", "notices", by("notice_id"), changed(version=version)),
        Rule("ObjectionOverdue", "objections", by("objection_id"), changed(overdue=True)),
    ],
    vocabularies={SOURCE: EVENTS},
)
