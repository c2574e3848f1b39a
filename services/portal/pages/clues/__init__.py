"""The pages of clues and opinions: how they come in, what is done about them, what came of it."""

from __future__ import annotations

from flask import Blueprint

from services.portal.pages.clues import (
    baselines,
    boxes,
    case,
    case_work,
    dialogue,
    evidence,
    exporting,
    hotline,
    identity,
    inspections,
    my_filings,
    opinions_filed,
    proposals,
    referrals,
    reporting,
    searching,
    symposia,
    themes,
    work_list,
)

ENTRIES: tuple[Blueprint, ...] = (
    *(reporting.pages, my_filings.pages, opinions_filed.pages),
    *(boxes.pages, symposia.pages, hotline.pages, baselines.pages),
    *(exporting.pages, searching.pages),
)
"""How things come in, are found, and taken along."""

CASES: tuple[Blueprint, ...] = (
    *(work_list.pages, case.pages, case_work.pages, referrals.pages, evidence.pages),
    identity.pages,
    *(themes.pages, inspections.pages, proposals.pages),
    dialogue.pages,
)
"""What is done about them."""

AREAS: tuple[Blueprint, ...] = (*ENTRIES, *CASES)
"""Every area of these pages."""
