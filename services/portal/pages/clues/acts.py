"""Every act of a clue, in the order of its way."""

from __future__ import annotations

from services.portal.pages.clues import (
    acts_closing,
    acts_entry,
    acts_outcome,
    acts_verification,
    acts_waiting,
)

ACTS = (
    *acts_entry.ACTS,
    *acts_verification.ACTS,
    *acts_outcome.ACTS,
    *acts_closing.ACTS,
    *acts_waiting.ACTS,
)
