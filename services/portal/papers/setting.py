"""Sets a paper: a template and plain data give a PDF, the same data always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "templates"
FONT = "Noto Serif CJK SC"
_AT_ONCE = BoundedSemaphore(2)
"""A paper takes a core while it is set, and others want theirs too."""


class Paper(StrEnum):
    """Papers by the name of their template."""

    APPLICATION_FORM = "application_form"
    REVIEW_OPINION = "review_opinion"
    NOTICE = "notice"
    OBJECTION_REPORT = "objection_report"
    DESIGNATION = "designation"
    CERTIFICATE = "certificate"
    RETIREMENT = "retirement"
    SUPERVISION = "supervision"
    SUPERVISION_REPORT = "supervision_report"
    BRIEFING = "briefing"


class FontMissing(Exception):
    """This machine has no font that shows Chinese; the text says what to install."""


def set_paper(paper: Paper, data: Mapping[str, Any]) -> bytes:
    """A4 pages as PDF. Raises FontMissing.

    `data` reaches the template as JSON and is set as text: nothing in it is read as markup.
    """
    fonts = _fonts()
    with _AT_ONCE:
        return typst.compile(
            str(TEMPLATES / f"{paper}.typ"),
            root=str(TEMPLATES),
            format="pdf",
            font_paths=fonts,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )


@cache
def _fonts() -> typst.Fonts:
    """Looked for once: for each paper anew it would take longer than the paper itself."""
    fonts = typst.Fonts()
    if FONT not in fonts.families():
        raise FontMissing(
            f"the font {FONT} is not installed: on Debian, apt-get install fonts-noto-cjk"
        )
    return fonts
