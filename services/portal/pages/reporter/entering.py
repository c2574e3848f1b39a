"""With a receipt code to one's case, and away from it.

The code comes by POST, so that it stands in no address and no log (decision 011). Whatever is
typed is hashed and asked for: a wrong code and one that nobody was given take the same steps and
get the same answer.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.forms import Form
from services.portal.pages.reporter.case import ask_case, case_page
from services.portal.pages.submitting import Submitted, text
from services.portal.receipts.receipts import Busy
from services.portal.web import reporting
from services.portal.web.access import everyone
from services.portal.web.edge import edge
from services.portal.web.limits import count_receipt_code, limit_entering
from services.portal.web.visitor import current_visitor, forget_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("reporter_entering", __name__)

_CODE = "receipt_code"
_NAMES = {_CODE: "查询码"}
_MISSING = "请填写查询码。"
_NOT_FOUND = "没有找到。请核对是不是 25 位数字、有没有抄错，再重新填写。"


@pages.get(reporting.AREA)
@everyone
def progress() -> Response | Answer | str:
    """The case of whoever has entered a code, else the form for it."""
    if current_visitor().role is not Role.REPORTER:
        return _form(Submitted(Form()))
    try:
        return case_page(ask_case())
    except NotFound:
        _forget()
        return _form(Submitted(Form()))


@pages.post(reporting.AREA)
@limit_entering
@everyone
def enter() -> Response | Answer:
    """On to the case; what was typed is not shown again. Raises TooMany and TooManyRequests."""
    typed = text(Form.of(request.form), _CODE)
    if not typed:
        return _form(Submitted(Form(errors={_CODE: _MISSING}), status=422))
    count_receipt_code()
    try:
        reporting.remember(edge().receipts.receipt_of(typed))
    except Busy:
        raise TooManyRequests(retry_after=5) from None
    forget_visitor()
    try:
        found = ask_case()
    except NotFound:
        _forget()
        return _form(Submitted(Form(errors={_CODE: _NOT_FOUND}), status=422))
    if found.away:
        _forget()
        return _form(Submitted(Form(), status=503), found)
    return redirect(reporting.AREA, 303)


@pages.post(f"{reporting.AREA}/end")
@everyone
def end() -> Response:
    """Whoever uses the browser next finds nothing."""
    _forget()
    return redirect(f"{reporting.AREA}?note=progress_ended", 303)


def _forget() -> None:
    reporting.forget()
    forget_visitor()


def _form(shown: Submitted, part: Part | None = None) -> Answer:
    over = request.args.get("over") == "yes"
    return form_page("reporter/enter.html", part or Part(), shown, _NAMES, over=over)
