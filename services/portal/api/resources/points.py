"""Points: what they are, their terms and renewals, and their retirements."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command
from services.portal.api.resources.lines import ask, do
from services.portal.web.access import allow
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_OFFICER, _LEADER, _POINT_ITSELF = Role.OFFICER, Role.LEADER, Role.POINT
_BUREAU = (_OFFICER, Role.REVIEWER, _LEADER)
_WATCHING = (*_BUREAU, Role.AUDITOR)

_POINT = "/points/<id:point_id>"
_RENEWAL = "/renewals/<id:renewal_id>"
_RETIREMENT = "/retirements/<id:retirement_id>"

POINTS: tuple[Bound, ...] = (
    ask("/points", queries.ListPoints, many=True),
    ask(_POINT, queries.ShowPoint),
    ask(f"{_POINT}/contacts", queries.OpenPoint, *_BUREAU, _POINT_ITSELF, personal=True),
    do(f"{_POINT}/details", commands.ChangePointDetails, _OFFICER),
    do(f"{_POINT}/move", commands.MovePoint, _OFFICER),
    do(f"{_POINT}/merger", commands.MergePoint, _LEADER, makes=("retirement_id",)),
    do(f"{_POINT}/liaison", commands.AppointPointLiaison, _OFFICER, _POINT_ITSELF),
    do(f"{_POINT}/bureau-liaison", commands.AppointBureauLiaison, _OFFICER, _LEADER),
    do(f"{_POINT}/plaque", commands.GivePlaque, _OFFICER),
    do(f"{_POINT}/plaque/return", commands.ReturnPlaque, _OFFICER),
    do(f"{_POINT}/suspension", commands.SuspendPoint, _LEADER),
    do(f"{_POINT}/resumption", commands.ResumePoint, _LEADER),
    do(f"{_POINT}/retirement", commands.RetirePoint, _LEADER),
)

RENEWALS: tuple[Bound, ...] = (
    ask("/renewals", queries.ListRenewals, *_WATCHING, many=True),
    ask(_RENEWAL, queries.ReadRenewal, *_BUREAU, _POINT_ITSELF, personal=True),
    do(
        f"{_POINT}/renewals",
        commands.ProposeRenewal,
        _OFFICER,
        _LEADER,
        _POINT_ITSELF,
        makes=("renewal_id",),
        at="/renewals/{renewal_id}",
    ),
    do(f"{_RENEWAL}/grade", commands.RecordRenewalGrade, _OFFICER),
    do(f"{_RENEWAL}/decision", commands.DecideRenewal, _LEADER),
    do(f"{_RENEWAL}/completion", commands.RenewPoint, _LEADER),
)

RETIREMENTS: tuple[Bound, ...] = (
    ask("/retirements", queries.ListRetirements, *_WATCHING, many=True),
    ask(_RETIREMENT, queries.ReadRetirement, *_BUREAU, _POINT_ITSELF, personal=True),
    do(
        f"{_POINT}/retirements",
        commands.OpenRetirement,
        _OFFICER,
        _LEADER,
        _POINT_ITSELF,
        makes=("retirement_id",),
        at="/retirements/{retirement_id}",
    ),
    do(f"{_RETIREMENT}/facts", commands.TellRetirementFacts, _OFFICER),
    do(f"{_RETIREMENT}/statement", commands.RecordStatement, _OFFICER, _POINT_ITSELF),
    do(f"{_RETIREMENT}/waiver", commands.WaiveStatement, _OFFICER, _POINT_ITSELF),
    do(f"{_RETIREMENT}/decision", commands.DecideRetirement, _LEADER),
)

_PREFIX = "/divisions/<division:division>/certificate-prefix"
CERTIFICATES: tuple[Bound, ...] = (
    ask(_PREFIX, queries.ShowCertificateNumbering),
    Command(
        _PREFIX,
        "registry",
        commands.SetCertificatePrefix,
        allow(_LEADER),
        method="PUT",
    ),
)
