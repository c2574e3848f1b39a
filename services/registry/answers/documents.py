"""Documents of an application: a list that tells no name, and one opened for a purpose."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from services.registry.answers.panels import examination_of, panel_of
from services.registry.answers.seeing import BUREAU, WATCHING, may_see_application
from services.registry.answers.settings import settings_in_force
from services.registry.domain.application import takes
from services.registry.domain.documents import missing, required
from services.registry.domain.recusal import REVIEWED_BY
from services.registry.domain.settings import Settings
from services.registry.domain.steps_of_review import stays_out
from services.registry.handlers.aggregates import APPLICATION
from services.registry.handlers.documents import BRINGS
from services.registry.views import SOURCE
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    DocumentKind,
    UnitKind,
)
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.transfers import file_subject

_LISTED = "document_id, application_id, kind, media_type, size, sha256, attached_at, withdrawn_at"


def list_documents(asked: Asked) -> Any:
    """As they came; an applicant sees none that was withdrawn."""
    _refuse_unknown(asked)
    (place,) = after(asked.query.cursor, int) or [None]
    rows = asked.rows(
        f"SELECT {_LISTED}, place FROM readmodel.documents_documents"  # noqa: S608 - our own
        " WHERE application_id = %s AND (%s OR withdrawn_at IS NULL)"
        " AND (%s::bigint IS NULL OR place > %s) ORDER BY place LIMIT %s",
        *(asked.query.application_id, asked.actor.role is not Role.APPLICANT),
        *(place, place, fetch(asked.query.limit)),
    )
    return page(rows, asked.query.limit, "place")


def open_document(asked: Asked) -> Any:
    """One document with its file's name; the id of this query opens the file to the asker."""
    _refuse_unknown(asked)
    rows = asked.rows(
        f"SELECT {_LISTED}, sealed FROM readmodel.documents_documents"  # noqa: S608 - our own
        " WHERE document_id = %s AND application_id = %s AND (%s OR withdrawn_at IS NULL)",
        *(asked.query.document_id, asked.query.application_id),
        asked.actor.role is not Role.APPLICANT,
    )
    if not rows:
        raise NotFound("document", asked.query.document_id)
    row = rows[0]
    asked.note_opening(f"application:{row['application_id']}", asked.query.purpose)
    asked.note_opening(file_subject(row["document_id"]), asked.query.purpose)
    stream, kept = APPLICATION.stream(row["application_id"]), row.pop("sealed")["file_name"]
    name = asked.personal(SOURCE, stream, "DocumentAttached", "file_name", kept)
    return {**row, "file_name": name, "opening": asked.envelope.id}


def documents_of(asked: Asked, application: Row) -> Row:
    """`brings`: kinds that the asker may bring and take back now, none for who stays out of what
    concerns the unit; `missing`: those still needed.

    `largest_mib`: how large a file may be today
    """
    status = ApplicationStatus(application["status"])
    own = (
        frozenset() if _stays_out(asked, application) else BRINGS.get(asked.actor.role, frozenset())
    )
    return {
        "brings": [str(kind) for kind in DocumentKind if kind in own and takes(status, kind)],
        "missing": [str(kind) for kind in documents_missing(asked, application)],
        "largest_mib": settings_in_force(asked, asked.today).file_mib,
    }


def _stays_out(asked: Asked, application: Row) -> bool:
    actor = asked.actor
    if actor.role not in REVIEWED_BY:
        return False
    panel, its = panel_of(asked, application), examination_of(asked, application)
    return stays_out(panel, its, actor.id, actor.role) is not None


def documents_missing(asked: Asked, application: Row) -> list[DocumentKind]:
    """Kinds that a unit of this kind and channel needs, and that nobody has attached."""
    there = asked.rows(
        "SELECT DISTINCT kind FROM readmodel.documents_documents"
        " WHERE application_id = %s AND withdrawn_at IS NULL",
        application["application_id"],
    )
    return missing(
        UnitKind(application["unit_kind"]),
        Channel(application["channel"]),
        [DocumentKind(row["kind"]) for row in there],
        settings_in_force(asked, application["filed_on"] or asked.today),
    )


def papers_asked(settings: Settings) -> Row:
    """What whoever applies by these figures brings: each kind with whom it is asked of.

    `{kinds: [{kind, unit_kinds, channels}], must, largest_mib, check_days}`; must: whether the
    formal check cannot pass without them, check_days: the working days it has after the
    application was handed in, until whose end they can be brought
    """
    asked_of = {
        (unit_kind, channel): required(unit_kind, channel, settings)
        for unit_kind in UnitKind
        for channel in Channel
    }
    return {
        "kinds": [
            {
                "kind": str(kind),
                "unit_kinds": [str(its) for its in UnitKind if _asked(asked_of, kind, its)],
                "channels": [str(its) for its in Channel if _asked(asked_of, kind, its)],
            }
            for kind in DocumentKind
            if any(kind in kinds for kinds in asked_of.values())
        ],
        "must": bool(settings.documents_required),
        "largest_mib": settings.file_mib,
        "check_days": settings.formal_check_days,
    }


def _asked(
    asked_of: Mapping[tuple[UnitKind, Channel], Set[DocumentKind]],
    kind: DocumentKind,
    of: UnitKind | Channel,
) -> bool:
    return any(of in whom and kind in kinds for whom, kinds in asked_of.items())


def _refuse_unknown(asked: Asked) -> Row:
    """The application's row. Raises NotFound for one that the asker does not see."""
    rows = asked.rows(
        "SELECT division, filed_by FROM readmodel.applications_applications"
        " WHERE application_id = %s",
        asked.query.application_id,
    )
    if not rows or not may_see_application(asked.actor, rows[0]):
        raise NotFound("application", asked.query.application_id)
    return rows[0]


_MODELS = ("applications", "documents")

QUERIES: dict[type, QueryRoute] = {
    queries.ListDocuments: QueryRoute(WATCHING | {Role.APPLICANT}, _MODELS, list_documents),
    queries.OpenDocument: QueryRoute(BUREAU | {Role.APPLICANT}, _MODELS, open_document),
}
