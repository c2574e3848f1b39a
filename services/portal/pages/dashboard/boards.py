"""The boards under the one roof, in the order in which they are read."""

from __future__ import annotations

from services.portal.pages.dashboard.board import Board
from services.portal.pages.dashboard.coverage import COVERAGE
from services.portal.pages.dashboard.limits import LIMITS
from services.portal.pages.dashboard.refunds import REFUNDS
from services.portal.pages.dashboard.supervision import SUPERVISION
from services.portal.pages.dashboard.themes import THEMES
from services.portal.pages.dashboard.trends import TRENDS
from services.portal.pages.dashboard.years import YEARS

BOARDS: tuple[Board, ...] = (
    *(COVERAGE, SUPERVISION, TRENDS, LIMITS, REFUNDS, THEMES),
    YEARS,
)
