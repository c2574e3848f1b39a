"""The list of points with filters, one point, and how points are spread over the city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from services.portal.charts import csv_table
from services.portal.labels import KINDS, label
from services.portal.pages.asking import Part, all_items, ask_one, ask_page, ask_part
from services.portal.pages.coverage import counted_charts, districts_chart
from services.portal.pages.districts import districts
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name
from services.portal.pages.point_choices import with_account
from services.portal.pages.point_work import work_of
from services.portal.pages.reading import after_asked, cursor_asked, day_asked
from services.portal.pages.sheets import csv_response
from services.portal.pages.wording import iso_date
from services.portal.web.access import everyone
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role
from shared.contracts.scope import covers

pages = Blueprint("points", __name__)

_SEE_TO_ACCOUNTS = (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR)
_FILTERS = ("division", "industry_group", "size", "unit_kind", "channel")
_STANDINGS: Mapping[str, Mapping[str, Any]] = {
    "in_office": {"standing": "active"},
    "suspended": {"standing": "suspended"},
    "term_over": {"standing": "term_over"},
    "retired": {"standing": "retired"},
    "ends_soon": {"ends_soon": True},
}
"""Where a point stands → what the registry is asked."""


@pages.get("/points")
@everyone
def points() -> str:
    """A filter that is no value of ours filters nothing."""
    cursor = cursor_asked(request.args)
    chosen, day = _chosen(), day_asked(request.args)
    coverage = ask_part("assessment", "ShowCoverage", _coverage_asked(day))
    return render_template(
        "public/points.html",
        part=ask_page("ListPoints", _asked(chosen), cursor),
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        divisions=districts(edge().settings.city),
        coverage=coverage,
        day=day,
        of_day=Form({"day": [day or ""]}),
        spread=districts_chart(coverage.result) if coverage.result else None,
        counted=counted_charts(coverage.result) if coverage.result else [],
    )


@pages.get("/points.csv")
@everyone
def points_csv() -> Response:
    """All points that the filters of the address leave. Raises ServiceAway."""
    asked = _asked(_chosen())
    head = ["编号", "单位", "类型", "行政区划代码", "行政区划", "行业", "规模", "渠道"]
    rows = (
        [
            point["point_id"],
            point["unit_name"],
            label(point["unit_kind"], "unit_kind"),
            point["division"],
            division_name(point["division"]),
            label(point["industry_group"], "industry_group"),
            label(point["size"], "size"),
            label(point["channel"], "channel"),
            iso_date(point["designated_on"]),
            iso_date(point["term_ends_on"]),
            iso_date(point["retired_on"]),
        ]
        for point in all_items("registry", "ListPoints", asked)
    )
    return csv_response("points.csv", [*head, "确定日期", "管理期限至", "退出日期"], rows)


@pages.get("/coverage.csv")
@everyone
def coverage_csv() -> Response:
    """Points beside market entities by district, on `?day=` or today. Raises ServiceAway."""
    asked = _coverage_asked(day_asked(request.args))
    coverage = edge().calls.query("assessment", "ShowCoverage", asked).result
    return csv_response("coverage.csv", *csv_table(districts_chart(coverage)))


def _coverage_asked(day: str | None) -> dict[str, Any]:
    return {"division": edge().settings.city, "day": day}


@pages.get("/points/<point_id>")
@everyone
def point(point_id: str) -> str:
    """Raises NotFound."""
    found = ask_one("ShowPoint", "point_id", point_id, after_asked(request.args))
    return render_template(
        "public/point.html",
        part=found,
        stale=found.stale,
        designation=_designation(found),
        no_account=_has_no_account(found),
        **work_of(found),
    )


def _has_no_account(point: Part) -> bool:
    """Whether nobody can act for a point in office, as those are told who see to accounts."""
    its, visitor = point.result, current_visitor()
    if its is None or its["retired_on"] or visitor.role not in _SEE_TO_ACCOUNTS:
        return False
    if not covers(visitor.division, its["division"]):
        return False
    known = with_account()
    return known is not None and its["point_id"] not in known


def _designation(point: Part) -> str | None:
    """The notice whose decision made the unit a point; None where that cannot be told now."""
    if point.result is None:
        return None
    listed = ask_page("ListNotices", {"batch_id": point.result["batch_id"]})
    unit = point.result["application_id"]
    notices = listed.result["items"] if listed.result else []
    return next((its["notice_id"] for its in notices if unit in its["designated"]), None)


def _chosen() -> dict[str, str]:
    """Filter → value, of those that the address gives and that can be."""
    known: dict[str, set[str]] = {
        name: {str(value) for value in KINDS[name]} for name in _FILTERS if name in KINDS
    }
    known["division"] = {code for code, _ in districts(edge().settings.city)}
    known["standing"] = set(_STANDINGS)
    return {
        name: request.args[name]
        for name in (*_FILTERS, "standing")
        if request.args.get(name) in known[name]
    }


def _asked(chosen: dict[str, str]) -> dict[str, Any]:
    plain = {name: value for name, value in chosen.items() if name != "standing"}
    return {**plain, **_STANDINGS.get(chosen.get("standing", ""), {})}
