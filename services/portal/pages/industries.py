"""Industry sections (GB/T 4754) to choose from."""

from __future__ import annotations

from shared.reference.industry import ADMITTED, SECTIONS

_BUSINESSES = ADMITTED["manufacturing"] | ADMITTED["services"] | ADMITTED["retail"]
_NO_SECTION = ("S", SECTIONS["S"])
"""Offered too, so that whoever belongs there is told that they cannot apply as a business."""


def industry_choices() -> list[tuple[str, str]]:
    """`(section, name)` of those that a business can belong to."""
    return [*(its for its in SECTIONS.items() if its[0] in _BUSINESSES), _NO_SECTION]
