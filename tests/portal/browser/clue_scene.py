"""Clues and opinions in every state that a page shows, and the address of each such page."""

from __future__ import annotations

from collections.abc import Mapping


def clue_addresses() -> Mapping[str, tuple[str, ...]]:
    """Every rule of their pages → where it has something to show."""
    return {}
