"""What each command of the registry does: load, decide, and what else must hold in the append.

The table at the foot of each module says who may send what.
"""

from __future__ import annotations

from services.registry.handlers import (
    applications,
    batches,
    corrections,
    deliberation,
    documents,
    entry,
    erasing,
    leaving,
    limits,
    notices,
    organisation,
    plan,
    points,
    retirement,
    reviews,
    settings,
    terms,
)
from shared.service.command_bus import Route

ROUTES: dict[type, Route] = {
    **batches.ROUTES,
    **plan.ROUTES,
    **entry.ROUTES,
    **leaving.ROUTES,
    **applications.ROUTES,
    **documents.ROUTES,
    **reviews.ROUTES,
    **deliberation.ROUTES,
    **notices.ROUTES,
    **points.ROUTES,
    **terms.ROUTES,
    **retirement.ROUTES,
    **settings.ROUTES,
    **limits.ROUTES,
    **organisation.ROUTES,
    **corrections.ROUTES,
    **erasing.ROUTES,
}
