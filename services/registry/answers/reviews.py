"""Review groups, what a review has on record, and opinions asked about applicants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from services.registry.answers.naming import (
    named_for_purpose,
    refuse_unstated,
    says_of_unit,
)
from services.registry.answers.panels import panel_of
from services.registry.answers.partners import GOES_ON, partnership_of
from services.registry.answers.seeing import BODIES, BUREAU, WATCHING, may_see_application
from services.registry.domain.leaving import WITHDRAWABLE
from services.registry.handlers.aggregates import APPLICATION, REVIEW_GROUP
from services.registry.handlers.common import may_answer
from services.registry.views import SOURCE
from services.registry.views.applications import sealed_in
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.events import EVENTS
from shared.contracts.scope import covers, prefix
from shared.projections.model import Row
from shared.service.finding import fitting, says
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import happened, recorded

RECORDS = (
    "RecusalDeclared",
    "RecusalsExamined",
    "PoliticalDirectionRecorded",
    "GovernanceAbilityRecorded",
    "VisitRecorded",
    "TalkRecorded",
    "FlagResolved",
    "OpinionAnswered",
    "OpinionTakenBack",
    "VoteCast",
    "ReviewConcluded",
)
"""What a review puts on record beside its checks."""

_UNIT = ("unit_name", "credit_code", "address")
_COLUMNS = (
    "o.opinion_id, o.application_id, o.source, o.body, o.asked_on, o.due_on,"
    " o.provisional, o.overdue, o.view, o.by_body, o.answered_on, o.late, o.document,"
    " o.taken_back_on, o.body_unit, a.division, a.unit_kind, a.status"
)
_FROM = (
    " FROM readmodel.reviews_opinions o"
    " JOIN readmodel.applications_applications a USING (application_id)"
)
_OPINIONS = f"SELECT {_COLUMNS}{_FROM}"
_LISTED = f"SELECT {_COLUMNS}, a.sealed{_FROM}"


def show_review_group(asked: Asked) -> Any:
    """For the bureau that runs the batch, and for its members wherever they are."""
    rows = asked.rows(
        "SELECT g.*, b.division FROM readmodel.reviews_groups g"
        " JOIN readmodel.batches_batches b USING (batch_id) WHERE batch_id = %s",
        asked.query.batch_id,
    )
    if not rows or not _may_see_group(asked, rows[0]):
        raise NotFound("review_group", asked.query.batch_id)
    group = dict(rows[0])
    statements = group.pop("statements")
    declared = {member: its[-1]["declared_on"] for member, its in statements.items()}
    stream = REVIEW_GROUP.stream(asked.query.batch_id)
    return {
        **group,
        "declared": declared,
        "stream": stream,
        "events": happened(asked, stream, group["version"]),
    }


def _may_see_group(asked: Asked, group: Row) -> bool:
    return asked.actor.id in group["members"] or covers(asked.actor.division, group["division"])


def open_review(asked: Asked) -> Any:
    """`ties`: members whom the rules keep out, whether that is on record (`recused`) or not."""
    rows = asked.rows(
        "SELECT a.*, e.recused, e.resolutions, e.votes FROM readmodel.reviews_examinations e"
        " JOIN readmodel.applications_applications a USING (application_id)"
        " WHERE application_id = %s",
        asked.query.application_id,
    )
    if not rows or not may_see_application(asked.actor, rows[0]):
        raise NotFound("review", asked.query.application_id)
    row = rows[0]
    asked.note_opening(f"application:{asked.query.application_id}", asked.query.purpose)
    stream = APPLICATION.stream(asked.query.application_id)
    opinions = asked.rows(
        f"{_OPINIONS} WHERE o.application_id = %s ORDER BY o.asked_on, o.opinion_id",
        asked.query.application_id,
    )
    panel = panel_of(asked, row)
    named = ("application_id", "recused", "resolutions", "votes", "version")
    return {
        **{name: row[name] for name in named},
        "stream": stream,
        "members": [] if panel is None else sorted(panel.members),
        "ties": {} if panel is None else {name: str(its) for name, its in panel.ties.items()},
        "opinions": opinions,
        "records": recorded(asked, EVENTS, stream, RECORDS, row["version"]),
    }


def list_opinions(asked: Asked) -> Any:
    """By the day they are due. A body sees what it was asked about applicants in its divisions.

    Nobody waits for an answer any more once the application has ended, so that it is not open.
    Purpose and words as in `applications.list_applications`.
    """
    refuse_unstated(asked)
    key = after(asked.query.cursor, dt.date, str) or [None, None]
    words, most = asked.query.words, fetch(asked.query.limit)
    fits = None if words is None else partial(_says, asked, words)
    rows = fitting(partial(_opinions, asked), key, _KEY, fits, most)
    found = page(rows, asked.query.limit, *_KEY)
    return {**found, "items": [_listed(asked, row) for row in found["items"]]}


_KEY = ("due_on", "opinion_id")


def _says(asked: Asked, words: str, row: Row) -> bool:
    return says(words, row["body"]) or says_of_unit(asked, words, row)


def _listed(asked: Asked, row: Row) -> Row:
    if asked.query.purpose is not None:
        return named_for_purpose(asked, row)
    return {name: its for name, its in row.items() if name != "sealed"}


def _opinions(asked: Asked, key: Sequence[Any], most: int) -> list[Row]:
    """So many of them behind a key."""
    due_on, identifier = key
    return asked.rows(
        f"{_LISTED} WHERE (%(about)s::text IS NULL OR o.application_id = %(about)s)"
        " AND (%(open)s::boolean IS NULL OR (o.answered_on IS NULL"
        "  AND o.taken_back_on IS NULL) = %(open)s)"
        " AND (NOT coalesce(%(open)s, false) OR a.status = ANY (%(under_way)s))"
        " AND starts_with(a.division, %(within)s)"
        " AND (NOT %(is_body)s OR o.body_unit = %(unit)s)"
        f" AND {GOES_ON}"
        " AND (%(id)s::text IS NULL OR (o.due_on, o.opinion_id) > (%(due_on)s::date, %(id)s))"
        " ORDER BY o.due_on, o.opinion_id LIMIT %(most)s",
        about=asked.query.application_id,
        open=asked.query.open,
        under_way=[str(its) for its in WITHDRAWABLE],
        is_body=asked.actor.role in BODIES,
        unit=asked.actor.unit,
        within=prefix(asked.actor.division),
        due_on=due_on,
        id=identifier,
        most=most,
        **partnership_of(asked).parameters(),
    )


def open_opinion(asked: Asked) -> Any:
    """Whoever is asked must know about whom; nothing else of the application is told."""
    identifier = asked.query.opinion_id
    rows = asked.rows(f"{_OPINIONS} WHERE o.opinion_id = %s", identifier)
    if not rows or not _may_see_opinion(asked, rows[0]):
        raise NotFound("opinion", identifier)
    if partnership_of(asked).has_ended_for(rows[0]["division"]):
        raise NotFound("opinion", identifier)
    row = rows[0]
    asked.note_opening(f"application:{row['application_id']}", asked.query.purpose)
    (application,) = asked.rows(
        "SELECT sealed, version FROM readmodel.applications_applications WHERE application_id = %s",
        row["application_id"],
    )
    stream, sealed = APPLICATION.stream(row["application_id"]), application["sealed"]
    answers = [
        its["values"]["text"]
        for its in recorded(asked, EVENTS, stream, ("OpinionAnswered",), application["version"])
        if its["values"]["opinion_id"] == identifier
    ]
    return {
        **row,
        **{
            name: asked.personal(SOURCE, stream, sealed_in(sealed[name]), name, sealed[name])
            for name in _UNIT
        },
        "text": answers[0] if answers else None,
        "stream": stream,
        "version": application["version"],
    }


def _may_see_opinion(asked: Asked, row: Row) -> bool:
    if asked.actor.role in BODIES:
        return may_answer(asked.actor, row["body_unit"], row["division"])
    return covers(asked.actor.division, row["division"])


_MODELS = ("reviews", "applications")

QUERIES: dict[type, QueryRoute] = {
    queries.ShowReviewGroup: QueryRoute(WATCHING, ("reviews", "batches"), show_review_group),
    queries.OpenReview: QueryRoute(BUREAU, _MODELS, open_review),
    queries.ListOpinions: QueryRoute(WATCHING | BODIES, _MODELS, list_opinions),
    queries.OpenOpinion: QueryRoute(BUREAU | BODIES, _MODELS, open_opinion),
}
