"""What each command of the clues service does; each module's foot says who may send what."""

from __future__ import annotations

from services.clues.handlers import (
    clues,
    collecting,
    dialogue,
    erasing,
    evidence,
    filing,
    follow_ups,
    keeping,
    openings,
    opinion_recusal,
    opinions,
)
from shared.service.command_bus import Route

ROUTES: dict[type, Route] = {
    **filing.ROUTES,
    **collecting.ROUTES,
    **clues.ROUTES,
    **evidence.ROUTES,
    **opinions.ROUTES,
    **opinion_recusal.ROUTES,
    **dialogue.ROUTES,
    **follow_ups.ROUTES,
    **keeping.ROUTES,
    **openings.ROUTES,
    **erasing.ROUTES,
}
