"""An application's documents: brought as files, looked at, taken back.

One page for the applicant and for the bureau; the registry says which kinds are whose, and when.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from services.portal.labels import label
from services.portal.pages import whose
from services.portal.pages.asking import Part, all_items
from services.portal.pages.command_form import Answer, CommandForm, form_page, version_of
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, go_on, new_form, text
from services.portal.web.access import allow
from services.portal.web.calls import ServiceAway
from services.portal.web.downloads import stored_file
from services.portal.web.edge import services
from services.portal.web.problems import problem_of
from services.portal.web.reading import Unreadable
from services.portal.web.uploads import takes_files, upload
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.media import MediaType
from shared.contracts.publication.zh_names import zh_service
from shared.contracts.roles import Role

pages = Blueprint("documents", __name__)

_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
_BRINGING = (Role.APPLICANT, Role.OFFICER, Role.REVIEWER)
_ACCEPTED = ",".join(MediaType)

_OF_FILE: frozenset[str] = frozenset({"document_id", "media_type", "size", "sha256", "file_name"})

ATTACH = CommandForm(
    "AttachDocument",
    {"kind": "材料类别", "file": "文件"},
    {
        ("kind", "missing"): "请选择材料类别。",
        ("kind", "wrong_state"): "形式审查已经结束，申报材料不能再增加。",
        ("file", "bad_format"): "文件名中有不能使用的符号，请改名后重新选择。",
        ("file", "bad_length"): "文件名过长，请改短后重新选择。",
    },
    "document_brought",
    field_of=lambda path: "file" if path in _OF_FILE else path,
)
WITHDRAW = CommandForm(
    "WithdrawDocument",
    {"reasons": "理由"},
    {
        ("reasons", "missing"): "请写明为什么撤回。",
        ("reasons", "bad_length"): "请写明理由，不超过 4000 个字。",
    },
    "document_withdrawn",
)


@pages.get("/applications/<application_id>/documents")
@allow(Role.APPLICANT, *_BUREAU)
def documents(application_id: str) -> Answer:
    """Raises NotFound."""
    return _page(application_id, None)


@pages.post("/applications/<application_id>/documents")
@takes_files
@allow(*_BRINGING)
def bring(application_id: str) -> AnyResponse | Answer:
    """Takes the file first, then makes it a document. Raises NotFound."""
    typed, file = Form.of(request.form), request.files.get("file")
    again = partial(_page, application_id)
    wrong = _wrong(typed, file)
    if wrong or file is None:
        return again(Submitted(Form(typed.values, wrong), status=422))
    document_id = typed.value("document_id")
    try:
        brought = _brought(application_id, document_id, file)
    except Refused as refused:
        problem = problem_of(refused)
        told = Form(_anew(typed), {"file": problem.detail})
        return again(Submitted(told, status=problem.status))
    except Invalid:
        return again(
            Submitted(Form(typed.values, {"file": "文件是空的，请重新选择。"}), status=422)
        )
    except (ServiceAway, Unreadable, TooManyRequests) as error:
        problem = problem_of(error)
        return again(Submitted(Form(typed.values, problem=problem.detail), status=problem.status))
    payload = filled(
        application_id=application_id,
        document_id=document_id,
        kind=typed.value("kind"),
        file_name=_name(file),
        **brought,
    )
    return ATTACH.send(typed, payload, f"/applications/{application_id}/documents", again)


@pages.get("/applications/<application_id>/documents/<document_id>/file")
@allow(Role.APPLICANT, *_BUREAU)
def read(application_id: str, document_id: str) -> Response:
    """The file, to be saved; that it was opened is on record. Raises NotFound."""
    its = {"application_id": application_id, "document_id": document_id}
    asked = {**its, "purpose": whose.purpose()}
    try:
        opened = services().query("registry", "OpenDocument", asked).result
    except Invalid:
        raise NotFound("document", document_id) from None
    return stored_file("registry", opened)


@pages.get("/applications/<application_id>/documents/<document_id>/withdrawal")
@allow(*_BRINGING)
def withdrawal(application_id: str, document_id: str) -> Answer:
    """Asks first. Raises NotFound."""
    return _withdrawal_page(application_id, document_id, None)


@pages.post("/applications/<application_id>/documents/<document_id>/withdrawal")
@allow(*_BRINGING)
def withdraw(application_id: str, document_id: str) -> AnyResponse | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        application_id=application_id, document_id=document_id, reasons=text(typed, "reasons")
    )
    again = partial(_withdrawal_page, application_id, document_id)
    done = WITHDRAW.submit(typed, payload)
    here = f"/applications/{application_id}/documents"
    return go_on(here, done, WITHDRAW.note) if done.is_done else again(done)


def _brought(application_id: str, document_id: str, file: FileStorage) -> dict[str, Any]:
    """What lies in the registry now: media type, size and hash. Raises as `upload`."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    told = upload("registry", application_id, document_id, file.mimetype, file.stream, size)
    return {name: told[name] for name in ("media_type", "size", "sha256")}


def _wrong(typed: Form, file: FileStorage | None) -> dict[str, str]:
    """What can be told without sending anything."""
    wrong = {}
    if not typed.value("kind"):
        wrong["kind"] = ATTACH.words["kind", "missing"]
    if file is None or not file.filename:
        wrong["file"] = "请选择文件。"
    elif file.mimetype not in set(MediaType):
        wrong["file"] = "请选择 PDF、JPEG、PNG 或 WEBP 文件。"
    return wrong


def _anew(typed: Form) -> Mapping[str, list[str]]:
    """As typed, for another file: the one before was refused under its id."""
    ids = {name: [str(uuid.uuid4())] for name in ("document_id", "command_id")}
    return {**typed.values, **ids}


def _name(file: FileStorage) -> str:
    """Without the folders that some browsers tell."""
    return (file.filename or "").replace("\\", "/").rpartition("/")[2].strip()


def _listed(application_id: str) -> Part:
    asked = {"application_id": application_id}
    try:
        return Part(list(all_items("registry", "ListDocuments", asked)))
    except ServiceAway as away:
        return Part(away=zh_service(away.service))


def _page(application_id: str, shown: Submitted | None) -> Answer:
    part = whose.opened(application_id, shown)
    if shown is None:
        shown = Submitted(
            new_form(document_id=str(uuid.uuid4()), kind=request.args.get("kind", ""))
        )
    brings = part.result["documents"]["brings"] if part.result else []
    return form_page(
        "documents/documents.html",
        part,
        shown,
        ATTACH.names,
        application_id=application_id,
        listed=Part(away=part.away) if part.away else _listed(application_id),
        kinds=[(kind, label(kind, "document_kind")) for kind in brings],
        may_bring=current_visitor().role in _BRINGING,
        accepted=_ACCEPTED,
        up=whose.up(application_id),
    )


def _withdrawal_page(application_id: str, document_id: str, shown: Submitted | None) -> Answer:
    part = whose.opened(application_id, shown)
    listed = Part(away=part.away) if part.away else _listed(application_id)
    found = next((row for row in listed.result or [] if row["document_id"] == document_id), None)
    if found is None and not listed.away:
        raise NotFound("document", document_id)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    return form_page(
        "documents/withdrawal.html",
        part,
        shown,
        WITHDRAW.names,
        application_id=application_id,
        document_id=document_id,
        document=found,
        up=whose.up(application_id),
    )
