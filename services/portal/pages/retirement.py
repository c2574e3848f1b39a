"""A point retires, on a ground of the rules and on facts."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_one
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page, version_of
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("retirement", __name__)

RETIREMENT = CommandForm(
    "RetirePoint",
    {"ground": "退出情形", "facts": "事实"},
    {
        ("ground", "missing"): "请选择退出情形。",
        ("facts", "missing"): "请写明事实和依据。",
        ("facts", "bad_length"): "请写明事实，不超过 4000 个字。",
    },
    "retired",
)


@pages.get("/points/<point_id>/retirement")
@allow(Role.LEADER)
def retirement(point_id: str) -> Answer:
    """Raises NotFound."""
    return _page(point_id, None)


@pages.post("/points/<point_id>/retirement")
@allow(Role.LEADER)
def retire(point_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(point_id=point_id, ground=typed.value("ground"), facts=text(typed, "facts"))
    return RETIREMENT.send(typed, payload, f"/points/{point_id}", partial(_page, point_id))


def _page(point_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for another bureau's point: it is public, but not to be worked on here."""
    part = ask_one("ShowPoint", "point_id", point_id, after_of(shown))
    if part.result and not part.result["may_work"]:
        raise NotFound("point", point_id)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    return form_page("desk/retirement.html", part, shown, RETIREMENT.names, point_id=point_id)
