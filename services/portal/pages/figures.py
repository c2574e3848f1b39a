"""A bureau's figures of a year: market entities and output of its districts."""

from __future__ import annotations

import re
import uuid
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.figures_sheet import FIGURES_SHEET
from services.portal.pages.asking import Part, ask_part
from services.portal.pages.command_form import Answer, CommandForm, form_page
from services.portal.pages.districts import bureau, districts
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.sheet_form import SheetUpload
from services.portal.pages.submitting import Submitted, Words, filled, new_form, text, whole
from services.portal.web.access import allow
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("figures", __name__)

_RECORDING = (Role.OFFICER, Role.ADMINISTRATOR)
_FIRST_YEAR = 1949
_SHEET = SheetUpload(
    "RecordDistrictFigures",
    FIGURES_SHEET,
    {
        "division": "区划代码",
        "market_entities": "经营主体数",
        "output_wan": "经济总量",
        "name": "区县",
        "reason": "更正理由",
    },
    "figures_recorded",
    words={
        ("file", "wrong_type"): "请填写整数，例如 52000。",
        ("file", "reasons_needed"): "该年已有数据，请在表格的“更正理由”栏写明为什么更正。",
    },
)
_PATH = re.compile(r"figures\[([0-9]+)\]\.(market_entities|output_wan)")


@pages.get("/figures")
@allow(*_RECORDING, Role.LEADER)
def figures() -> Answer:
    """Of the year that `?year=` names, else of the newest on record, else of this one."""
    named = request.args.get("year", "")
    return _page(_year(named) if named else _newest_year(), None)


@pages.post("/figures")
@allow(*_RECORDING)
def record() -> Response | Answer:
    """Districts whose boxes are both empty are left out; the rest is the year's whole record."""
    typed = Form.of(request.form)
    year = _year(typed.value("year"))
    named = [code for code, _ in districts(bureau()) if _is_given(typed, code)]
    payload = {
        "division": bureau(),
        "year": year,
        "figures": [
            filled(
                division=code,
                market_entities=whole(typed, f"market_entities-{code}"),
                output_wan=whole(typed, f"output_wan-{code}"),
            )
            for code in named
        ],
        **filled(reason=text(typed, "reason")),
    }
    form = CommandForm(
        "RecordDistrictFigures",
        _names(),
        _words(),
        "figures_recorded",
        field_of=lambda path: _field(path, named),
    )
    return form.send(typed, payload, "/figures", partial(_page, year), year=str(year))


@pages.post("/figures/sheet")
@takes_files
@allow(*_RECORDING)
def record_sheet() -> Response | Answer:
    """A year's figures from a table (CSV), whole or not at all; faults are told by their lines."""
    typed = Form.of(request.form)
    year = _year(typed.value("year"))
    beside = {"division": bureau(), "year": year}
    return _SHEET.send(typed, beside, "/figures", partial(_page, year), year=str(year))


def _year(text: str) -> int:
    """The year that a text names, this one for none that can be."""
    this = today().year
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return this
    return int(text) if _FIRST_YEAR <= int(text) <= this else this


def _newest_year() -> int:
    part = ask_part("assessment", "ShowCoverage", {"division": bureau()})
    return int(part.result["year"] or today().year) if part.result else today().year


def _is_given(typed: Form, code: str) -> bool:
    return any(typed.value(f"{name}-{code}").strip() for name in ("market_entities", "output_wan"))


def _names() -> dict[str, str]:
    """The boxes, in the order of the page; `figures` stands for all of them."""
    boxes = {
        f"{field}-{code}": f"{name}{word}"
        for code, name in districts(bureau())
        for field, word in (("market_entities", "经营主体数"), ("output_wan", "经济总量"))
    }
    return {"figures": "区县数据", **boxes, "reason": "更正的理由"}


def _field(path: str, named: list[str]) -> str:
    """`figures[2].market_entities` is the box of the third district that was filled in."""
    found = _PATH.fullmatch(path)
    if found is None:
        return path
    return f"{found[2]}-{named[int(found[1])]}"


def _words() -> Words:
    told = {("figures", "bad_length"): "请至少填写一个区县的数据。"}
    for name in _names():
        told[name, "missing"] = "填写了经济总量的，请同时填写经营主体数。"
        told[name, "out_of_range"] = "请填写 0 或者正整数。"
    told["reason", "reasons_needed"] = "该年已有数据，请写明为什么更正。"
    told["reason", "bad_length"] = "理由不超过 4000 个字。"
    return told


def _page(year: int, shown: Submitted | None) -> Answer:
    part = ask_part("assessment", "ShowCoverage", {"division": bureau(), "year": year})
    if shown is None:
        shown = Submitted(new_form(year=year, **_recorded(part)))
    return form_page(
        "desk/figures.html",
        part,
        shown,
        {**_names(), **_SHEET.labels},
        sheet_id=str(uuid.uuid4()),
        example=FIGURES_SHEET.example,
        year=year,
        years=range(today().year, today().year - 6, -1),
        rows=[{"code": code, "name": name} for code, name in districts(bureau())],
        bureau=division_name(bureau()),
        may_record=current_visitor().role in _RECORDING,
    )


def _recorded(part: Part) -> dict[str, str]:
    """The boxes as they were recorded last."""
    rows: list[dict[str, Any]] = part.result["districts"] if part.result else []
    return {
        f"{name}-{row['division']}": str(row[name])
        for row in rows
        for name in ("market_entities", "output_wan")
        if row[name] is not None
    }
