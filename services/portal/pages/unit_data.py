"""Correcting a unit's data, until it is designated."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages import application_form, whose
from services.portal.pages.application_form import NAMES, WORDS, tidy
from services.portal.pages.application_work import may
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.districts import districts
from services.portal.pages.forms import Form
from services.portal.pages.industries import industry_choices
from services.portal.pages.submitting import Submitted, filled, go_on, text, whole
from services.portal.web.access import allow
from services.portal.web.edge import edge
from shared.contracts.roles import Role

pages = Blueprint("unit_data", __name__)

_DATA = [name for name in NAMES if name not in ("channel", "recommender", "unit_kind")]
_FIGURES = ("staff", "revenue_wan", "assets_wan")
CORRECT = CommandForm(
    "CorrectUnitData",
    {**{name: NAMES[name] for name in _DATA}, "reason": "理由"},
    {
        **WORDS,
        ("unit_name", "own_recommender"): "该名称与推荐单位相同，申报单位不能推荐自己，请核对。",
        ("credit_code", "out_of_scope"): (
            "该单位正在公示，更正代码须重新计算公示期，请转告发布公示的司法局更正。"
        ),
        ("reason", "missing"): "请写明更正的理由。",
        ("reason", "bad_length"): "理由不超过 4000 个字。",
    },
    "unit_data_corrected",
)
_EMPTIED = "更正不能清空，请填写正确的内容。"


@pages.get("/applications/<application_id>/data")
@allow(Role.OFFICER)
def unit_data(application_id: str) -> Answer:
    """Raises NotFound."""
    return _page(application_id, None)


@pages.post("/applications/<application_id>/data")
@allow(Role.OFFICER)
def correct(application_id: str) -> Response | Answer:
    """Only what differs from what is stated is sent. Raises NotFound."""
    typed = Form.of(request.form)
    present = whose.opened(application_id, None).result
    stated = application_form.stated(present) if present else {}
    values = {name: tidy(name, typed.value(name)) for name in _DATA if name in typed.values}
    changed = {name: its for name, its in values.items() if its != stated.get(name, "")}
    payload = filled(
        application_id=application_id,
        **{name: whole(typed, name) if name in _FIGURES else its for name, its in changed.items()},
        reason=text(typed, "reason"),
    )
    emptied = {name: _EMPTIED for name, its in changed.items() if not its}
    done = CORRECT.submit(typed, payload, also=emptied)
    if done.is_done:
        return go_on(whose.home(application_id), done, CORRECT.note)
    return _page(application_id, done)


def _page(application_id: str, shown: Submitted | None) -> Answer:
    part = whose.opened(application_id, shown)
    its = part.result
    open_to_it = [its["status"]] if its and may(its, [CORRECT.command]) else []
    return whose.shared_form(
        "entry/correction.html",
        application_id,
        shown,
        open_to_it,
        CORRECT.names,
        part,
        application_form.stated(part.result) if part.result else {},
        districts=districts(edge().settings.city),
        sections=industry_choices(),
    )
