"""Tables for a terminal in which a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = "  "


def width(text: str) -> int:
    """How many columns a terminal gives the text (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text filled up with spaces to a width; `right` puts them in front."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def table(
    head: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()
) -> list[str]:
    """Lines of a table; the columns whose numbers are in `right` are aligned to the right."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        GAP.join(
            pad(text, columns, column in right)
            for column, (text, columns) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return [lines[0], "─" * (sum(widths) + len(GAP) * (len(widths) - 1)), *lines[1:]]


def tick(said: int, found: int) -> str:
    """Whether a figure is as it should be."""
    return "✓" if said == found else "✗"
