"""What a review must have on record before it can find a unit qualified.

Rules of selection, steps and checks: a site visit or talk comes before the conclusion, and the
opinions of street or community and of an enforcement body are asked for (speech 二(一)三). The
bureau's settings say which of them are needed; a case goes by those of the day it was filed on.
"""

from __future__ import annotations

from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.examination import Examination
from services.registry.domain.settings import Settings
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import OpinionSource, ReviewStep

_ASKED = {
    OpinionSource.STREET: ReviewStep.STREET_OPINION,
    OpinionSource.ENFORCEMENT_BODY: ReviewStep.ENFORCEMENT_BODY_OPINION,
}


def lacking(its: Examination, settings: Settings) -> list[ReviewStep]:
    """The steps that are needed and not on record, in their usual order.

    An opinion that was asked for must be there, or its limit have passed: nobody blocks a unit
    by keeping silent.
    """
    missing = set()
    if len(its.records) < settings.visits_required:
        missing.add(ReviewStep.VISIT_OR_TALK)
    if settings.opinions_required:
        asked = [opinion for opinion in its.opinions.values() if not opinion.taken_back]
        sources = {opinion.source for opinion in asked}
        missing |= {step for source, step in _ASKED.items() if source not in sources}
        if any(not (opinion.answered or opinion.overdue) for opinion in asked):
            missing.add(ReviewStep.OPINION_ANSWER)
    return [step for step in ReviewStep if step in missing]


def settings_of(state: Application, context: Context) -> Settings:
    """The figures in force on the day on which the application was filed."""
    return context.settings_on(state.filed_on or context.today)


def refuse_lacking(state: Application, context: Context) -> None:
    """Raise Refused while a step is missing that the conclusion `qualified` needs."""
    missing = lacking(state.examination, settings_of(state, context))
    if missing:
        raise Refused(
            Reason.REVIEW_INCOMPLETE, f"not on record: {', '.join(missing)}", ["conclusion"]
        )


def refuse_no_group(state: Application, context: Context) -> None:
    """Raise Refused where the rules ask for a review group and the batch has none."""
    if settings_of(state, context).review_group_required:
        raise Refused(Reason.NO_REVIEW_GROUP, "a review group concludes, and the batch has none")
