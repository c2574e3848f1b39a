"""Contact points, each with what is open about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.registry.views.folding import SOURCE, corrected, id_of_stream
from services.registry.views.procedures import RENEWALS, RETIREMENTS, RULES
from shared.contracts.days import ONE_DAY
from shared.contracts.registry.events import EVENTS
from shared.contracts.registry.vocabulary import LimitName
from shared.projections.columns import of_event, version
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table, by, changed

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
        "certificate_number": "text",
        "term_number": "integer NOT NULL",
        "term_began_on": "date NOT NULL",
        "term_ends_on": "date NOT NULL",
        "next_term": "jsonb",
        "reminded_on": "date",
        "suspended_on": "date",
        "retired_on": "date",
        "ground": "text",
        "former_names": "jsonb NOT NULL",
        "former_divisions": "jsonb NOT NULL",
        "merged_into": "text",
        "absorbed": "jsonb NOT NULL",
        "plaque_number": "text",
        "plaque_given_on": "date",
        "plaque_returned_on": "date",
        "plaque_limit": "jsonb",
        "contacts": "jsonb NOT NULL",
        "bureau_liaisons": "jsonb NOT NULL",
        "renewal_id": "text",
        "retirement_id": "text",
        "version": "integer NOT NULL",
    },
    indexes=(("division", "unit_name", "point_id"), ("term_ends_on", "point_id")),
)
"""A point's row.

next_term: {number, first_day, last_day} of the one that follows, once the point is renewed
reminded_on: the day of the running term's first reminder, once it was given
former_names: [{unit_name, until}], former_divisions: [{division, until}], the earliest first
absorbed: ids of points whose units have become part of this one's
plaque_limit: within which a retired point is to give its plaque back
contacts: name -> the sealed value that changed last, with the type of its event
bureau_liaisons: [{account_id, since}] of the officers who guide it, the last of them now
"""


def _designated(_: Row | None, event: ReadEvent, __: Key) -> Row:
    new = {name: event.data.get(name) for name in _POINTS.columns}
    empty: dict[str, Any] = {
        name: [] for name in ("former_names", "former_divisions", "absorbed", "bureau_liaisons")
    }
    empty["contacts"] = {}
    term = {"term_number": 1, "term_began_on": event.data["designated_on"]}
    return {**new, **empty, **term, "version": event.version}


def _details(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    row = _with_contacts(row, event, *(set(event.data["details"]) - {"unit_name"}))
    name = event.data["unit_name"]
    if name is None or name == row["unit_name"]:
        return row
    former = {"unit_name": row["unit_name"], "until": event.data["changed_on"]}
    return {
        **row,
        "unit_name": name,
        "former_names": [*row["former_names"], former],
    }


def _with_contacts(row: Row, event: ReadEvent, *names: str) -> Row:
    """Sealed values as they lie in the log, in place of those before."""
    sealed = {name: {**event.sealed[name], "type": event.type} for name in sorted(names)}
    return {**row, "contacts": {**row["contacts"], **sealed}, "version": event.version}


def _liaison_appointed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    return None if row is None else _with_contacts(row, event, "liaison_name", "liaison_phone")


def _moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    former = {"division": event.data["from_division"], "until": event.data["moved_on"]}
    return {
        **row,
        "division": event.data["division"],
        "former_divisions": [*row["former_divisions"], former],
        "version": event.version,
    }


def _more(column: str, item: Any) -> Fold:
    """One item more in a list of the row's."""

    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        if row is None:
            return None
        return {**row, column: [*row[column], item(event)], "version": event.version}

    return fold


def _separated(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    left = [its for its in row["absorbed"] if its != event.data["merged_point_id"]]
    return {**row, "absorbed": left, "version": event.version}


def _procedure(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """The procedure that was opened, or without one that was closed."""
    if row is None:
        return None
    opened = event.type == "PointProcedureOpened"
    named = {
        name: event.data[name] if opened else None
        for name in ("renewal_id", "retirement_id")
        if event.data[name] is not None
    }
    return {**row, **named, "version": event.version}


def _limit_moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    limit = {"plaque_limit": event.data["limit"]}
    return {
        **row,
        **(limit if event.data["name"] == LimitName.PLAQUE_RETURN else {}),
        "version": event.version,
    }


def _sets(event: str, **values: Any) -> Rule:
    return Rule(event, "points", by("point_id"), changed(version=version, **values))


def _reminded(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """The day of the first reminder stays: since then its end has been at hand."""
    if row is None:
        return None
    ends_on, left = dt.date.fromisoformat(event.data["last_day"]), event.data["days_left"]
    day = (ends_on - (left - 1) * ONE_DAY).isoformat()
    return {**row, "reminded_on": row["reminded_on"] or day, "version": event.version}


def _next_term(event: ReadEvent) -> Row:
    return {name: event.data[name] for name in ("number", "first_day", "last_day")}


def _rule(event: str, fold: Fold) -> Rule:
    return Rule(event, "points", by("point_id"), fold)


def _liaison(event: ReadEvent) -> Row:
    return {name: event.data[name] for name in ("account_id", "since")}


POINTS = Model(
    name="points",
    tables=[_POINTS, RENEWALS, RETIREMENTS],
    rules=[
        corrected("points", "point"),
        corrected("renewals", "renewal"),
        corrected("retirements", "retirement"),
        _rule("PointDesignated", _designated),
        # in the bureau's stream, so the point's version stays
        _rule("CertificateNumbered", changed(certificate_number=of_event("certificate_number"))),
        _sets(
            "TermBegun",
            term_number=of_event("number"),
            term_began_on=of_event("first_day"),
            term_ends_on=of_event("last_day"),
            next_term=None,
            reminded_on=None,
        ),
        _sets("NextTermSet", next_term=_next_term),
        _rule("TermReminderDue", _reminded),
        _rule("PointDetailsChanged", _details),
        _sets(
            "PointProfileChanged",
            industry_group=of_event("industry_group"),
            size=of_event("size"),
        ),
        _rule("PointMoved", _moved),
        _sets("PointMerged", merged_into=of_event("into_point_id")),
        _rule("PointAbsorbed", _more("absorbed", of_event("merged_point_id"))),
        _sets("PointMergerUndone", merged_into=None),
        _rule("PointAbsorptionUndone", _separated),
        _rule("PointLiaisonAppointed", _liaison_appointed),
        _rule("BureauLiaisonAppointed", _more("bureau_liaisons", _liaison)),
        _sets(
            "PlaqueGiven",
            plaque_number=of_event("plaque_number"),
            plaque_given_on=of_event("given_on"),
            plaque_returned_on=None,
        ),
        _sets("PlaqueReturnAsked", plaque_limit=of_event("limit")),
        _sets("PlaqueReturned", plaque_returned_on=of_event("returned_on"), plaque_limit=None),
        _sets("PointSuspended", suspended_on=of_event("suspended_on")),
        _sets("PointResumed", suspended_on=None),
        _rule("PointProcedureOpened", _procedure),
        _rule("PointProcedureClosed", _procedure),
        _sets(
            "PointRetired",
            retired_on=of_event("retired_on"),
            ground=of_event("ground"),
            next_term=None,
            renewal_id=None,
            retirement_id=None,
        ),
        Rule("LimitMoved", "points", id_of_stream("point"), _limit_moved),
        *RULES,
    ],
    vocabularies={SOURCE: EVENTS},
)
