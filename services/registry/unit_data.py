"""What a unit's data make of it: its industry group and its size class.

Rules of selection, unit data: an enterprise's size is computed from its figures, an individual
business is its own class, villages and chambers declare a size for coverage only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shared.reference.divisions import Divisions
from shared.reference.enterprise_size import classify
from shared.reference.industry import group_of_section

from shared.contracts.errors import Invalid, Problem
from shared.contracts.registry.commands import SubmitApplication
from shared.contracts.registry.vocabulary import IndustryGroup, Size, UnitKind

_GROUP_OF_ORGANISATION = {
    UnitKind.VILLAGE_COMMUNITY: IndustryGroup.VILLAGE_COMMUNITY,
    UnitKind.CHAMBER: IndustryGroup.CHAMBER,
}
_FIGURES = ("trade", "staff", "revenue_wan", "assets_wan")


@dataclass(frozen=True)
class UnitProfile:
    industry_group: IndustryGroup
    size: Size


def profile(command: SubmitApplication, today: dt.date) -> UnitProfile:
    """The unit's group and size. Raises Invalid with every field that does not fit."""
    problems = [*_division(command, today), *_identity(command), *_industry(command)]
    problems += _size_fields(command)
    if problems:
        raise Invalid(problems)
    return UnitProfile(_group(command), _size(command, today))


def _division(command: SubmitApplication, today: dt.date) -> list[Problem]:
    if Divisions.for_year(today.year).is_known(command.division):
        return []
    return [Problem("division", "unknown_division", "is not in the table of divisions")]


def _identity(command: SubmitApplication) -> list[Problem]:
    if command.credit_code is None and command.unit_kind not in _GROUP_OF_ORGANISATION:
        return [Problem("credit_code", "missing", "give the unified social credit code")]
    return []


def _industry(command: SubmitApplication) -> list[Problem]:
    if command.unit_kind in _GROUP_OF_ORGANISATION:
        return []
    if command.industry_section is None:
        return [Problem("industry_section", "missing", "give the section of GB/T 4754, A to T")]
    return []


def _size_fields(command: SubmitApplication) -> list[Problem]:
    if command.unit_kind is UnitKind.ENTERPRISE:
        needed = [name for name in _FIGURES[:3] if getattr(command, name) is None]
        problems = [Problem(name, "missing", "an enterprise states it") for name in needed]
        if command.declared_size is not None:
            problems.append(
                Problem("declared_size", "not_allowed", "an enterprise's size is computed")
            )
        return problems
    if command.unit_kind is UnitKind.INDIVIDUAL_BUSINESS:
        if command.declared_size is not None:
            return [Problem("declared_size", "not_allowed", "an individual business has its own")]
        return []
    if command.declared_size is None:
        return [Problem("declared_size", "missing", "villages and chambers declare a size")]
    return []


def _group(command: SubmitApplication) -> IndustryGroup:
    organisation = _GROUP_OF_ORGANISATION.get(command.unit_kind)
    if organisation is not None:
        return organisation
    assert command.industry_section is not None
    return IndustryGroup(group_of_section(command.industry_section))


def _size(command: SubmitApplication, today: dt.date) -> Size:
    if command.unit_kind is UnitKind.INDIVIDUAL_BUSINESS:
        return Size.INDIVIDUAL
    if command.declared_size is not None:
        return command.declared_size
    assert command.trade is not None
    assert command.staff is not None
    assert command.revenue_wan is not None
    return Size(
        classify(command.trade, command.staff, command.revenue_wan, command.assets_wan, on=today)
    )
