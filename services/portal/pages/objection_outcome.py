"""What came of an objection, for whoever holds its number and receipt code, account or not.

Both come by POST, so that the code stands in no address and no log (decision 011).
"""

from __future__ import annotations

from flask import Blueprint, request

from services.portal.pages.asking import Part, ask_part
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.forms import Form
from services.portal.pages.receipts import objection_named, readings
from services.portal.pages.submitting import Submitted, text
from services.portal.web.access import everyone
from services.portal.web.limits import limit_receipts
from shared.contracts.errors import Invalid, NotFound

pages = Blueprint("objection_outcome", __name__)

_NAMES = {"number": "异议编号", "receipt_code": "查询码"}
_MISSING = {"number": "请填写异议编号。", "receipt_code": "请填写查询码。"}
_NOT_FOUND = "没有找到这件异议。请核对编号和查询码后重新填写。"


@pages.get("/objection-outcome")
@everyone
def ask() -> Answer:
    return _page(Submitted(Form()), Part())


@pages.post("/objection-outcome")
@limit_receipts
@everyone
def tell() -> Answer:
    """A wrong code and a number that is none are answered alike."""
    typed = Form.of(request.form)
    errors = {name: said for name, said in _MISSING.items() if not text(typed, name)}
    if errors:
        return _page(Submitted(Form(typed.values, errors), status=422), Part())
    found = _outcome(text(typed, "number"), text(typed, "receipt_code"))
    if found is None:
        return _page(Submitted(Form(typed.values, problem=_NOT_FOUND), status=422), Part())
    return _page(Submitted(typed, status=503 if found.away else 200), found)


def _outcome(number: str, typed_code: str) -> Part | None:
    """What the registry says to number and code; None when they do not belong together."""
    for code in readings(typed_code):
        asked = {**objection_named(number), "receipt_code": code}
        try:
            return ask_part("registry", "FollowObjection", asked)
        except (Invalid, NotFound):
            continue
    return None


def _page(shown: Submitted, part: Part) -> Answer:
    return form_page("public/objection_outcome.html", part, shown, _NAMES)
