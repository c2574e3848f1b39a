"""The evidence of a clue: what there is, one file of it, and more by bureau and point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.pages.clues.enclosing import enclosed
from services.portal.pages.clues.my_filings import MINE, PURPOSE
from services.portal.pages.clues.opening import evidence_of, purpose
from services.portal.pages.command_form import Answer, CommandForm, form_page
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, Words, new_form
from services.portal.web.access import allow
from services.portal.web.edge import services
from services.portal.web.evidence import evidence_file
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("evidence", __name__)

FIELD = "files"
NAMES: Mapping[str, str] = {FIELD: "文件"}
WORDS: Words = {
    (FIELD, "missing"): "请选择文件。",
    (FIELD, "bad_length"): "请选择文件。",
    (FIELD, "already_exists"): "这个文件已经提交过。",
}
ATTACH = CommandForm("AttachEvidence", NAMES, WORDS, "evidence_attached", service="clues")
_BUREAU = (Role.OFFICER, Role.LEADER)


def sent_evidence(clue_id: str) -> tuple[Form, Submitted]:
    """What came of a form with files for a clue. Raises NotFound."""
    given = enclosed(Form.of(request.form), FIELD)
    payload = {"clue_id": clue_id, FIELD: given.plain()}
    return given.typed, ATTACH.submit(given.typed, payload, also=given.wrong)


def opened_evidence(clue_id: str, file_id: str, why: str) -> Response:
    """One file, to be saved. Raises NotFound, also for what cannot be an id."""
    asked = {"clue_id": clue_id, "file_id": file_id, "purpose": why}
    try:
        opened = services().query("clues", "OpenEvidence", asked).result
    except Invalid:
        raise NotFound("evidence", file_id) from None
    return evidence_file(opened)


@pages.get("/clues/<clue_id>/evidence")
@allow(*_BUREAU, Role.POINT)
def evidence(clue_id: str) -> Answer:
    """Raises NotFound."""
    return _page(clue_id, Submitted(new_form()))


@pages.post("/clues/<clue_id>/evidence")
@takes_files
@allow(*_BUREAU, Role.POINT)
def attach(clue_id: str) -> AnyResponse | Answer:
    """Raises NotFound."""
    _, done = sent_evidence(clue_id)
    if not done.is_done:
        return _page(clue_id, done)
    return ATTACH.onwards(_up(clue_id)[-1][1], done)


@pages.get("/clues/<clue_id>/evidence/<file_id>")
@allow(*_BUREAU, Role.POINT)
def read(clue_id: str, file_id: str) -> Response:
    """The file; that it was opened is on record. Raises NotFound."""
    of_point = current_visitor().role is Role.POINT
    return opened_evidence(clue_id, file_id, PURPOSE if of_point else purpose())


def _up(clue_id: str) -> list[tuple[str, str]]:
    if current_visitor().role is Role.POINT:
        return [MINE, ("问题线索", f"/my/filings/clues/{clue_id}")]
    return [("问题线索", "/clues"), ("线索详情", f"/clues/{clue_id}")]


def _page(clue_id: str, shown: Submitted) -> Answer:
    here = f"/clues/{clue_id}/evidence"
    told: dict[str, Any] = {"here": here, "up": _up(clue_id), "field": FIELD}
    return form_page("clues/evidence_page.html", evidence_of(clue_id), shown, NAMES, **told)
