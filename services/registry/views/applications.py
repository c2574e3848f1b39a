"""Applications, where each stands."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import SOURCE, corrected
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import occurred_at, of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

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
        "rejection_stage": "text",
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


def _submitted(_: Row | None, event: ReadEvent, __: Key) -> Row:
    data = event.data
    copied = ("application_id", "batch_id", "channel", "recommender", "unit_kind", "division")
    return {
        **{name: data[name] for name in (*copied, "industry_group", "size", "filed_by")},
        "filed_at": event.occurred_at,
        "status": "submitted",
        "findings": {},
        "rejection_stage": None,
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
    times = {"changed_at": occurred_at, "status_since": occurred_at}
    fold = changed(version=version, **times, **values)
    return Rule(event, "applications", by("application_id"), fold)


def _goes_on(event: str) -> Rule:
    """The application named by the event is a version further, where it was."""
    fold = changed(version=version, changed_at=occurred_at)
    return Rule(event, "applications", by("application_id"), fold)


def _checked(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    findings = {**row["findings"], event.data["check"]: event.data["finding"]}
    return {**row, "findings": findings, "version": event.version, "changed_at": event.occurred_at}


def _corrected(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """The unit's data anew; each sealed one says of which event it is, for it opens as that."""
    if row is None:
        return None
    names = ("division", "industry_group", "size")
    sealed = {
        name: None if kept is None else {**kept, "event": event.type}
        for name, kept in event.sealed.items()
        if name in row["sealed"]
    }
    return {
        **row,
        **{name: event.data[name] for name in names},
        "sealed": {**row["sealed"], **sealed},
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def sealed_in(kept: Row | None) -> str:
    """In which event a sealed datum of a row was sealed."""
    return (
        "ApplicationSubmitted" if kept is None else str(kept.get("event", "ApplicationSubmitted"))
    )


def _reasons(event: ReadEvent) -> Any:
    return event.sealed["reasons"]


APPLICATIONS = Model(
    name="applications",
    tables=[_APPLICATIONS],
    rules=[
        Rule("ApplicationSubmitted", "applications", by("application_id"), _submitted),
        Rule("ReviewCheckRecorded", "applications", by("application_id"), _checked),
        _goes_on("DocumentAttached"),
        _goes_on("DocumentWithdrawn"),
        corrected("applications", "application"),
        Rule("UnitDataCorrected", "applications", by("application_id"), _corrected),
        _moves("FormalCheckPassed", status="under_review"),
        _moves("ReviewConcluded", status=of_event("conclusion")),
        _moves(
            "ApplicationRejected",
            status="rejected",
            rejection_stage=of_event("stage"),
            grounds=of_event("grounds"),
            reasons=_reasons,
        ),
        _moves("ApplicationListed", status="listed"),
        _moves("ApplicationPutOnNotice", status="on_notice", notice_id=of_event("notice_id")),
        _moves("ApplicationDesignated", status="designated", point_id=of_event("point_id")),
    ],
    vocabularies={SOURCE: EVENTS},
)
