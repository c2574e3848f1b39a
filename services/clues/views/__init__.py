"""The read models of the clues service.

Rows hold nobody's words in clear, and nobody's name: sealed fields are opened from the log for
who may see them, when asked.
"""

from __future__ import annotations

from services.clues.views.clues import CLUES
from services.clues.views.collecting import COLLECTING
from services.clues.views.dialogues import DIALOGUES
from services.clues.views.erasures import CLUE_ERASURES
from services.clues.views.folding import SOURCE
from services.clues.views.limits import LIMITS
from services.clues.views.openings import OPENINGS
from services.clues.views.opinions import OPINIONS
from services.clues.views.themes import THEMES
from shared.contracts.clues.events import EVENTS
from shared.keeping.views import settings_model

CLUE_SETTINGS = settings_model("clue_settings", SOURCE, EVENTS)

__all__ = [
    "CLUES",
    "CLUE_ERASURES",
    "CLUE_SETTINGS",
    "COLLECTING",
    "DIALOGUES",
    "LIMITS",
    "MODELS",
    "OPENINGS",
    "OPINIONS",
    "SOURCE",
    "THEMES",
]

MODELS = (
    CLUES,
    OPINIONS,
    COLLECTING,
    THEMES,
    LIMITS,
    CLUE_SETTINGS,
    OPENINGS,
    DIALOGUES,
    CLUE_ERASURES,
)
