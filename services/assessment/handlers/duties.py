"""Publicity, trainings, quarterly reports, questions to the bureau, and funds of points."""

from __future__ import annotations

from typing import Any

from services.assessment.domain import funding, publicity, quarterly_report, question
from services.assessment.handlers.aggregates import (
    FUNDING,
    PUBLICITY,
    QUARTERLY_REPORT,
    QUESTION,
    TRAINING,
)
from shared.contracts.assessment import commands
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.keeping.domain.known_point import KnownPoint
from shared.keeping.handlers import KNOWN_POINT, active_point
from shared.reference.divisions import Divisions
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.work import Handler, Work

_BUREAU = frozenset({Role.OFFICER, Role.LEADER})
_OFFICER = frozenset({Role.OFFICER})
_POINT = frozenset({Role.POINT})


def record_publicity(work: Work, command: commands.RecordPublicity) -> None:
    point_id, division = _acting(work)
    state: publicity.Publicity = work.state(PUBLICITY, command.publicity_id)
    if state.point_id not in ("", point_id):
        raise NotFound(PUBLICITY.prefix, command.publicity_id)
    work.decide(PUBLICITY, command.publicity_id, publicity.Record(command, point_id, division))


def plan_training(work: Work, command: commands.PlanTraining) -> None:
    if not Divisions.for_year(work.context.today.year).is_known(command.division):
        raise Invalid.one("division", "unknown_division", "is not in the table of divisions")
    work.within(command.division)
    work.decide(TRAINING, command.training_id, command)


def record_attendance(work: Work, command: commands.RecordTrainingAttendance) -> None:
    """Only of points that the actor's role reaches. Raises Invalid at each that is not one."""
    _within(work, TRAINING, command.training_id)
    for name in ("attended", "absent"):
        for index, point_id in enumerate(getattr(command, name)):
            its: KnownPoint = work.state(KNOWN_POINT, point_id)
            known = its.status is not KnownStanding.ABSENT
            if not known or not covers(work.actor.division, its.division):
                raise Invalid.one(f"{name}[{index}]", "unknown_point", "is no point of yours")
    work.decide(TRAINING, command.training_id, command)


def hand_in_report(work: Work, command: commands.HandInReport) -> None:
    _, of_point = quarterly_report.parts_of(command.report_id)
    if of_point != work.actor.unit:
        raise NotFound(QUARTERLY_REPORT.prefix, command.report_id)
    _, division = _acting(work)
    work.decide(QUARTERLY_REPORT, command.report_id, quarterly_report.HandIn(command, division))


def ask_bureau(work: Work, command: commands.AskBureau) -> None:
    point_id, division = _acting(work)
    work.decide(QUESTION, command.question_id, question.Ask(command, point_id, division))


def allocate_funding(work: Work, command: commands.AllocateFunding) -> None:
    """Of a point that is, or was, one: what it was given may be entered late."""
    _, point_id = funding.parts_of(command.funding_id)
    its: KnownPoint = work.state(KNOWN_POINT, point_id)
    if its.status is KnownStanding.ABSENT:
        raise NotFound("point", point_id)
    work.within_or_unknown(FUNDING, command.funding_id, its.division)
    work.decide(FUNDING, command.funding_id, funding.Allocate(command, its.division))


def _acting(work: Work) -> tuple[str, str]:
    """The point that the actor acts for, and where it is. Raises Refused unless it is at work."""
    point_id = active_point(work)
    its: KnownPoint = work.state(KNOWN_POINT, point_id)
    return point_id, its.division


def _within(work: Work, aggregate: Aggregate, identifier: str) -> None:
    state = work.require(aggregate, identifier)
    work.within_or_unknown(aggregate, identifier, state.division)


def _of_the_bureau(aggregate: Aggregate, field: str) -> Handler:
    def carry_out(work: Work, command: Any) -> None:
        identifier = getattr(command, field)
        _within(work, aggregate, identifier)
        work.decide(aggregate, identifier, command)

    return carry_out


def _of(aggregate: Aggregate, field: str) -> Any:
    return lambda command: aggregate.stream(getattr(command, field))


_PUBLICITY = _of(PUBLICITY, "publicity_id")
_TRAINING = _of(TRAINING, "training_id")
_REPORT = _of(QUARTERLY_REPORT, "report_id")
_QUESTION = _of(QUESTION, "question_id")
_FUNDING = _of(FUNDING, "funding_id")
_judge_publicity = _of_the_bureau(PUBLICITY, "publicity_id")
_keep_funds = _of_the_bureau(FUNDING, "funding_id")

ROUTES: dict[type, Route] = {
    commands.RecordPublicity: Route(_POINT, _PUBLICITY, record_publicity),
    commands.ConfirmPublicity: Route(_OFFICER, _PUBLICITY, _judge_publicity),
    commands.ReturnPublicity: Route(_OFFICER, _PUBLICITY, _judge_publicity),
    commands.PlanTraining: Route(_BUREAU, _TRAINING, plan_training),
    commands.RecordTrainingAttendance: Route(_BUREAU, _TRAINING, record_attendance),
    commands.CancelTraining: Route(_BUREAU, _TRAINING, _of_the_bureau(TRAINING, "training_id")),
    commands.HandInReport: Route(_POINT, _REPORT, hand_in_report),
    commands.ReturnReport: Route(_OFFICER, _REPORT, _of_the_bureau(QUARTERLY_REPORT, "report_id")),
    commands.AskBureau: Route(_POINT, _QUESTION, ask_bureau),
    commands.AnswerPointQuestion: Route(
        _BUREAU, _QUESTION, _of_the_bureau(QUESTION, "question_id")
    ),
    commands.AllocateFunding: Route(frozenset({Role.LEADER}), _FUNDING, allocate_funding),
    commands.TakeBackFunding: Route(frozenset({Role.LEADER}), _FUNDING, _keep_funds),
    commands.SpendFunding: Route(_BUREAU, _FUNDING, _keep_funds),
}
