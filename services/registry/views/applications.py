"""Applications, where each stands."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import SOURCE, corrected, id_of_stream
from shared.contracts.registry.events import EVENTS
from shared.contracts.registry.vocabulary import LimitName, Recommendation
from shared.contracts.spelling import spelling
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
        "recommender_spelt": "text",
        "recommendation": "text NOT NULL",
        "unit_kind": "text NOT NULL",
        "division": "text NOT NULL",
        "industry_group": "text NOT NULL",
        "size": "text NOT NULL",
        "filed_by": "text NOT NULL",
        "filed_at": "timestamptz NOT NULL",
        "filed_on": "date",
        "check_due": "date",
        "check_provisional": "boolean NOT NULL",
        "check_overdue": "boolean NOT NULL",
        "supplement_due": "date",
        "supplement_provisional": "boolean NOT NULL",
        "missing": "jsonb",
        "findings": "jsonb NOT NULL",
        "rejection_stage": "text",
        "grounds": "jsonb",
        "reasons": "jsonb",
        "notice_id": "text",
        "point_id": "text",
        "rank": "integer",
        "sealed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        "status_since": "timestamptz NOT NULL",
    },
    indexes=(
        ("batch_id", "status"),
        ("status", "status_since"),
        ("filed_by", "application_id"),
        ("recommender_spelt", "application_id"),
        ("filed_at", "application_id"),
    ),
)


_PROFILE = ("channel", "recommender", "unit_kind", "division", "industry_group", "size")


def _submitted(_: Row | None, event: ReadEvent, __: Key) -> Row:
    data = event.data
    copied = ("application_id", "batch_id", *_PROFILE, "filed_by", "filed_on")
    return {
        **{name: data[name] for name in copied},
        **_recommender(None, data["recommender"]),
        "filed_at": event.occurred_at,
        "status": "submitted",
        **_check_limit(event),
        "check_overdue": False,
        "supplement_due": None,
        "supplement_provisional": False,
        "missing": None,
        "findings": {},
        "rejection_stage": None,
        "grounds": None,
        "reasons": None,
        "notice_id": None,
        "point_id": None,
        "rank": None,
        "sealed": _unit_data(event),
        "version": event.version,
        "changed_at": event.occurred_at,
        "status_since": event.occurred_at,
    }


def _supplemented(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """The unit's data as they now are, whole."""
    if row is None:
        return None
    data = event.data
    return {
        **row,
        **{name: data[name] for name in _PROFILE},
        **_recommender(row, data["recommender"]),
        **_check_limit(event),
        "status": "submitted",
        "check_overdue": False,
        "supplement_due": None,
        "supplement_provisional": False,
        "sealed": _unit_data(event),
        "version": event.version,
        "changed_at": event.occurred_at,
        "status_since": event.occurred_at,
    }


def _recommender(row: Row | None, named: str | None) -> Row:
    """Who is named, in one spelling, and whether its word is still awaited."""
    if named is None:
        return {"recommender_spelt": None, "recommendation": str(Recommendation.NOT_NEEDED)}
    spelt = spelling(named)
    confirmed = (
        row is not None
        and row["recommender_spelt"] == spelt
        and row["recommendation"] == Recommendation.CONFIRMED
    )
    word = Recommendation.CONFIRMED if confirmed else Recommendation.AWAITED
    return {"recommender_spelt": spelt, "recommendation": str(word)}


def _check_limit(event: ReadEvent) -> Row:
    limit = event.data["check_limit"] or {"due_on": None, "provisional": False}
    return {"check_due": limit["due_on"], "check_provisional": limit["provisional"]}


def _unit_data(event: ReadEvent) -> Row:
    """Each sealed field with the type of the event it lies in, which it opens for alone."""
    return {
        name: kept and {**kept, "event": event.type}
        for name, kept in event.sealed.items()
        if name != "answer"
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


def _of_stream(event: ReadEvent) -> list[Key]:
    """The application that an event is about which names none, by its stream."""
    prefix, _, identifier = event.stream.partition("-")
    return [(identifier,)] if prefix == "application" else []


def _moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """A limit of the application was counted anew."""
    column = _LIMITS.get(event.data["name"])
    if row is None or column is None:
        return row
    limit = event.data["limit"]
    moved = {f"{column}_due": limit["due_on"], f"{column}_provisional": limit["provisional"]}
    return {**row, **moved, "version": event.version, "changed_at": event.occurred_at}


_LIMITS = {LimitName.FORMAL_CHECK: "check", LimitName.SUPPLEMENT: "supplement"}
"""Limits that the model shows, with what their columns begin with."""


def _speaks(event: str, word: Recommendation) -> Rule:
    """The recommender has said so; the formal check is due from here."""
    fold = changed(
        version=version,
        changed_at=occurred_at,
        recommendation=str(word),
        check_due=lambda event: _check_limit(event)["check_due"],
        check_provisional=lambda event: _check_limit(event)["check_provisional"],
    )
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


_NOTED = (
    "RecusalDeclared",
    "RecusalsExamined",
    "FlagResolved",
    "PoliticalDirectionRecorded",
    "GovernanceAbilityRecorded",
    "VisitRecorded",
    "TalkRecorded",
    "OpinionAsked",
    "OpinionAnswered",
    "OpinionOverdue",
    "OpinionTakenBack",
    "VoteCast",
)
"""Events of the review that another model tells of."""

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
        Rule("SupplementSubmitted", "applications", by("application_id"), _supplemented),
        _speaks("RecommendationConfirmed", Recommendation.CONFIRMED),
        _speaks("RecommendationDeclined", Recommendation.DECLINED),
        _moves(
            "SupplementRequested",
            status="supplementing",
            supplement_due=lambda event: event.data["limit"]["due_on"],
            supplement_provisional=lambda event: event.data["limit"]["provisional"],
            missing=lambda event: event.sealed["missing"],
            check_due=None,
        ),
        Rule("LimitMoved", "applications", _of_stream, _moved),
        _moves("ApplicationWithdrawn", status="withdrawn"),
        _moves("ApplicationLapsed", status="lapsed"),
        Rule(
            "FormalCheckOverdue",
            "applications",
            by("application_id"),
            changed(check_overdue=True, version=version, changed_at=occurred_at),
        ),
        _moves("FormalCheckPassed", status="under_review"),
        _moves("ReviewConcluded", status=of_event("conclusion")),
        _moves(
            "ApplicationRejected",
            status="rejected",
            rejection_stage=of_event("stage"),
            grounds=of_event("grounds"),
            reasons=_reasons,
        ),
        *map(_goes_on, _NOTED),
        Rule("LimitMoved", "applications", id_of_stream("application"), changed(version=version)),
        _moves("ApplicationListed", status="listed", rank=None),
        _moves("ApplicationReserved", status="reserve", rank=of_event("rank")),
        _moves("ApplicationLeftOut", status="left_out", reasons=_reasons),
        _moves("ApplicationPutOnNotice", status="on_notice", notice_id=of_event("notice_id")),
        _moves("ApplicationDesignated", status="designated", point_id=of_event("point_id")),
    ],
    vocabularies={SOURCE: EVENTS},
)
