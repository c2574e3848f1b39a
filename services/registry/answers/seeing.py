"""Which rows an asker sees at all."""

from __future__ import annotations

from services.registry.handlers.aggregates import (
    APPLICATION,
    BATCH,
    CERTIFICATES,
    FIGURES,
    NOTICE,
    POINT,
    RENEWAL,
    RETIREMENT,
    REVIEW_GROUP,
    SETTINGS,
)
from shared.access.actor import Actor
from shared.contracts.roles import EVERYBODY, Role
from shared.contracts.scope import covers
from shared.contracts.spelling import spelling
from shared.erasure import answers as erasure
from shared.erasure.aggregate import ERASURE
from shared.projections.model import Row
from shared.service.query_bus import Rows

BUREAU = frozenset({Role.OFFICER, Role.REVIEWER, Role.LEADER})
"""Those who work on applications."""
WATCHING = BUREAU | {Role.AUDITOR}
"""Those who see the bureau's work."""
BODIES = frozenset({Role.ENFORCEMENT_BODY, Role.PARTNER})
"""Those who are asked for an opinion on an applicant."""
ANYONE = EVERYBODY


def may_work(actor: Actor, division: str) -> bool:
    """Whether the asker acts for the bureau of a division, which is their own or lies below it."""
    return actor.role in BUREAU and covers(actor.division, division)


def may_see_application(actor: Actor, row: Row) -> bool:
    """An applicant its own, a partner those that name its body; all others by their divisions."""
    if actor.role is Role.APPLICANT:
        return bool(row["filed_by"] == actor.id)
    if actor.role is Role.PARTNER and not names(row["recommender"], actor.unit):
        return False
    return covers(actor.division, row["division"])


def may_see_work(actor: Actor, row: Row) -> bool:
    """What is open about a point: the bureau's people within their divisions, and the point."""
    if actor.role is Role.POINT:
        return bool(actor.unit == row["point_id"])
    return actor.role in WATCHING and covers(actor.division, row["division"])


def names(recommender: str | None, body: str | None) -> bool:
    """Whether an application's recommender is the body that somebody acts for."""
    named = recommender is not None and body is not None
    return named and spelling(str(recommender)) == spelling(str(body))


def may_follow(actor: Actor, rows: Rows, stream: str, version: int) -> bool:
    """Whether the actor may know that the stream has got so far.

    Streams of batches and notices go on when somebody objects: everybody knows that they began,
    the bureau alone how far they are.
    """
    if stream.startswith(ERASURE.stream("")):
        return erasure.may_follow(actor, rows, stream)
    kind = next((its for its in _FOLLOWED if stream.startswith(its.stream(""))), None)
    if kind in (POINT, CERTIFICATES, SETTINGS):
        return True
    if kind in (RENEWAL, RETIREMENT) and actor.role in WATCHING | {Role.POINT}:
        return any(may_see_work(actor, row) for row in rows(_ABOUT_POINT, stream))
    if kind in (BATCH, NOTICE):
        return version == 1 or actor.role in WATCHING
    if kind is FIGURES:
        return actor.role in WATCHING | {Role.ADMINISTRATOR}
    if kind is APPLICATION and actor.role in WATCHING | {Role.APPLICANT, Role.PARTNER}:
        return any(may_see_application(actor, row) for row in rows(_SUBMITTED, stream))
    if kind is APPLICATION and actor.role in BODIES:
        return any(
            covers(actor.division, its["division"]) for its in rows(_ASKED, stream, actor.unit)
        )
    return kind is REVIEW_GROUP and actor.role in WATCHING


_FOLLOWED = (
    BATCH, APPLICATION, NOTICE, POINT, FIGURES, SETTINGS, CERTIFICATES, RENEWAL, RETIREMENT,
    REVIEW_GROUP,
)  # fmt: skip
# From the log, since who waits for a model waits because it may not show the row yet.
_SUBMITTED = (
    "SELECT body->'internal'->'filed_by'->>'value' AS filed_by,"
    " body->'internal'->'division'->>'value' AS division,"
    " body->'internal'->'recommender'->>'value' AS recommender"
    " FROM eventlog.event WHERE stream = %s AND version = 1"
)
_ABOUT_POINT = (
    "SELECT opened.point_id, placed.division FROM (SELECT"
    "  body->'internal'->'point_id'->>'value' AS point_id"
    "  FROM eventlog.event WHERE stream = %s AND version = 1) opened"
    " JOIN LATERAL (SELECT body->'public'->>'division' AS division FROM eventlog.event"
    "  WHERE stream = 'point-' || opened.point_id AND type IN ('PointDesignated', 'PointMoved')"
    "  ORDER BY version DESC LIMIT 1) placed ON true"
)
_ASKED = (
    "SELECT placed.division FROM (SELECT stream FROM eventlog.event"
    "  WHERE stream = %s AND type = 'OpinionAsked'"
    "  AND body->'internal'->'body_unit'->>'value' = %s LIMIT 1) asked"
    " JOIN LATERAL (SELECT body->'internal'->'division'->>'value' AS division"
    "  FROM eventlog.event WHERE stream = asked.stream AND type IN"
    "  ('ApplicationSubmitted', 'SupplementSubmitted', 'UnitDataCorrected')"
    "  ORDER BY version DESC LIMIT 1) placed ON true"
)
