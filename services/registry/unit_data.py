"""What a unit's data make of it: its industry group and its size class.

Rules of selection, unit data: an enterprise's size is computed from its figures, an individual
business is its own class, villages and chambers declare a size for coverage only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.registry.domain.entry import Filing
from services.registry.domain.settings import SizeChange
from shared.contracts.errors import Invalid, Problem
from shared.contracts.registry.vocabulary import IndustryGroup, Size, UnitKind
from shared.reference.divisions import Divisions
from shared.reference.enterprise_size import Limits, MeasureMissing, classify
from shared.reference.industry import NoIndustryGroup, group_of_section
from shared.reference.public_bodies import is_public_body

_GROUP_OF_ORGANISATION = {
    UnitKind.VILLAGE_COMMUNITY: IndustryGroup.VILLAGE_COMMUNITY,
    UnitKind.CHAMBER: IndustryGroup.CHAMBER,
}
_FIGURES = ("trade", "staff", "revenue_wan")


@dataclass(frozen=True)
class UnitProfile:
    industry_group: IndustryGroup
    size: Size


def profile(
    command: Filing,
    bureau: str,
    filed_on: dt.date,
    sizes: Sequence[SizeChange] = (),
) -> UnitProfile:
    """The unit's group and size. Raises Invalid with every field that does not fit.

    bureau: the division of the bureau that runs the batch
    filed_on: the day whose table of divisions and limits of sizes it goes by
    sizes: the size limits that were set, as they were made
    """
    problems = [*_division(command, bureau, filed_on), *_identity(command), *_industry(command)]
    problems += [*_size_fields(command), *_public_body(command)]
    if problems:
        raise Invalid(problems)
    return UnitProfile(_group(command), _size(command, filed_on, sizes))


def _division(command: Filing, bureau: str, today: dt.date) -> list[Problem]:
    divisions = Divisions.for_year(today.year)
    if not divisions.is_known(command.division):
        return [Problem("division", "unknown_division", "is not in the table of divisions")]
    if not divisions.within(command.division, bureau) or divisions.children(command.division):
        return [Problem("division", "out_of_range", f"must be a district or county of {bureau}")]
    return []


def _identity(command: Filing) -> list[Problem]:
    if command.credit_code is None and command.unit_kind not in _GROUP_OF_ORGANISATION:
        return [Problem("credit_code", "missing", "give the unified social credit code")]
    return []


def _public_body(command: Filing) -> list[Problem]:
    """Whoever is watched does not watch, whatever it says that it is."""
    if is_public_body(command.unit_name, command.credit_code):
        told = "government and enforcement bodies cannot apply"
        return [Problem("unit_name", "not_eligible", told)]
    return []


def _industry(command: Filing) -> list[Problem]:
    if command.unit_kind in _GROUP_OF_ORGANISATION:
        return []
    if command.industry_section is None:
        return [Problem("industry_section", "missing", "give the section of GB/T 4754, A to T")]
    if _trading_group(command.industry_section) is None:
        return [
            Problem(
                "industry_section",
                "not_eligible",
                "government bodies and international organisations cannot apply",
            )
        ]
    return []


def _size_fields(command: Filing) -> list[Problem]:
    if command.unit_kind is UnitKind.ENTERPRISE:
        needed = [name for name in _FIGURES if getattr(command, name) is None]
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


def _group(command: Filing) -> IndustryGroup:
    organisation = _GROUP_OF_ORGANISATION.get(command.unit_kind)
    if organisation is not None:
        return organisation
    assert command.industry_section is not None
    group = _trading_group(command.industry_section)
    assert group is not None
    return group


def _trading_group(section: str) -> IndustryGroup | None:
    """The group a business of the section counts in, or None where none of them may apply."""
    try:
        return IndustryGroup(group_of_section(section))
    except NoIndustryGroup:
        return None


def _size(command: Filing, today: dt.date, sizes: Sequence[SizeChange]) -> Size:
    if command.unit_kind is UnitKind.INDIVIDUAL_BUSINESS:
        return Size.INDIVIDUAL
    if command.declared_size is not None:
        return command.declared_size
    assert command.trade is not None
    try:
        return Size(
            classify(
                command.trade,
                command.staff,
                command.revenue_wan,
                command.assets_wan,
                on=today,
                more=limits_set(sizes),
            )
        )
    except MeasureMissing as missing:
        raise Invalid.one(missing.measure, "missing", f"{command.trade} is judged by it") from None


def limits_set(sizes: Sequence[SizeChange]) -> list[Limits]:
    """The size limits that were set, as they hold: of a trade and day, what was set last."""
    held = {
        (change.since, its.trade): [each for each in change.limits if each.trade is its.trade]
        for change in sizes
        for its in change.limits
    }
    return [
        Limits(since, str(trade), str(its.measure), its.large, its.medium, its.small)
        for (since, trade), limits in held.items()
        for its in limits
    ]
