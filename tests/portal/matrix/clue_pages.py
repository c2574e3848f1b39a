"""Who may see and send which page about clues and opinions, written down by hand."""

from __future__ import annotations

from shared.contracts.roles import Role

CLUE_PAGES: dict[str, frozenset[Role] | str] = {}
