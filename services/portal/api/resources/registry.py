"""Batches, applications, notices, objections, points: the registry's commands and queries."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow, everyone
from services.portal.web.limits import OBJECTION
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_APPLICANT, _OFFICER = Role.APPLICANT, Role.OFFICER
_REVIEWER, _LEADER, _AUDITOR = Role.REVIEWER, Role.LEADER, Role.AUDITOR
_BUREAU = (_OFFICER, _REVIEWER, _LEADER)

_BATCH = "/batches/<id:batch_id>"
_APPLICATION = "/applications/<id:application_id>"
_NOTICE = "/notices/<id:notice_id>"
_POINT = "/points/<id:point_id>"


def _do(
    path: str, does: type, *roles: Role, makes: tuple[str, ...] = (), at: str | None = None
) -> Command:
    return Command(path, "registry", does, allow(*roles), makes, at)


def _ask(path: str, asks: type, *roles: Role, many: bool = False, personal: bool = False) -> Query:
    who = allow(*roles) if roles else everyone
    return Query(path, "registry", asks, who, many=many, personal=personal)


BATCHES: tuple[Bound, ...] = (
    _ask("/batches", queries.ListBatches, many=True),
    _ask(_BATCH, queries.ShowBatch),
    _ask(
        f"{_BATCH}/applications",
        queries.OpenApplications,
        *_BUREAU,
        many=True,
        personal=True,
    ),
    _do("/batches", commands.OpenBatch, _LEADER, makes=("batch_id",), at="/batches/{batch_id}"),
    _do(
        f"{_BATCH}/deliberations",
        commands.RecordDeliberation,
        _LEADER,
        makes=("deliberation_id",),
    ),
    _do(
        f"{_BATCH}/notices",
        commands.PublishNotice,
        _OFFICER,
        _LEADER,
        makes=("notice_id",),
        at="/notices/{notice_id}",
    ),
)

APPLICATIONS: tuple[Bound, ...] = (
    _ask("/applications", queries.ListApplications, *_BUREAU, _AUDITOR, _APPLICANT, many=True),
    _ask(_APPLICATION, queries.OpenApplication, *_BUREAU, _APPLICANT, personal=True),
    _do(
        "/applications",
        commands.SubmitApplication,
        _APPLICANT,
        _OFFICER,
        makes=("application_id",),
        at="/applications/{application_id}",
    ),
    _do(f"{_APPLICATION}/formal-check/pass", commands.PassFormalCheck, _OFFICER),
    _do(f"{_APPLICATION}/formal-check/fail", commands.FailFormalCheck, _OFFICER),
    _do(f"{_APPLICATION}/review/checks", commands.RecordReviewCheck, _REVIEWER),
    _do(f"{_APPLICATION}/review/conclusion", commands.ConcludeReview, _REVIEWER),
)

NOTICES: tuple[Bound, ...] = (
    _ask("/notices", queries.ListNotices, many=True),
    _ask(_NOTICE, queries.ShowNotice),
    Command(
        f"{_NOTICE}/objections",
        "registry",
        commands.ObjectToNotice,
        everyone,
        makes=("objection_id",),
        at="/objections/{objection_id}",
        often=OBJECTION,
    ),
    _do(f"{_NOTICE}/designations", commands.DesignatePoints, _LEADER),
)

OBJECTIONS: tuple[Bound, ...] = (
    _ask("/objections", queries.ListObjections, *_BUREAU, _AUDITOR, many=True),
    _ask("/objections/<id:objection_id>", queries.OpenObjection, _OFFICER, _LEADER, personal=True),
    _do(
        f"{_NOTICE}/objections/<id:objection_id>/decision",
        commands.DecideObjection,
        _OFFICER,
        _LEADER,
    ),
)

POINTS: tuple[Bound, ...] = (
    _ask("/points", queries.ListPoints, many=True),
    _ask(_POINT, queries.ShowPoint),
    _do(f"{_POINT}/retirement", commands.RetirePoint, _LEADER),
)

TASKS: tuple[Bound, ...] = (_ask("/tasks", queries.ListTasks, *_BUREAU, many=True),)

FIGURES: tuple[Bound, ...] = (
    Command(
        "/divisions/<division:division>/figures/<year:year>",
        "registry",
        commands.RecordDistrictFigures,
        allow(_OFFICER, Role.ADMINISTRATOR),
        method="PUT",
    ),
)
