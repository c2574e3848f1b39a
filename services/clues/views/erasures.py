"""The erasures of the clues service."""

from __future__ import annotations

from services.clues.views.folding import SOURCE
from shared.contracts.clues.events import EVENTS
from shared.erasure.views import erasures_model

CLUE_ERASURES = erasures_model("clue_erasures", SOURCE, EVENTS)
