"""Points to choose from by their names, and those for which nobody has an account yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.asking import all_items, ask_one
from services.portal.pages.districts import Choice
from services.portal.pages.layout import division_name
from services.portal.web.calls import ServiceAway
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound


def points_in_office(but: str | None = None) -> list[Choice]:
    """`(point_id, name and district)` of those within the visitor's divisions; none while the
    registry is away.

    but: one that cannot be chosen
    """
    return [
        (row["point_id"], f"{row['unit_name']}（{division_name(row['division'])}）")
        for row in _in_office()
        if row["point_id"] != but
    ]


def with_account() -> set[str] | None:
    """Ids of the points that an open account acts for; None while it cannot be told."""
    try:
        return {row["point_id"] for row in all_items("portal", "ListPointsWithAccounts", {})}
    except ServiceAway:
        return None


def without_account() -> list[Mapping[str, Any]]:
    """Points in office within the visitor's divisions that nobody can act for, as far as known."""
    known = with_account()
    if known is None:
        return []
    return [row for row in _in_office() if row["point_id"] not in known]


def point_name(point_id: str) -> str:
    """The name of the unit that a point is, its id where none can be told."""
    try:
        part = ask_one("ShowPoint", "point_id", point_id)
    except NotFound:
        return point_id
    return str(part.result["unit_name"]) if part.result else point_id


def _in_office() -> list[Mapping[str, Any]]:
    within = current_visitor().division or edge().settings.city
    try:
        return list(all_items("registry", "ListPoints", {"active": True, "division": within}))
    except ServiceAway:
        return []
