"""What points do beside opinions and clues, and what the bureau keeps about it."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow
from shared.contracts.assessment import commands, queries
from shared.contracts.roles import Role

_POINT, _OFFICER, _LEADER = Role.POINT, Role.OFFICER, Role.LEADER
_BUREAU = (_OFFICER, _LEADER)
_WORDS = (*_BUREAU, _POINT)
_SEES = (*_WORDS, Role.AUDITOR)

_PUBLICITY = "/publicity/<id:publicity_id>"
_TRAINING = "/trainings/<id:training_id>"
_REPORT = "/quarterly-reports/<report_id>"
_QUESTION = "/point-questions/<id:question_id>"
_FUNDING = "/funding/<funding_id>"


def _do(
    path: str, does: type, *roles: Role, makes: tuple[str, ...] = (), at: str | None = None
) -> Command:
    return Command(path, "assessment", does, allow(*roles), makes, at)


def _ask(path: str, asks: type, *roles: Role, many: bool = False, personal: bool = False) -> Query:
    return Query(path, "assessment", asks, allow(*roles), many=many, personal=personal)


DUTIES: tuple[Bound, ...] = (
    _ask("/points/<id:point_id>/duty-records", queries.ShowDutyRecords, *_SEES),
    _ask("/publicity", queries.ListPublicity, *_SEES, many=True),
    _ask(_PUBLICITY, queries.OpenPublicity, *_WORDS, personal=True),
    _do("/publicity", commands.RecordPublicity, _POINT, makes=("publicity_id",)),
    _do(f"{_PUBLICITY}/confirmation", commands.ConfirmPublicity, _OFFICER),
    _do(f"{_PUBLICITY}/return", commands.ReturnPublicity, _OFFICER),
    _ask("/trainings", queries.ListTrainings, *_SEES, many=True),
    _do("/trainings", commands.PlanTraining, *_BUREAU, makes=("training_id",)),
    _do(f"{_TRAINING}/attendance", commands.RecordTrainingAttendance, *_BUREAU),
    _do(f"{_TRAINING}/cancellation", commands.CancelTraining, *_BUREAU),
    _ask("/quarterly-reports", queries.ListQuarterlyReports, *_SEES, many=True),
    _ask(_REPORT, queries.OpenQuarterlyReport, *_WORDS, personal=True),
    _do(f"{_REPORT}/handing-in", commands.HandInReport, _POINT),
    _do(f"{_REPORT}/return", commands.ReturnReport, _OFFICER),
    _ask("/point-questions", queries.ListPointQuestions, *_SEES, many=True),
    _ask(_QUESTION, queries.OpenPointQuestion, *_WORDS, personal=True),
    _do("/point-questions", commands.AskBureau, _POINT, makes=("question_id",)),
    _do(f"{_QUESTION}/answer", commands.AnswerPointQuestion, *_BUREAU),
    _ask("/funding", queries.ShowFunding, *_SEES),
    _do(f"{_FUNDING}/allocations", commands.AllocateFunding, _LEADER, makes=("entry_id",)),
    _do(f"{_FUNDING}/takings-back", commands.TakeBackFunding, _LEADER, makes=("entry_id",)),
    _do(f"{_FUNDING}/spendings", commands.SpendFunding, *_BUREAU, makes=("entry_id",)),
)
