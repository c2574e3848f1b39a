"""Searching cases by words: the words are sent and not asked, so that they stand in no address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from services.portal.labels import KINDS, label_choices
from services.portal.pages.asking import Part, ask_part
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.command_form import Answer
from services.portal.pages.forms import Form
from services.portal.pages.submitting import filled, text
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid
from shared.contracts.roles import Role

pages = Blueprint("searching", __name__)

_OPENING = (Role.OFFICER, Role.LEADER, Role.POINT)
PURPOSE = "检索线索和意见的文字"
NAMES = {
    "words": "检索词",
    "nature": "类别",
    "status": "线索阶段",
    "kind": "问题类型",
    "district": "行政区划",
    "body": "反映的机关",
}
_CHOICES = {"nature": "nature", "status": "clue_status", "kind": "clue_kind"}


@pages.get("/search")
@allow(*_OPENING)
def search() -> Answer:
    return _page(Form(), None)


@pages.post("/search")
@allow(*_OPENING)
def found() -> Answer:
    """What the words and filters leave; a filter that is no value of ours filters nothing."""
    typed = Form.of(request.form)
    try:
        part = ask_part("clues", "SearchCases", _asked(typed))
    except Invalid as invalid:
        wrong = {its.path for its in invalid.problems}
        told = {
            "words": "请填写检索词，每个词至少两个字，几个词之间用空格隔开，一共不超过 100 个字。"
        }
        errors = told if "words" in wrong else {"body": "机关名称不超过 200 个字。"}
        return _page(Form(typed.values, errors), None)
    return _page(typed, part)


def _asked(typed: Form) -> dict[str, Any]:
    known = {
        name: typed.value(name)
        for name, kind in _CHOICES.items()
        if typed.value(name) in {str(value) for value in KINDS[kind]}
    }
    if typed.value("district") in {choice[0] for choice in districts_told()}:
        known["district"] = typed.value("district")
    return filled(words=text(typed, "words"), body=text(typed, "body"), purpose=PURPOSE, **known)


def _page(form: Form, part: Part | None) -> Answer:
    page = render_template(
        "clues/search.html",
        part=part,
        form=form,
        names=NAMES,
        purpose=PURPOSE,
        choices={name: label_choices(kind) for name, kind in _CHOICES.items()},
        districts=districts_told(),
        mine=current_visitor().role is Role.POINT,
    )
    return page, 422 if form.is_wrong else 200
