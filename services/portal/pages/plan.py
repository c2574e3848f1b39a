"""A batch's plan: its places per district, industry and size, beside what the figures propose.

A proposal fills in the boxes of the districts (`?proposal=`); the bureau changes them as it
decides, and both are put on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_one, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page, version_of
from services.portal.pages.districts import bureau, districts
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name
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
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.roles import Role

pages = Blueprint("plan", __name__)

_PLANNING = (Role.OFFICER, Role.LEADER)
_ITEM = re.compile(r"(districts|groups|sizes)\[([0-9]+)\]\.places")
_SIDES = {"districts": "district", "groups": "group", "sizes": "size"}
_SIDE_NAMES = {"districts": "各区县名额", "groups": "各行业名额", "sizes": "各规模名额"}
_SUM = "合计应当等于本批次的总名额。"

EXTENSION = CommandForm(
    "ExtendBatch",
    {"closes_on": "新的申报截止日期", "reason": "延长的理由"},
    {
        ("closes_on", "missing"): "请填写新的申报截止日期。",
        ("closes_on", "bad_format"): "没有这一天，请核对日期。",
        ("closes_on", "out_of_range"): "新的截止日期应当晚于现在的截止日期，也不能早于今天。",
        ("reason", "missing"): "请写明为什么延长。",
        ("reason", "bad_length"): "理由不超过 4000 个字。",
    },
    "batch_extended",
)


@pages.get("/batches/<batch_id>/plan")
@allow(*_PLANNING, Role.REVIEWER)
def plan(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _page(batch_id, None)


@pages.post("/batches/<batch_id>/plan")
@allow(*_PLANNING)
def plan_batch(batch_id: str) -> Response | Answer:
    """Boxes that are empty give no places; a side without any is left open. Raises NotFound."""
    typed = Form.of(request.form)
    sides = {
        "districts": _given(typed, "district", districts(_division(batch_id))),
        "groups": _given(typed, "group", label_choices("industry_group")),
        "sizes": _given(typed, "size", label_choices("size")),
    }
    keys = {"districts": "division", "groups": "industry_group", "sizes": "size"}
    payload = {
        "batch_id": batch_id,
        **{
            side: [{keys[side]: code, "places": places} for code, places in its.items()]
            for side, its in sides.items()
        },
        **filled(reason=text(typed, "reason"), proposal=_followed(batch_id, typed)),
    }
    names = _names(_division(batch_id))
    form = CommandForm(
        "PlanBatch",
        names,
        _words(names),
        "planned",
        field_of=partial(_field, {side: list(its) for side, its in sides.items()}),
    )
    return form.send(typed, payload, f"/batches/{batch_id}", partial(_page, batch_id))


@pages.get("/batches/<batch_id>/extension")
@allow(Role.LEADER)
def extension(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _extension_page(batch_id, None)


@pages.post("/batches/<batch_id>/extension")
@allow(Role.LEADER)
def extend(batch_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        batch_id=batch_id, closes_on=day(typed, "closes_on"), reason=text(typed, "reason")
    )
    again = partial(_extension_page, batch_id)
    return EXTENSION.send(typed, payload, f"/batches/{batch_id}", again)


@pages.get("/batches/<batch_id>/ranking")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR)
def ranking(batch_id: str) -> str:
    """Raises NotFound."""
    after = after_of(None)
    batch = ask_one("ShowBatch", "batch_id", batch_id, after)
    if batch.away:
        part = Part(away=batch.away)
    else:
        part = ask_one("RankCandidates", "batch_id", batch_id, after)
    return render_template(
        "plan/ranking.html",
        part=part,
        stale=batch.stale or part.stale,
        batch=batch.result,
        batch_id=batch_id,
        names=_unit_names(batch.result),
        purpose=opening.DELIBERATION,
        gap=gap,
    )


def _unit_names(batch: Mapping[str, Any] | None) -> dict[str, str]:
    """Candidate → its unit's name, for who works on the batch."""
    if not batch or not batch.get("may_work") or current_visitor().role is Role.AUDITOR:
        return {}
    units = opening.all_named(batch["batch_id"], "qualified", opening.DELIBERATION)
    return {row["application_id"]: row["unit_name"] for row in units.result or []}


def gap(its: Mapping[str, Any]) -> str:
    """One gap of the plan that a candidate fills, in words."""
    name = str(its["name"])
    match its["side"]:
        case "district" | "districts":
            name = division_name(name)
        case "group" | "groups":
            name = label(name, "industry_group")
        case _:
            name = label(name, "size")
    return f"{name}还缺 {its['open']} 个（计划 {its['planned']} 个）"


def _batch(batch_id: str, shown: Submitted | None) -> Part:
    """Raises NotFound for another bureau's batch."""
    batch = ask_one("ShowBatch", "batch_id", batch_id, after_of(shown))
    if batch.result and not batch.result.get("may_work"):
        raise NotFound("batch", batch_id)
    return batch


def _division(batch_id: str) -> str:
    """The batch's; while it cannot be asked for, the visitor's own."""
    batch = ask_one("ShowBatch", "batch_id", batch_id)
    return str(batch.result["division"]) if batch.result else bureau()


def _spread(batch_id: str) -> Part:
    """What the figures propose; nothing while there are none on record."""
    counting = request.values.get("counting") == "yes"
    try:
        return ask_part(
            "registry", "ProposeSpread", {"batch_id": batch_id, "counting_present": counting}
        )
    except Refused:
        return Part()


def _page(batch_id: str, shown: Submitted | None) -> Answer:
    batch = _batch(batch_id, shown)
    spread = Part(away=batch.away) if batch.away else _spread(batch_id)
    if shown is None:
        values = {"expected_version": version_of(batch), "followed": "", **_boxes(batch, spread)}
        shown = Submitted(new_form(**values))
    division = batch.result["division"] if batch.result else bureau()
    told = spread.result or {"districts": [], "proposals": []}
    return form_page(
        "plan/plan.html",
        batch,
        shown,
        _names(division),
        batch_id=batch_id,
        spread=spread,
        by_division={row["division"]: row for row in told["districts"]},
        proposals=[
            {**its, "key": f"{its['method']}:{its['weighting']}", "name": _proposal_name(its)}
            for its in told["proposals"]
        ],
        counting=request.values.get("counting", ""),
        districts=districts(division),
        may_plan=current_visitor().role in _PLANNING
        and bool(batch.result)
        and not any(its["decided"] for its in (batch.result or {}).get("deliberations", ())),
    )


def _proposal_name(its: Mapping[str, Any]) -> str:
    return f"{label(its['weighting'], 'weighting')}，{label(its['method'], 'apportionment')}"


def _boxes(batch: Part, spread: Part) -> dict[str, str]:
    """The boxes as the plan has them, or its districts as the asked proposal has them."""
    made = (batch.result or {}).get("plan") or {"districts": [], "groups": [], "sizes": []}
    keys = {"districts": "division", "groups": "industry_group", "sizes": "size"}
    boxes = {
        f"{_SIDES[side]}-{its[key]}": str(its["places"])
        for side, key in keys.items()
        for its in made[side]
    }
    asked = request.args.get("proposal", "")
    for its in (spread.result or {"proposals": []})["proposals"]:
        if asked == f"{its['method']}:{its['weighting']}":
            boxes |= {f"district-{code}": str(places) for code, places in its["places"].items()}
            boxes["followed"] = asked
    return boxes


def _given(typed: Form, side: str, choices: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Code → what its box says, of the boxes that say something."""
    said = {code: whole(typed, f"{side}-{code}") for code, _ in choices}
    return {code: places for code, places in said.items() if places is not None}


def _followed(batch_id: str, typed: Form) -> dict[str, Any] | None:
    """The proposal that the bureau went by, as the registry computes it anew."""
    method, _, weighting = typed.value("followed").partition(":")
    spread = _spread(batch_id).result if weighting else None
    if spread is None:
        return None
    counted = spread["districts"] if spread["counting_present"] else []
    return {
        "method": method,
        "weighting": weighting,
        "year": spread["year"],
        "present": [
            {"division": its["division"], "places": its["present"]}
            for its in counted
            if its["present"]
        ],
    }


def _names(division: str) -> dict[str, str]:
    """The boxes with their labels, in the order of the page; a side's name stands for all of it."""
    boxes = {
        "districts": dict(districts(division)),
        "groups": dict(label_choices("industry_group")),
        "sizes": dict(label_choices("size")),
    }
    names = {"followed": "采用的测算方案"}
    for side, its in boxes.items():
        names[side] = _SIDE_NAMES[side]
        names |= {f"{_SIDES[side]}-{code}": f"{word}名额" for code, word in its.items()}
    return {**names, "reason": "调整的理由"}


def _words(names: Mapping[str, str]) -> Words:
    told = {(name, "out_of_range"): "名额应为 0 到 1000。" for name in names}
    told |= {(side, "plan_does_not_fit"): _SUM for side in _SIDES}
    told["districts", "bad_length"] = "请至少填写一个区县的名额。"
    told["reason", "missing"] = "调整已有计划的，请写明理由。"
    told["reason", "reasons_needed"] = told["reason", "missing"]
    return told


def _field(given: Mapping[str, list[str]], path: str) -> str:
    """`districts[2].places` is the box of the third district that was filled in."""
    found = _ITEM.fullmatch(path)
    if found is None:
        return path.partition("[")[0].partition(".")[0]
    return f"{_SIDES[found[1]]}-{given[found[1]][int(found[2])]}"


def _extension_page(batch_id: str, shown: Submitted | None) -> Answer:
    batch = _batch(batch_id, shown)
    if shown is None:
        closes = boxes_of("closes_on", batch.result["closes_on"]) if batch.result else {}
        shown = Submitted(new_form(expected_version=version_of(batch), **closes))
    return form_page("plan/extension.html", batch, shown, EXTENSION.names, batch_id=batch_id)
