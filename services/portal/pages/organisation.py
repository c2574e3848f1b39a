"""The organisation behind the scheme: who answers for it in each district, who works along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.pages.asking import ask_all
from services.portal.pages.districts import areas
from services.portal.pages.partner_bodies import PARTNERS, REGISTERING
from services.portal.pages.reading import after_asked
from services.portal.pages.responsible_leaders import APPOINTING, LEADERS
from services.portal.web.access import everyone
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.scope import covers

pages = Blueprint("organisation", __name__)


@pages.get("/organisation")
@everyone
def organisation() -> str:
    """Those in office and still working along; with `?past=1` the former too."""
    past, after = request.args.get("past") == "1", after_asked(request.args)
    leaders = ask_all(LEADERS, {} if past else {"in_office": True}, after)
    partners = ask_all(PARTNERS, {} if past else {"active": True}, after)
    visitor = current_visitor()
    return render_template(
        "office/organisation.html",
        leaders=leaders,
        partners=partners,
        stale=leaders.stale or partners.stale,
        places=_places(leaders.result or ()),
        past=past,
        appoints=visitor.role in APPOINTING,
        works=visitor.role in REGISTERING,
        reaches=partial(covers, visitor.division),
    )


def _places(leaders: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The city and its districts with who answers there, one row each; none, too, is a row."""
    by_division: dict[str, list[Mapping[str, Any] | None]] = {}
    for its in leaders:
        by_division.setdefault(its["division"], []).append(its)
    known = [code for code, _ in areas(edge().settings.city)]
    return [
        {"division": code, "leader": leader}
        for code in (*known, *sorted(by_division.keys() - set(known)))
        for leader in by_division.get(code) or [None]
    ]
