"""A point's duty records (履职记录) as its timeline, each fact with what it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from services.portal.labels import label_choices
from services.portal.pages.asking import Part, ask_part
from services.portal.pages.forms import Form
from services.portal.pages.submitting import day
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("duty_records", __name__)

_SEES = (Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.POINT)

_OF_BUREAU: Mapping[str, str] = {
    "clue": "/clues/{}",
    "opinion": "/opinions-filed/{}",
    "box": "/opinion-boxes/{}",
    "symposium": "/symposia/{}",
    "publicity": "/publicity/{}",
    "report": "/quarterly-reports/{}",
}
_OF_POINT = {
    **_OF_BUREAU,
    "clue": "/my/filings/clues/{}",
    "opinion": "/my/filings/opinions/{}",
}
"""The word that a stream begins with → the page about its thing."""


@pages.get("/my/duties")
@allow(Role.POINT)
def mine() -> str:
    """Of the point that the visitor acts for. Raises NotFound for who acts for none."""
    unit = current_visitor().unit
    if unit is None:
        raise NotFound("point", "")
    return _page(unit)


@pages.get("/points/<point_id>/duty-records")
@allow(*_SEES)
def of_point(point_id: str) -> str:
    """Raises NotFound."""
    return _page(point_id)


def _page(point_id: str) -> str:
    typed = Form.of(request.args)
    days = {name: its for name in ("first_day", "last_day") if (its := day(typed, name))}
    part, wrong = _asked(point_id, days)
    return render_template(
        "duties/records.html",
        part=part,
        stale=part.stale,
        wrong=wrong,
        form=typed,
        counted=_counted(part),
        own=current_visitor().role is Role.POINT,
        path=request.path,
        way=_way,
    )


def _counted(part: Part) -> list[tuple[str, str]]:
    """How often of what, in the vocabulary's order."""
    counts = part.result["counts"] if part.result else {}
    return [
        (word, f"{counts[kind]} 次") for kind, word in label_choices("duty_kind") if kind in counts
    ]


def _asked(point_id: str, days: Mapping[str, str]) -> tuple[Part, bool]:
    """The records, and whether the days asked for were none. Raises NotFound."""
    try:
        return ask_part("assessment", "ShowDutyRecords", {"point_id": point_id, **days}), False
    except Invalid as invalid:
        if not days or any(its.path == "point_id" for its in invalid.problems):
            raise NotFound("point", point_id) from None
        return ask_part("assessment", "ShowDutyRecords", {"point_id": point_id}), True


def _way(fact: Mapping[str, Any]) -> str | None:
    """Where a fact leads whoever is here: its event's history, or the page of its thing."""
    role = current_visitor().role
    if role is Role.AUDITOR:
        return "/history?" + urlencode({"source": fact["source"], "stream": fact["stream"]})
    word, _, identifier = fact["stream"].partition("-")
    ways = _OF_POINT if role is Role.POINT else _OF_BUREAU
    return ways[word].format(identifier) if word in ways else None
