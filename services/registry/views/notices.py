"""Public notices and their objections."""

from __future__ import annotations

from services.registry.views.folding import SOURCE, corrected
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


NOTICES = Model(
    name="notices",
    tables=[_NOTICES, _OBJECTIONS],
    rules=[
        corrected("notices", "notice"),
        Rule("NoticePublished", "notices", by("notice_id"), _published),
        Rule("UnitsDesignated", "notices", by("notice_id"), _designated),
        Rule("NoticeObjected", "notices", by("notice_id"), changed(version=version)),
        Rule("ObjectionDecided", "notices", by("notice_id"), changed(version=version)),
        Rule("NoticeObjected", "objections", by("objection_id"), _objected),
        Rule(
            "ObjectionDecided",
            "objections",
            by("objection_id"),
            changed(outcome=of_event("outcome")),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
