"""The rules of the application's routes, as tests write them."""

from __future__ import annotations

import re

CONVERTER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
"""A variable of a rule, with its converter."""


def plain(rule: str) -> str:
    """A rule whose variables are without their converters."""
    return CONVERTER.sub(r"<\1>", rule)
