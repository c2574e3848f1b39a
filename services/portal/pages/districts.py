"""Divisions to choose from."""

from __future__ import annotations

from services.portal.pages.layout import today
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.reference.divisions import Divisions, UnknownDivision

Choice = tuple[str, str]


def bureau() -> str:
    """The division whose bureau runs what is made here: the visitor's own, else the city's."""
    return current_visitor().division or edge().settings.city


def districts(of: str) -> list[Choice]:
    """Districts and counties in a division, `(code, name)`: those that nothing lies below."""
    table = Divisions.for_year(today().year)
    try:
        return [(code, table.name(code)) for code in table.leaves(of)]
    except UnknownDivision:
        return []


def areas(of: str) -> list[Choice]:
    """A division itself, and its districts."""
    table = Divisions.for_year(today().year)
    if not table.is_known(of):
        return [(of, of)]
    return [(of, table.name(of)), *(its for its in districts(of) if its[0] != of)]
