"""Clues as the boards count them: rows of ListClues, read once a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import g

from services.portal.pages.asking import Part
from services.portal.pages.dashboard.board import everything
from shared.contracts.days import business_date

Case = Mapping[str, Any]

_TRUE = ("substantiated", "partly_substantiated")
_CONTENT = ("satisfied", "partly_satisfied")


def all_cases() -> Part:
    """Every clue that the asker may see."""
    return _kept("dashboard_cases", {})


def open_cases() -> Part:
    """Those of which something is to be done yet."""
    return _kept("dashboard_open_cases", {"open": True})


def _kept(name: str, asked: Mapping[str, Any]) -> Part:
    """Asked once, however many boards of one page count them."""
    part: Part | None = g.get(name)
    if part is None:
        part = everything("clues", "ListClues", asked)
        setattr(g, name, part)
    return part


def came_on(case: Case) -> dt.date:
    return business_date(dt.datetime.fromisoformat(case["filed_at"]))


def of_year(cases: list[Case], year: int) -> list[Case]:
    return [case for case in cases if came_on(case).year == year]


def is_decided(case: Case) -> bool:
    """Whether it was accepted or declined."""
    return case["declined"] is not None or case["status"] != "filed"


def is_accepted(case: Case) -> bool:
    return is_decided(case) and case["declined"] is None


def is_verified(case: Case) -> bool:
    return case["finding"] is not None


def is_true(case: Case) -> bool:
    """Substantiated, wholly or in part."""
    return case["finding"] in _TRUE


def is_rated(case: Case) -> bool:
    return case["satisfaction"] is not None


def is_content(case: Case) -> bool:
    return case["satisfaction"] in _CONTENT
