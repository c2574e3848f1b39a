"""What has happened to a clue or an opinion, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from services.portal.pages.clues.story import Story
from shared.contracts.publication.zh_names import zh_name


def said(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of an opened clue or opinion: when, what, by whom, and what it says in rows."""
    return {
        "at": record["occurred_at"],
        "title": zh_name("clues", "event", record["type"]),
        "who": label(record["role"], "role") if record["role"] else "",
        "rows": Story((), {}).rows(record["type"], record["values"]),
    }
