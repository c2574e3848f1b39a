"""Contact points while they are: details, place, liaison officers, plaque, suspension."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.registry.domain import certificates, point, retirement
from services.registry.domain.application_state import Application
from services.registry.domain.point_state import Point, Profile
from services.registry.handlers.aggregates import APPLICATION, CERTIFICATES, POINT, RETIREMENT
from services.registry.handlers.common import (
    BUREAU,
    about,
    hold_names,
    identities,
    known,
    of,
    own_point,
)
from services.registry.unit_data import profile
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import PointDetail, UnitKind
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling
from shared.reference.divisions import Divisions
from shared.service.command_bus import Route
from shared.service.work import Work

PLAQUE_NUMBER = "plaque_number"
CERTIFICATE_PREFIX = "certificate_prefix"
_NAMED_BY_PLACE = (UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER)
"""Kinds that are told apart by name and division, so that these are claimed anew."""


def about_point(work: Work, command: Any) -> None:
    """A command that concerns one point alone."""
    known(work, POINT, command.point_id)
    work.decide(POINT, command.point_id, command)


def about_own_point(work: Work, command: Any) -> None:
    """The same, which the point may send about itself."""
    own_point(work, command.point_id)
    work.decide(POINT, command.point_id, command)


_OF_PROFILE = (
    *("industry_section", "trade", "staff", "revenue_wan", "assets_wan"),
    *("declared_size", "credit_code"),
)
"""What ChangePointDetails may say of what the unit is."""


def change_details(work: Work, command: commands.ChangePointDetails) -> None:
    """Name and contacts, or what the unit is, or both."""
    known(work, POINT, command.point_id)
    given = {name: its for name in _OF_PROFILE if (its := getattr(command, name)) is not None}
    if given:
        _change_profile(work, command, given)
    if not given or any(getattr(command, name) is not None for name in PointDetail):
        work.decide(POINT, command.point_id, command)
    state = work.state(POINT, command.point_id)
    if command.credit_code is not None:
        _hold_names_anew(work, state, "credit_code")
    elif command.unit_name is not None:
        _claim_anew(work, state, "unit_name")


def _change_profile(
    work: Work, command: commands.ChangePointDetails, given: dict[str, Any]
) -> None:
    """Its group and size follow from all its data, of which some are given."""
    state: Point = work.state(POINT, command.point_id)
    right = replace(_as_it_is(work, state), **given)
    if command.unit_name is not None:
        right = replace(right, unit_name=command.unit_name)
    unit = profile(right, state.division, work.context.today, work.context.sizes)
    changed = Profile(
        industry_section=right.industry_section,
        industry_group=unit.industry_group,
        trade=right.trade,
        size=unit.size,
        staff=right.staff,
        revenue_wan=right.revenue_wan,
        assets_wan=right.assets_wan,
        credit_code=command.credit_code,
    )
    work.decide(POINT, command.point_id, point.ChangeProfile(changed, command.reasons))


def _as_it_is(work: Work, state: Point) -> commands.SubmitApplication:
    """The point's unit as it would apply today."""
    applied: Application = work.state(APPLICATION, state.application_id)
    its = state.profile or applied.unit
    declares = state.unit_kind in _NAMED_BY_PLACE
    size = applied.size if state.profile is None else state.profile.size
    return commands.SubmitApplication(
        application_id=state.application_id,
        batch_id=applied.batch_id,
        channel=applied.channel,
        recommender=None,
        unit_kind=state.unit_kind,
        division=state.division,
        industry_section=its.industry_section,
        trade=its.trade,
        staff=its.staff,
        revenue_wan=its.revenue_wan,
        assets_wan=its.assets_wan,
        declared_size=size if declares else None,
        unit_name=state.unit_name,
        credit_code=_code_of(work, state),
        address="",
        contact_name="",
        contact_phone="",
    )


def _code_of(work: Work, state: Point) -> str | None:
    """The unit's credit code as it is now, opened."""
    changed = None if state.profile is None else state.profile.credit_code
    code = changed or work.state(APPLICATION, state.application_id).credit_code
    opened: str | None = work.open(code)
    return opened


def move_point(work: Work, command: commands.MovePoint) -> None:
    known(work, POINT, command.point_id)
    work.within(command.division)
    _refuse_no_district(command.division, work)
    work.decide(POINT, command.point_id, command)
    _claim_anew(work, work.state(POINT, command.point_id), "division")


def _refuse_no_district(division: str, work: Work) -> None:
    divisions = Divisions.for_year(work.context.today.year)
    if not divisions.is_known(division):
        raise Invalid.one("division", "unknown_division", "is not in the table of divisions")
    if divisions.children(division):
        raise Invalid.one("division", "out_of_range", "must be a district or county")


def _claim_anew(work: Work, state: Point, field: str) -> None:
    """Let the point hold the names it has now, by which no other unit becomes one."""
    if state.unit_kind in _NAMED_BY_PLACE:
        _hold_names_anew(work, state, field)


def _hold_names_anew(work: Work, state: Point, field: str) -> None:
    code = _code_of(work, state)
    names = identities(state.unit_kind, code, state.division, state.unit_name)
    hold_names(work, names, state.point_id, field)


def merge_point(work: Work, command: commands.MergePoint) -> None:
    known(work, POINT, command.point_id)
    work.decide(POINT, command.point_id, command)
    known(work, POINT, command.into_point_id)
    with about("into_point_id"):
        absorb = point.Absorb(command.point_id, command.merged_on)
        work.decide(POINT, command.into_point_id, absorb)
    ground = work.state(POINT, command.point_id).ground
    opened = retirement.Open(command.retirement_id, command.point_id, ground, command.reasons)
    work.decide(RETIREMENT, command.retirement_id, opened)


def give_plaque(work: Work, command: commands.GivePlaque) -> None:
    about_point(work, command)
    work.claim(
        PLAQUE_NUMBER,
        (spelling(command.plaque_number),),
        POINT.stream(command.point_id),
        Reason.PLAQUE_NUMBER_TAKEN,
        "plaque_number",
    )


def return_plaque(work: Work, command: commands.ReturnPlaque) -> None:
    about_point(work, command)
    work.release(PLAQUE_NUMBER, POINT.stream(command.point_id))


def certify(work: Work, bureau: str, point_id: str) -> None:
    """Give the point the next number of the bureau that designates it."""
    divisions = Divisions.for_year(work.context.today.year)
    numbering = certificates.Number(bureau, point_id, usual_prefix(divisions, bureau))
    work.decide(CERTIFICATES, bureau, numbering)


def usual_prefix(divisions: Divisions, bureau: str) -> str:
    """What numbers of a bureau begin with that has set nothing: no two of a city's are alike."""
    its = divisions.by_code[bureau]
    if its.parent is None or its.level != "county":
        return f"{its.name[0]}司监联"
    return f"{divisions.name(its.parent)[0]}{its.name[:-1]}司监联"


def set_certificate_prefix(work: Work, command: commands.SetCertificatePrefix) -> None:
    """No two bureaus number alike: neither as another has set, nor as one that has set nothing.

    Nor as another once numbered, and nor in what looks the same to a reader.
    """
    work.within(command.division)
    divisions = Divisions.for_year(work.context.today.year)
    if not divisions.is_known(command.division):
        raise Invalid.one("division", "unknown_division", "is not in the table of divisions")
    of_city = (code for code in divisions.by_code if code[:4] == command.division[:4])
    others = (code for code in of_city if code != command.division)
    wanted = spelling(command.prefix)
    if any(spelling(usual_prefix(divisions, code)) == wanted for code in others):
        raise Refused(Reason.CERTIFICATE_PREFIX_TAKEN, "another bureau's usual one", ["prefix"])
    stream = CERTIFICATES.stream(command.division)
    work.decide(CERTIFICATES, command.division, command)
    work.release(CERTIFICATE_PREFIX, stream)
    register: certificates.Register = work.state(CERTIFICATES, command.division)
    for prefix in sorted({spelling(its) for its in register.kept}):
        work.claim(CERTIFICATE_PREFIX, (prefix,), stream, Reason.CERTIFICATE_PREFIX_TAKEN, "prefix")


_POINT = of(POINT, "point_id")
_OFFICER = {Role.OFFICER}

ROUTES: dict[type, Route] = {
    commands.ChangePointDetails: Route(_OFFICER, _POINT, change_details),
    commands.MovePoint: Route(_OFFICER, _POINT, move_point),
    commands.MergePoint: Route({Role.LEADER}, _POINT, merge_point),
    commands.AppointPointLiaison: Route({Role.OFFICER, Role.POINT}, _POINT, about_own_point),
    commands.AppointBureauLiaison: Route(BUREAU, _POINT, about_point),
    commands.GivePlaque: Route(_OFFICER, _POINT, give_plaque),
    commands.ReturnPlaque: Route(_OFFICER, _POINT, return_plaque),
    commands.SuspendPoint: Route({Role.LEADER}, _POINT, about_point),
    commands.ResumePoint: Route({Role.LEADER}, _POINT, about_point),
    commands.SetCertificatePrefix: Route(
        {Role.LEADER}, of(CERTIFICATES, "division"), set_certificate_prefix
    ),
}
