"""The pages of clues and opinions: how they come in, what is done about them, what came of it."""

from __future__ import annotations

from flask import Blueprint

from services.portal.pages.clues import (
    boxes,
    hotline,
    my_filings,
    opinions_filed,
    reporting,
    symposia,
)

ENTRIES: tuple[Blueprint, ...] = (
    *(reporting.pages, my_filings.pages, opinions_filed.pages),
    *(boxes.pages, symposia.pages, hotline.pages),
)
"""How things come in."""

AREAS: tuple[Blueprint, ...] = (*ENTRIES,)
"""Every area of these pages."""
