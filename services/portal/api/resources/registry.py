"""Batches, applications, notices, objections, points: the registry's commands and queries."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command
from services.portal.api.resources.lines import ask, do
from services.portal.web.access import everyone
from services.portal.web.limits import limit_objections
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_APPLICANT, _OFFICER, _PARTNER = Role.APPLICANT, Role.OFFICER, Role.PARTNER
_REVIEWER, _LEADER, _AUDITOR = Role.REVIEWER, Role.LEADER, Role.AUDITOR
_BUREAU = (_OFFICER, _REVIEWER, _LEADER)

_BATCH = "/batches/<id:batch_id>"
_APPLICATION = "/applications/<id:application_id>"
_NOTICE = "/notices/<id:notice_id>"


BATCHES: tuple[Bound, ...] = (
    ask("/batches", queries.ListBatches, many=True),
    ask(_BATCH, queries.ShowBatch),
    ask(
        f"{_BATCH}/applications",
        queries.OpenApplications,
        *_BUREAU,
        many=True,
        personal=True,
    ),
    do("/batches", commands.OpenBatch, _LEADER, makes=("batch_id",), at="/batches/{batch_id}"),
    do(
        f"{_BATCH}/deliberations",
        commands.RecordDeliberation,
        _LEADER,
        makes=("deliberation_id",),
    ),
    do(
        f"{_BATCH}/notices",
        commands.PublishNotice,
        _OFFICER,
        _LEADER,
        makes=("notice_id",),
        at="/notices/{notice_id}",
    ),
)

APPLICATIONS: tuple[Bound, ...] = (
    ask(
        "/applications",
        queries.ListApplications,
        *(*_BUREAU, _AUDITOR, _APPLICANT, _PARTNER),
        many=True,
        personal=True,
    ),
    ask(_APPLICATION, queries.OpenApplication, *_BUREAU, _APPLICANT, _PARTNER, personal=True),
    do(
        "/applications",
        commands.SubmitApplication,
        _APPLICANT,
        _OFFICER,
        makes=("application_id",),
        at="/applications/{application_id}",
    ),
    do(f"{_APPLICATION}/formal-check/pass", commands.PassFormalCheck, _OFFICER),
    do(f"{_APPLICATION}/formal-check/fail", commands.FailFormalCheck, _OFFICER),
    do(f"{_APPLICATION}/review/checks", commands.RecordReviewCheck, _REVIEWER),
    do(f"{_APPLICATION}/review/conclusion", commands.ConcludeReview, _REVIEWER),
)

NOTICES: tuple[Bound, ...] = (
    ask("/notices", queries.ListNotices, many=True),
    ask(_NOTICE, queries.ShowNotice),
    Command(
        f"{_NOTICE}/objections",
        "registry",
        commands.ObjectToNotice,
        everyone,
        makes=("objection_id",),
        at="/objections/{objection_id}",
        often=limit_objections,
    ),
    do(f"{_NOTICE}/designations", commands.DesignatePoints, _LEADER),
)

OBJECTIONS: tuple[Bound, ...] = (
    ask("/objections", queries.ListObjections, *_BUREAU, _AUDITOR, many=True),
    ask("/objections/<id:objection_id>", queries.OpenObjection, _OFFICER, _LEADER, personal=True),
    do(
        f"{_NOTICE}/objections/<id:objection_id>/decision",
        commands.DecideObjection,
        _OFFICER,
        _LEADER,
    ),
)

TASKS: tuple[Bound, ...] = (ask("/tasks", queries.ListTasks, *_BUREAU, many=True),)
