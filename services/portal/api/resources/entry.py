"""Applications before their formal check: recommendation, supplement, withdrawal."""

from __future__ import annotations

from services.portal.api.binding import Bound
from services.portal.api.resources.lines import do
from shared.contracts.registry import commands
from shared.contracts.roles import Role

_RECOMMENDING = (Role.PARTNER, Role.OFFICER)
_FILING = (Role.APPLICANT, Role.OFFICER)
_APPLICATION = "/applications/<id:application_id>"

ENTRY: tuple[Bound, ...] = (
    do(f"{_APPLICATION}/recommendation/confirm", commands.ConfirmRecommendation, *_RECOMMENDING),
    do(f"{_APPLICATION}/recommendation/decline", commands.DeclineRecommendation, *_RECOMMENDING),
    do(f"{_APPLICATION}/supplement/request", commands.RequestSupplement, Role.OFFICER),
    do(f"{_APPLICATION}/supplement", commands.SubmitSupplement, *_FILING),
    do(f"{_APPLICATION}/withdrawal", commands.WithdrawApplication, *_FILING),
)
