"""One row of a list that is for everyone, for who works on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.asking import Part
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.scope import covers


def row_within(part: Part, name: str, identifier: str) -> Mapping[str, Any] | None:
    """The row whose id is `name`, None while the service is away.

    Raises NotFound, also for what lies outside the visitor's divisions.
    """
    if part.away:
        return None
    for row in part.result:
        if row[name] == identifier and covers(current_visitor().division, row["division"]):
            its: Mapping[str, Any] = row
            return its
    raise NotFound(name.removesuffix("_id"), identifier)


def version_of_row(its: Mapping[str, Any] | None) -> str:
    """The version that a new form about it stands on."""
    return str(its["version"]) if its else ""
