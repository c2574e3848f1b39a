"""Who works with the bureau on the scheme."""

from __future__ import annotations

from enum import StrEnum


class PartnerKind(StrEnum):
    """What a partner body is: see the glossary under partner."""

    FEDERATION_OF_INDUSTRY_AND_COMMERCE = "federation_of_industry_and_commerce"
    BUSINESS_ENVIRONMENT_CENTRE = "business_environment_centre"
    OTHER = "other"


class TaskStanding(StrEnum):
    """How a task of a meeting stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    COMPLETED = "completed"
