"""Opening applications, whose personal data is shown for a purpose that the registry records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.asking import Part, ask_all, ask_part
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

FORMAL_CHECK = "形式审查"
REVIEW = "资格审查"
DELIBERATION = "集体研究"
NOTICE = "发布公示"
OBJECTION = "异议核实"

OF_ROLE: Mapping[Role, str] = {
    Role.OFFICER: "办理申报",
    Role.REVIEWER: REVIEW,
    Role.LEADER: DELIBERATION,
}
"""What somebody opens an application for who looks at it without a task at hand."""


def opened(application_id: str, purpose: str, after: Mapping[str, Any] | None = None) -> Part:
    """One application. Raises NotFound, also for what cannot be an id."""
    asked = {"application_id": application_id, "purpose": purpose}
    try:
        return ask_part("registry", "OpenApplication", asked, after)
    except Invalid:
        raise NotFound("application", application_id) from None


def all_named(batch_id: str, status: str, purpose: str) -> Part:
    """A batch's applications in a status with their units' names, by division: a list.

    Raises NotFound for another bureau's batch.
    """
    asked = {"batch_id": batch_id, "status": status, "purpose": purpose}
    found = ask_all("OpenApplications", asked)
    if found.result is None:
        return found
    return Part(sorted(found.result, key=lambda its: (its["division"], its["unit_name"] or "")))
