"""What a meeting decided, read again with its minutes; its reserves, and how one moves up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_one, ask_part
from services.portal.pages.batches_staff import batch_and_units, shown_as
from services.portal.pages.command_form import Answer, CommandForm, form_page, version_of
from services.portal.pages.confirming import Question, Told
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked
from services.portal.pages.submitting import (
    Submitted,
    filled,
    new_form,
    text,
    without_index,
)
from services.portal.web.access import allow
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.zh import REFUSALS

pages = Blueprint("reserves", __name__)

_REASONS = "前面还有其他候补单位，请写明为什么由该单位先递补。"
PROMOTION = CommandForm(
    "PromoteReserve",
    {"reasons": "理由"},
    {
        ("reasons", "reasons_needed"): _REASONS,
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    "promoted",
    question=Question(
        "递补候补单位",
        "递补后该单位列入拟定名单，占用一个名额，不能退回候补。",
        "确认递补",
    ),
)
CLOSING = CommandForm(
    "CloseReserves",
    {"reasons": "理由"},
    {
        ("reasons", "missing"): "请写明为什么结束候补，理由会告知各候补单位。",
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    "reserves_closed",
    question=Question(
        "结束候补",
        "候补单位不再递补，按未列入名单处理，不能恢复；理由会告知各候补单位。",
        "确认结束候补",
    ),
)


@pages.get("/batches/<batch_id>/deliberations/<deliberation_id>")
@allow(Role.OFFICER, Role.LEADER)
def meeting(batch_id: str, deliberation_id: str) -> str:
    """Raises NotFound."""
    batch = ask_one("ShowBatch", "batch_id", batch_id, after_asked(request.args))
    part = Part(away=batch.away) if batch.away else _meeting(batch_id, deliberation_id)
    return render_template(
        "desk/meeting.html",
        part=part,
        batch=batch.result,
        batch_id=batch_id,
        purpose=opening.DELIBERATION,
        sides=_sides(part.result) if part.result else [],
    )


@pages.get("/batches/<batch_id>/reserves")
@allow(Role.OFFICER, Role.LEADER)
def reserves(batch_id: str) -> str:
    """Raises NotFound."""
    batch, rows = _reserves(batch_id, None)
    return render_template(
        "desk/reserves.html",
        part=batch,
        stale=batch.stale,
        away=rows.away,
        batch_id=batch_id,
        rows=rows.result or [],
        purpose=opening.DELIBERATION,
    )


@pages.get("/batches/<batch_id>/reserves/<application_id>/promotion")
@allow(Role.LEADER)
def promotion(batch_id: str, application_id: str) -> Answer:
    """Raises NotFound."""
    return _promotion_page(batch_id, application_id, None)


@pages.post("/batches/<batch_id>/reserves/<application_id>/promotion")
@allow(Role.LEADER)
def promote(batch_id: str, application_id: str) -> Response | Answer:
    """On to the notice of its own that the unit then needs. Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        batch_id=batch_id, application_id=application_id, reasons=text(typed, "reasons")
    )
    again = partial(_promotion_page, batch_id, application_id)
    told = partial(_promoted, batch_id, application_id)
    return PROMOTION.send(typed, payload, f"/batches/{batch_id}/notice", again, told)


@pages.get("/batches/<batch_id>/reserves/closing")
@allow(Role.LEADER)
def closing(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _closing_page(batch_id, None)


@pages.post("/batches/<batch_id>/reserves/closing")
@allow(Role.LEADER)
def close(batch_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(batch_id=batch_id, reasons=text(typed, "reasons"))
    again = partial(_closing_page, batch_id)
    onwards = f"/batches/{batch_id}/reserves"
    form = _closing_of(_reserves(batch_id, None)[1])
    return form.send(typed, payload, onwards, again, partial(_closed, batch_id))


def _closing_of(reserves: Part) -> CommandForm:
    """The closing form that tells each reserve apart: one that keeps the leader out is named."""
    by_rank = {f"reserves[{row['rank'] - 1}]": row for row in reserves.result or []}
    named = {f"reserve-{row['application_id']}": row["unit_name"] for row in by_rank.values()}
    fields = {path: f"reserve-{row['application_id']}" for path, row in by_rank.items()}
    return replace(
        CLOSING,
        names={**named, **CLOSING.names},
        field_of=lambda path: fields.get(path) or without_index(path),
    )


def _promoted(batch_id: str, application_id: str) -> Told:
    """Which reserve moves up."""
    _, rows = _reserves(batch_id, None)
    named = [row for row in rows.result or [] if row["application_id"] == application_id]
    return Told(facts=tuple(("候补单位", row["unit_name"]) for row in named))


def _closed(batch_id: str) -> Told:
    """Which reserves there will be no more."""
    _, rows = _reserves(batch_id, None)
    return Told(facts=(("候补单位", "、".join(row["unit_name"] for row in rows.result or [])),))


def _meeting(batch_id: str, deliberation_id: str) -> Part:
    asked = {"batch_id": batch_id, "deliberation_id": deliberation_id}
    try:
        return ask_part("registry", "OpenDeliberation", {**asked, "purpose": opening.DELIBERATION})
    except Invalid:
        raise NotFound("deliberation", deliberation_id) from None


def _sides(held: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the meeting decided, side by side; the units of each in the meeting's order."""
    units = {row["application_id"]: row for row in held["units"]}
    sides = (
        ("列入名单", "listed"),
        ("列为候补", "reserves"),
        ("不列入名单", "left_out"),
        ("取消资格", "struck_off"),
    )
    return [
        (word, [_row(units[each], rank) for rank, each in enumerate(held[name] or (), start=1)])
        for word, name in sides
        if held.get(name)
    ]


def _row(unit: dict[str, Any], rank: int) -> dict[str, Any]:
    _, unit_name, told = shown_as(unit)
    return {**unit, "unit_name": unit_name, "told": told, "rank": rank}


def _reserves(batch_id: str, shown: Submitted | None) -> tuple[Part, Part]:
    """The batch, and its reserves in their order with their rank. Raises NotFound."""
    batch, units = batch_and_units(batch_id, "reserve", opening.DELIBERATION, shown)
    if not batch.result or units.result is None:
        return batch, units
    by_id = {row["application_id"]: row for row in units.result}
    ordered = [each for each in batch.result["reserves"] if each in by_id]
    return batch, Part([_row(by_id[each], rank) for rank, each in enumerate(ordered, start=1)])


def _promotion_page(batch_id: str, application_id: str, shown: Submitted | None) -> Answer:
    batch, rows = _reserves(batch_id, shown)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(batch)))
    ordered = rows.result or []
    unit = next((row for row in ordered if row["application_id"] == application_id), None)
    return form_page(
        "desk/promotion.html",
        batch,
        shown,
        PROMOTION.names,
        batch_id=batch_id,
        application_id=application_id,
        away=rows.away,
        unit=unit,
        before=[row["unit_name"] for row in ordered if unit and row["rank"] < unit["rank"]],
        why_not=_why_not(batch.result, unit) if batch.result and not rows.away else None,
        purpose=opening.DELIBERATION,
    )


def _closing_page(batch_id: str, shown: Submitted | None) -> Answer:
    batch, rows = _reserves(batch_id, shown)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(batch)))
    return form_page(
        "desk/reserves_closing.html",
        batch,
        shown,
        _closing_of(rows).names,
        batch_id=batch_id,
        away=rows.away,
        rows=rows.result or [],
        purpose=opening.DELIBERATION,
    )


def _why_not(batch: Mapping[str, Any], unit: Mapping[str, Any] | None) -> str | None:
    """Why the unit cannot move up; None when it can."""
    if unit is None:
        return REFUSALS[Reason.NOT_A_RESERVE]
    if batch["places_left"] < 1:
        return "本批次没有空出的名额。"
    return None
