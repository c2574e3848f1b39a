"""What pages of clues and opinions say on top after something was done (see notes.py)."""

from __future__ import annotations

from collections.abc import Mapping

CLUE_NOTES: Mapping[str, str] = {
    "clue_accepted": "线索已受理，全案办理期限开始计算。",
}
"""Code → what is said."""
