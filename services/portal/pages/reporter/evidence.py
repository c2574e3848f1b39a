"""The evidence of a reporter's own case: what they brought, and more of it, at any time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from services.portal.pages.asking import Part
from services.portal.pages.clues.evidence import (
    ATTACH,
    FIELD,
    NAMES,
    opened_evidence,
    sent_evidence,
)
from services.portal.pages.clues.opening import evidence_of
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.reporter.case import ask_case
from services.portal.pages.submitting import Submitted, new_form
from services.portal.web.access import allow
from services.portal.web.limits import limit_filing
from services.portal.web.reporting import AREA
from services.portal.web.uploads import takes_files
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("reporter_evidence", __name__)

_HERE = f"{AREA}/evidence"
_UP = [("反映问题、提意见", "/report"), ("办理进展", AREA)]
_OWN = "反映人查看自己提交的材料"


@pages.get(_HERE)
@allow(Role.REPORTER)
def evidence() -> Answer:
    """Raises NotFound."""
    return _page(Submitted(new_form()))


@pages.post(_HERE)
@takes_files
@limit_filing
@allow(Role.REPORTER)
def attach() -> AnyResponse | Answer:
    """Back to the case, whose address names nothing. Raises NotFound."""
    clue_id = _own_clue()
    if clue_id is None:
        return _page(Submitted(new_form(), status=503))
    _, done = sent_evidence(clue_id)
    return redirect(f"{AREA}?note={ATTACH.note}", 303) if done.is_done else _page(done)


@pages.get(f"{_HERE}/<file_id>")
@allow(Role.REPORTER)
def read(file_id: str) -> Response:
    """Their own file. Raises NotFound."""
    clue_id = _own_clue()
    if clue_id is None:
        raise NotFound("evidence", file_id)
    return opened_evidence(clue_id, file_id, _OWN)


def _own_clue() -> str | None:
    """None while the service is away. Raises NotFound for an opinion."""
    case = ask_case()
    if case.away:
        return None
    if case.result["nature"] != "clue":
        raise NotFound("clue", "")
    return str(case.result["id"])


def _page(shown: Submitted) -> Answer:
    clue_id = _own_clue()
    part = Part(away="问题线索") if clue_id is None else evidence_of(clue_id)
    told: dict[str, Any] = {"here": _HERE, "up": _UP, "field": FIELD}
    return form_page("clues/evidence_page.html", part, shown, NAMES, **told)
