"""The limits by which enterprises of a trade are sized: changed from a day on, a trade whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.labels import KINDS, label
from services.portal.pages.acts import Field
from services.portal.pages.asking import ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.setting_fields import BACK, SETTING, WHEN_AND_WHY, WORDS, why_not
from services.portal.pages.submitting import (
    Submitted,
    Words,
    boxes_of,
    day,
    filled,
    new_form,
    text,
    whole,
)
from services.portal.web.access import allow
from shared.contracts.errors import NotFound
from shared.contracts.registry.vocabulary import Measure

pages = Blueprint("size_limits", __name__)

TIERS = {"large": "大型", "medium": "中型", "small": "小型"}
_PATH = re.compile(r"limits\[([0-9]+)\]\.(large|medium|small)")


@pages.get("/settings/size-limits/<trade>")
@allow(*SETTING)
def size_limits(trade: str) -> Answer:
    """Raises NotFound."""
    return _page(trade, None)


@pages.post("/settings/size-limits/<trade>")
@allow(*SETTING)
def change(trade: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    measures = [its for its in Measure if f"large-{its}" in typed.values]
    limits = [
        {
            "trade": trade,
            "measure": str(measure),
            **filled(**{tier: whole(typed, f"{tier}-{measure}") for tier in TIERS}),
        }
        for measure in measures
    ]
    payload = filled(
        effective_from=day(typed, "effective_from"),
        reason=text(typed, "reason"),
        corrects=text(typed, "corrects"),
    )
    boxes = _boxes(measures)
    form = CommandForm(
        "SetSizeLimits",
        {**{its.name: its.label for its in boxes}, **{its.name: its.label for its in WHEN_AND_WHY}},
        _words(boxes),
        "setting_changed",
        field_of=partial(_field, measures),
    )
    return form.send(typed, {**payload, "limits": limits}, "/settings", partial(_page, trade))


def _page(trade: str, shown: Submitted | None) -> Answer:
    if trade not in {str(its) for its in KINDS["trade"]}:
        raise NotFound("setting", trade)
    part = ask_part("registry", "ShowSettings", {}, after_of(shown))
    limits = _limits(part.result, trade) if part.result else []
    if shown is None:
        boxes = {f"{tier}-{its['measure']}": str(its[tier]) for its in limits for tier in TIERS}
        first = {**boxes, **boxes_of("effective_from", today().isoformat())}
        shown = Submitted(new_form(expected_version=version_of(part), **first))
    measures = [its for its in Measure if f"large-{its}" in shown.form.values]
    page = FormPage(
        title="变更企业规模划分标准",
        action=f"/settings/size-limits/{trade}",
        button="变更",
        back=BACK,
        fields=(*_boxes(measures), *WHEN_AND_WHY),
        facts=[("划型行业", label(trade, "trade"))],
        says="各项都达到下限的，才属于该规模。从生效日期起申报的按新的标准划分。",
        why_not=why_not(),
    )
    return page.show(part, shown, part.result)


def _limits(settings: Mapping[str, Any], trade: str) -> Sequence[Mapping[str, Any]]:
    (its,) = [row for row in settings["size_limits"] if row["trade"] == trade]
    limits: Sequence[Mapping[str, Any]] = its["limits"]
    return limits


def _boxes(measures: Sequence[Measure]) -> tuple[Field, ...]:
    return tuple(
        Field(f"{tier}-{its}", f"{label(its, 'measure')}：{word}下限", "whole")
        for its in measures
        for tier, word in TIERS.items()
    )


def _words(boxes: Sequence[Field]) -> Words:
    told = dict(WORDS)
    for its in boxes:
        told[its.name, "missing"] = "请填写下限。"
        told[its.name, "out_of_range"] = "应为正整数，大型、中型、小型依次减少。"
    return told


def _field(measures: Sequence[Measure], path: str) -> str:
    """`limits[1].large` is the box of the second measure."""
    found = _PATH.fullmatch(path)
    return path if found is None else f"{found[2]}-{measures[int(found[1])]}"
