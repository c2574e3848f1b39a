"""Documents of an application: which files are brought for it, and what makes them part of it."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.domain.documents import OF_APPLICANT, OF_REVIEW
from services.registry.handlers.aggregates import APPLICATION
from services.registry.handlers.common import known, of
from services.registry.handlers.panels import refuse_tied_bureau
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import DocumentKind
from shared.contracts.roles import Role
from shared.contracts.transfers import BeginUpload
from shared.service.command_bus import Route
from shared.service.uploads import Admitted, UploadRules
from shared.service.work import Work

MIB = 1024 * 1024
BRINGS: dict[Role, frozenset[DocumentKind]] = {
    Role.APPLICANT: OF_APPLICANT,
    Role.OFFICER: frozenset(DocumentKind),
    Role.REVIEWER: OF_REVIEW | {DocumentKind.OTHER},
}
"""Who brings documents, and of which kinds."""


def admit(work: Work, begin: BeginUpload) -> Admitted:
    """A file for an application that the actor knows and that still takes documents."""
    state = _own(work, begin.owner_id)
    if (state.status, commands.AttachDocument) not in application.TRANSITIONS:
        raise Refused(Reason.WRONG_STATE, "the application takes no documents any more")
    return Admitted(
        owner=APPLICATION.stream(begin.owner_id),
        subject=f"application:{begin.owner_id}",
        largest=work.context.settings.file_mib * MIB,
    )


def attach_document(work: Work, command: commands.AttachDocument) -> None:
    _own(work, command.application_id)
    refuse_tied_bureau(work, command.application_id)
    _refuse_kind(work, command.kind)
    file = work.file(command.document_id)
    owner, uploader = APPLICATION.stream(command.application_id), work.actor.id
    if file is None or not file.checked or (file.owner, file.uploader) != (owner, uploader):
        raise Refused(Reason.FILE_INCOMPLETE, "bring the whole file first", ["document_id"])
    for name in ("media_type", "size", "sha256"):
        if getattr(file, name) != getattr(command, name):
            raise Refused(Reason.FILE_DIFFERS, "the file that lies here is another", [name])
    work.decide(APPLICATION, command.application_id, command)


def withdraw_document(work: Work, command: commands.WithdrawDocument) -> None:
    state = _own(work, command.application_id)
    refuse_tied_bureau(work, command.application_id)
    found = state.documents.get(command.document_id)
    if found is not None:
        _refuse_kind(work, found.kind)
    work.decide(APPLICATION, command.application_id, command)


def _own(work: Work, application_id: str) -> application.Application:
    """The application; an applicant knows of its own alone."""
    state: application.Application = work.require(APPLICATION, application_id)
    if work.actor.role is not Role.APPLICANT:
        known(work, APPLICATION, application_id)
    elif state.filed_by != work.actor.id:
        raise NotFound(APPLICATION.prefix, application_id)
    return state


def _refuse_kind(work: Work, kind: DocumentKind) -> None:
    if kind not in BRINGS[work.actor.role]:
        raise Refused(
            Reason.DOCUMENT_KIND_NOT_YOURS, f"{kind} is not for {work.actor.role}", ["kind"]
        )


ROUTES: dict[type, Route] = {
    commands.AttachDocument: Route(BRINGS, of(APPLICATION, "application_id"), attach_document),
    commands.WithdrawDocument: Route(BRINGS, of(APPLICATION, "application_id"), withdraw_document),
}

UPLOADS = UploadRules(
    roles=frozenset(BRINGS), admit=admit, named_by=("DocumentAttached", "document_id")
)
