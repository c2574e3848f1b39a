"""What has happened to a clue or an opinion, in words, for who knows nobody who works on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.clues.story import Story


def said(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of an opened clue or opinion: when, what, by whom, and what it says in rows."""
    (told,) = Story([record], {}).told()
    return told
