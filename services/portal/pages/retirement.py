"""A point retires, on a ground of the rules and on facts."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.asking import ask_one
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked
from services.portal.pages.submitting import (
    Submitted,
    Words,
    filled,
    go_on,
    new_form,
    submit,
    text,
)
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("retirement", __name__)

NAMES = {"ground": "退出情形", "facts": "事实"}
_WORDS: Words = {
    ("ground", "missing"): "请选择退出情形。",
    ("facts", "missing"): "请写明事实和依据。",
    ("facts", "bad_length"): "请写明事实，不超过 4000 个字。",
}


@pages.get("/points/<point_id>/retirement")
@allow(Role.LEADER)
def retirement(point_id: str) -> tuple[str, int]:
    """Raises NotFound."""
    return _page(point_id, None)


@pages.post("/points/<point_id>/retirement")
@allow(Role.LEADER)
def retire(point_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(point_id=point_id, ground=typed.value("ground"), facts=text(typed, "facts"))
    submitted = submit(typed, "RetirePoint", payload, NAMES, words=_WORDS)
    if submitted.is_done:
        return go_on(f"/points/{point_id}", submitted, "retired")
    return _page(point_id, submitted)


def _page(point_id: str, shown: Submitted | None) -> tuple[str, int]:
    after = after_asked(request.args) if shown is None else shown.after
    part = ask_one("ShowPoint", "point_id", point_id, after)
    if shown is None:
        version = part.result["version"] if part.result else ""
        shown = Submitted(new_form(expected_version=version))
    page = render_template(
        "desk/retirement.html",
        point_id=point_id,
        part=part,
        stale=part.stale,
        submitted=shown,
        form=shown.form,
        names=NAMES,
    )
    return page, shown.status
