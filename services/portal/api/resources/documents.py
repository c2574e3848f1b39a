"""Documents of applications, without their content (`services.portal.api.files`)."""

from __future__ import annotations

from services.portal.api.binding import Bound
from services.portal.api.resources.lines import ask, do
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_DOCUMENTS = "/applications/<id:application_id>/documents"
_DOCUMENT = f"{_DOCUMENTS}/<id:document_id>"
_SEEING = (Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.APPLICANT)
_BRINGING = (Role.APPLICANT, Role.OFFICER, Role.REVIEWER)

DOCUMENTS: tuple[Bound, ...] = (
    ask(_DOCUMENTS, queries.ListDocuments, *_SEEING, Role.AUDITOR, many=True),
    ask(_DOCUMENT, queries.OpenDocument, *_SEEING, personal=True),
    do(_DOCUMENTS, commands.AttachDocument, *_BRINGING),
    do(f"{_DOCUMENT}/withdrawal", commands.WithdrawDocument, *_BRINGING),
)
