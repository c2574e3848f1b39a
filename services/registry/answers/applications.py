"""Applications: lists without personal data, and one opened for a purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from services.registry.answers.documents import documents_of
from services.registry.answers.naming import (
    named_for_purpose,
    refuse_unstated,
    says_of_unit,
    unit_data,
)
from services.registry.answers.partners import GOES_ON, partnership_of
from services.registry.answers.seeing import BUREAU, WATCHING, may_see_application, may_work
from services.registry.answers.steps import steps
from services.registry.handlers.aggregates import APPLICATION
from services.registry.views import SOURCE
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import ApplicationStatus, Check
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.contracts.spelling import spelling
from shared.projections.model import Row
from shared.service.finding import fitting
from shared.service.history import stream_history
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute

_SEALED = ("unit_name", "credit_code", "address", "contact_name", "contact_phone")
_LISTED = (
    "application_id, batch_id, status, channel, recommender, unit_kind, division,"
    " industry_group, size, findings, rejection_stage, grounds, notice_id, point_id, filed_at,"
    " recommendation, check_due, check_provisional, check_overdue, supplement_due,"
    " supplement_provisional, version, changed_at"
)
_INNER = frozenset({"RecusalDeclared", "RecusalsExamined", "FlagResolved", "VoteCast"})
"""Events that an applicant is not told of: who reviews it, and how they decided."""
_FILED = ("ApplicationSubmitted", "SupplementSubmitted", "UnitDataCorrected")
_STATED = ("industry_section", "trade", "staff", "revenue_wan", "assets_wan")
_ITSELF = frozenset({"application_id", "filed_by"})
"""What history need not repeat: which application this is, and whose account."""


def list_applications(asked: Asked) -> Any:
    """The latest first; an applicant's own over all batches, others' within their divisions.

    A partner sees those alone that name its body as their recommender, while it is one. For a
    purpose each has its unit's name, and is noted as opened for it. Raises Invalid for words
    without a purpose, and Refused for who watches alone.
    """
    refuse_unstated(asked)
    key = after(asked.query.cursor, dt.datetime, str) or [None, None]
    words, most = asked.query.words, fetch(asked.query.limit)
    fits = None if words is None else partial(says_of_unit, asked, words)
    rows = fitting(partial(_applications, asked), key, _KEY, fits, most)
    found = page(rows, asked.query.limit, *_KEY)
    return {**found, "items": [_listed(asked, row) for row in found["items"]]}


_KEY = ("filed_at", "application_id")


def _listed(asked: Asked, row: Row) -> Row:
    told = {name: its for name, its in row.items() if name != "sealed"}
    if asked.query.purpose is not None:
        told = named_for_purpose(asked, row)
    if asked.actor.role is Role.APPLICANT:
        return _for_applicant(told)
    return _for_recommender(told) if asked.actor.role is Role.PARTNER else told


def _applications(asked: Asked, key: Sequence[Any], most: int) -> list[Row]:
    """So many of them behind a key."""
    own = asked.actor.id if asked.actor.role is Role.APPLICANT else None
    body = spelling(asked.actor.unit or "") if asked.actor.role is Role.PARTNER else None
    return asked.rows(
        f"SELECT {_LISTED}, sealed FROM readmodel.applications_applications"  # noqa: S608 - ours
        " WHERE (%(batch_id)s::text IS NULL OR batch_id = %(batch_id)s)"
        " AND (%(status)s::text IS NULL OR status = %(status)s)"
        " AND (%(own)s::text IS NULL OR filed_by = %(own)s)"
        " AND (%(own)s::text IS NOT NULL OR starts_with(division, %(within)s))"
        " AND (%(body)s::text IS NULL OR recommender_spelt = %(body)s)"
        f" AND {GOES_ON} AND (%(last)s::text IS NULL"
        "  OR (filed_at, application_id) < (%(filed_at)s::timestamptz, %(last)s))"
        " ORDER BY filed_at DESC, application_id DESC LIMIT %(most)s",
        batch_id=asked.query.batch_id,
        status=None if asked.query.status is None else str(asked.query.status),
        own=own,
        within=prefix(asked.actor.division),
        body=body,
        filed_at=key[0],
        last=key[1],
        most=most,
        **partnership_of(asked).parameters(),
    )


def open_application(asked: Asked) -> Any:
    """One application with its sealed fields, sealed anew to the asker.

    The bureau also sees checks with their evidence, what each event changed, and next steps.
    """
    row = _row(asked)
    asked.note_opening(f"application:{asked.query.application_id}", asked.query.purpose)
    if asked.actor.role is Role.PARTNER:
        return _opened_for_recommender(asked, row)
    told = {
        **{name: row[name] for name in (name.strip() for name in _LISTED.split(","))},
        **unit_data(asked, row, _SEALED),
        "stream": _stream(asked),
        "reasons": None,
        "missing": None,
        "history": stream_history(asked.rows, _stream(asked), row["version"], _ITSELF),
        "documents": documents_of(asked, row),
        "stated": _stated(asked, row),
        "steps": [],
        "reserve_rank": _reserve_rank(asked, row),
    }
    if row["reasons"] is not None:
        event = "ApplicationLeftOut" if row["status"] == "left_out" else "ApplicationRejected"
        told |= _personal(asked, event, ("reasons",), {"reasons": row["reasons"]})
    if row["missing"] is not None:
        told |= _personal(asked, "SupplementRequested", ("missing",), {"missing": row["missing"]})
    if asked.actor.role is Role.APPLICANT:
        return _for_applicant(told)
    return {**told, "checks": _checks(asked, row), "steps": steps(asked, row)}


def open_applications(asked: Asked) -> Any:
    """By id, each with its unit's name, sealed anew to the asker. Raises NotFound for the batch."""
    its = asked.query
    _check_batch(asked)
    cursor = after(its.cursor, str) or [None]
    rows = asked.rows(
        f"SELECT {_LISTED}, sealed FROM readmodel.applications_applications"  # noqa: S608 - ours
        " WHERE batch_id = %s AND status = %s AND (%s::text IS NULL OR application_id > %s)"
        " ORDER BY application_id LIMIT %s",
        *(its.batch_id, str(its.status), cursor[0], cursor[0], fetch(its.limit)),
    )
    found = page(rows, its.limit, "application_id")
    return {**found, "items": [named_for_purpose(asked, row) for row in found["items"]]}


def opened_units(asked: Asked, application_ids: Sequence[str]) -> list[Row]:
    """These applications in this order, as a list names them; why one was left out, if it was.

    Each is noted as opened for the query's purpose.
    """
    rows = asked.rows(
        f"SELECT {_LISTED}, sealed, reasons FROM readmodel.applications_applications"  # noqa: S608 - ours
        " WHERE application_id = ANY (%s)",
        list(application_ids),
    )
    known = {row["application_id"]: row for row in rows}
    return [_with_reasons(asked, known[each]) for each in application_ids if each in known]


def _with_reasons(asked: Asked, row: Row) -> Row:
    kept = row["reasons"] if row["status"] == ApplicationStatus.LEFT_OUT else None
    stream = APPLICATION.stream(row["application_id"])
    reasons = asked.personal(SOURCE, stream, "ApplicationLeftOut", "reasons", kept)
    return {**named_for_purpose(asked, row), "reasons": reasons}


def _check_batch(asked: Asked) -> None:
    rows = asked.rows(
        "SELECT division FROM readmodel.batches_batches WHERE batch_id = %s", asked.query.batch_id
    )
    if not rows or not may_work(asked.actor, rows[0]["division"]):
        raise NotFound("batch", asked.query.batch_id)


def _row(asked: Asked) -> Row:
    rows = asked.rows(
        "SELECT * FROM readmodel.applications_applications WHERE application_id = %s",
        asked.query.application_id,
    )
    if not rows or not may_see_application(asked.actor, rows[0]):
        raise NotFound("application", asked.query.application_id)
    if partnership_of(asked).has_ended_for(rows[0]["division"]):
        raise NotFound("application", asked.query.application_id)
    return rows[0]


def _for_applicant(row: Row) -> Row:
    """Not what the reviewers found, nor how they voted."""
    told = {**row, "findings": {}}
    if "history" in row:
        told["history"] = [
            {**event, "changed": {}} for event in row["history"] if event["type"] not in _INNER
        ]
    return told


def _for_recommender(row: Row) -> Row:
    """Which unit asks to be recommended, and where it stands; not what was found, nor why."""
    return {**row, "findings": {}, "rejection_stage": None, "grounds": None}


def _opened_for_recommender(asked: Asked, row: Row) -> Row:
    """What a recommender must know of a unit to stand by it; not who is to be called."""
    told = {name: row[name] for name in (name.strip() for name in _LISTED.split(","))}
    return {
        **_for_recommender(told),
        **dict.fromkeys(("contact_name", "contact_phone", "reasons", "missing")),
        **unit_data(asked, row, ("unit_name", "credit_code", "address")),
        "stream": _stream(asked),
        "reserve_rank": None,
        "history": [],
        "steps": [],
    }


def _reserve_rank(asked: Asked, row: Row) -> int | None:
    """Its place among the reserves of its batch now, the next to move up being the first."""
    if row["status"] != ApplicationStatus.RESERVE:
        return None
    for batch in asked.rows(
        "SELECT reserves FROM readmodel.batches_batches WHERE batch_id = %s", row["batch_id"]
    ):
        reserves: list[str] = batch["reserves"]
        if row["application_id"] in reserves:
            return reserves.index(row["application_id"]) + 1
    return None


def _stated(asked: Asked, row: Row) -> Row:
    """What is stated of the unit's trade and figures, as its class of size follows from it."""
    (said,) = asked.rows(
        "SELECT body->'internal' AS internal FROM eventlog.event"
        " WHERE stream = %s AND version <= %s AND type = ANY (%s)"
        " ORDER BY version DESC LIMIT 1",
        *(_stream(asked), row["version"], list(_FILED)),
    )
    return {name: said["internal"][name]["value"] for name in _STATED}


def _personal(asked: Asked, event: str, names: tuple[str, ...], sealed: Row) -> Row:
    stream = _stream(asked)
    return {name: asked.personal(SOURCE, stream, event, name, sealed[name]) for name in names}


def _checks(asked: Asked, row: Row) -> list[Row]:
    """Each check made, with its evidence: the last of each kind holds."""
    rows = asked.rows(
        "SELECT occurred_at, body->'public'->>'check' AS check,"
        " body->'internal'->'finding'->>'value' AS finding,"
        " body->'internal'->'documents'->'value' AS documents,"
        " body->'sealed'->'evidence' AS evidence FROM eventlog.event"
        " WHERE stream = %s AND type = 'ReviewCheckRecorded' AND version <= %s ORDER BY version",
        _stream(asked),
        row["version"],
    )
    last = {made["check"]: made for made in rows}
    return [
        {
            "check": str(check),
            "made_at": last[check]["occurred_at"],
            "finding": last[check]["finding"],
            "documents": last[check]["documents"] or [],
            **_personal(asked, "ReviewCheckRecorded", ("evidence",), last[check]),
        }
        for check in Check
        if check in last
    ]


def _stream(asked: Asked) -> str:
    return APPLICATION.stream(asked.query.application_id)


QUERIES: dict[type, QueryRoute] = {
    queries.ListApplications: QueryRoute(
        WATCHING | {Role.APPLICANT, Role.PARTNER},
        ("applications",),
        list_applications,
    ),
    queries.OpenApplications: QueryRoute(BUREAU, ("applications", "batches"), open_applications),
    queries.OpenApplication: QueryRoute(
        BUREAU | {Role.APPLICANT, Role.PARTNER},
        ("applications", "notices", "batches", "documents", "reviews", "settings"),
        open_application,
    ),
}
