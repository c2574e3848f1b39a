"""What each command of the clues service does; each module's foot says who may send what."""

from __future__ import annotations

from services.clues.handlers import clues, collecting, erasing, filing, keeping, opinions
from shared.service.command_bus import Route

ROUTES: dict[type, Route] = {
    **filing.ROUTES,
    **collecting.ROUTES,
    **clues.ROUTES,
    **opinions.ROUTES,
    **keeping.ROUTES,
    **erasing.ROUTES,
}
