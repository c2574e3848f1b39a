"""What every template can use: words, addresses, who is here, which day it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Flask, request

from services.portal import charts
from services.portal.labels import label, label_choices
from services.portal.pages.files import file_kind, file_size
from services.portal.pages.navigation import current, navigation
from services.portal.pages.notes import asked_note
from services.portal.pages.receipts import objection_number
from services.portal.pages.wording import FILTERS
from services.portal.web.edge import edge
from services.portal.web.security import csrf_token
from services.portal.web.visitor import current_visitor
from shared.contracts.days import business_date
from shared.contracts.zh_fields import field_sentence
from shared.reference.divisions import Divisions, UnknownDivision


def install(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for function in (
        *FILTERS,
        label,
        division_name,
        field_sentence,
        objection_number,
        file_kind,
        file_size,
        charts.drawing,
        charts.page_columns,
        charts.shown,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.globals.update(
        label_choices=label_choices,
        csrf_token=csrf_token,
        today=today,
        bureau_name=bureau_name,
        is_demo=is_demo,
        visitor=current_visitor,
        asked_note=asked_note,
        site_url=lambda: edge().settings.url,
    )
    app.context_processor(_of_request)


def today() -> dt.date:
    """The business day (invariant 14)."""
    return business_date(edge().clock.now())


def division_name(code: str | None) -> str:
    """A division's name, its code when the table does not know it, "—" for none."""
    if code is None:
        return "—"
    try:
        return Divisions.for_year(today().year).name(code)
    except UnknownDivision:
        return code


def bureau_name(division: str | None = None) -> str:
    """The justice bureau of a division; without one, whose portal it is."""
    return f"{division_name(division or edge().settings.city)}司法局"


def is_demo() -> bool:
    """Whether this installation is for trying out: data is made up, the day can be moved."""
    return edge().environment == "local"


def _of_request() -> dict[str, Any]:
    visitor = current_visitor()
    items = navigation(visitor.role, visitor.unit)
    return {
        "navigation": items,
        "current": current(items, request.path),
        "path": request.path,
    }
