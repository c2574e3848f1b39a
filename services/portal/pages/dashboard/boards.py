"""The boards under the one roof, in the order in which they are read."""

from __future__ import annotations

from services.portal.pages.dashboard.board import Board
from services.portal.pages.dashboard.coverage import COVERAGE
from services.portal.pages.dashboard.limits import LIMITS
from services.portal.pages.dashboard.themes import THEMES
from services.portal.pages.dashboard.years import YEARS

BOARDS: tuple[Board, ...] = (COVERAGE, LIMITS, THEMES, YEARS)
