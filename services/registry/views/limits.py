"""Running limits of the registry: which events open, move and close each.

What a limit leads to stands in `services/registry/limits.py`.
"""

from __future__ import annotations

from services.registry.views import terms
from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.contracts.registry.vocabulary import LimitName
from shared.projections.columns import of_event
from shared.projections.model import Rule
from shared.service.limit_rows import closes, limits_model, opens, opens_on

_CHECK, _SUPPLEMENT = LimitName.FORMAL_CHECK, LimitName.SUPPLEMENT

_ENTRY = [
    *(
        opens(event, _CHECK, "check_limit")
        for event in (
            *("ApplicationSubmitted", "SupplementSubmitted"),
            *("RecommendationConfirmed", "RecommendationDeclined"),
        )
    ),
    *(
        closes(event, _CHECK)
        for event in ("FormalCheckPassed", "FormalCheckOverdue", "SupplementRequested")
    ),
    opens("SupplementRequested", _SUPPLEMENT),
    closes("SupplementSubmitted", _SUPPLEMENT),
    closes("ApplicationLapsed", _SUPPLEMENT),
    *(
        closes(event, _CHECK, _SUPPLEMENT)
        for event in ("ApplicationWithdrawn", "ApplicationRejected")
    ),
]
"""The formal check and the supplement of an application."""

REVIEWING: list[Rule] = [
    opens("OpinionAsked", LimitName.OPINION, about="opinion_id"),
    closes("OpinionAnswered", LimitName.OPINION, about="opinion_id"),
    closes("OpinionTakenBack", LimitName.OPINION, about="opinion_id"),
    closes("OpinionOverdue", LimitName.OPINION, about="opinion_id"),
    opens("NoticeObjected", LimitName.OBJECTION_VERIFICATION, about="objection_id"),
    opens("VerificationExtended", LimitName.OBJECTION_VERIFICATION, about="objection_id"),
    closes("ObjectionOverdue", LimitName.OBJECTION_VERIFICATION, about="objection_id"),
    closes("ObjectionDecided", LimitName.OBJECTION_VERIFICATION, about="objection_id"),
]
"""Limits of opinions that were asked for, and of the verification of objections."""

RULES: list[Rule] = [
    *_ENTRY,
    *REVIEWING,
    *terms.RULES,
    opens_on("MeetingTaskAssigned", LimitName.MEETING_TASK, of_event("due_on"), "task_id"),
    opens_on("MeetingTaskExtended", LimitName.MEETING_TASK, of_event("due_on"), "task_id"),
    closes("MeetingTaskCompleted", LimitName.MEETING_TASK, about="task_id"),
    closes("MeetingTaskLapsed", LimitName.MEETING_TASK, about="task_id"),
]

LIMITS = limits_model(SOURCE, EVENTS, RULES)
