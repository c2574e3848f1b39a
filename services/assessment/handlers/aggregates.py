"""The aggregates of the assessment service, each with the name of its streams."""

from __future__ import annotations

from services.assessment.domain import funding, publicity, quarterly_report, question, training
from services.assessment.domain.settings import Schedule
from shared.keeping.handlers import settings_aggregate
from shared.service.aggregate import Aggregate

PUBLICITY = Aggregate("publicity", publicity.Publicity(), publicity.decide, publicity.evolve)
TRAINING = Aggregate("training", training.Training(), training.decide, training.evolve)
QUARTERLY_REPORT = Aggregate(
    "report", quarterly_report.QuarterlyReport(), quarterly_report.decide, quarterly_report.evolve
)
QUESTION = Aggregate("question", question.Question(), question.decide, question.evolve)
FUNDING = Aggregate("funding", funding.Funding(), funding.decide, funding.evolve)
SETTINGS = settings_aggregate(Schedule())
