"""What tells one unit from another where its name is not shown, or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from services.portal.pages.layout import division_name

_PROFILE = ("unit_kind", "industry_group", "size")


def profile(row: Mapping[str, Any], *more: str) -> str:
    """Division, kind, industry, size and what `more` names, each word once.

    A village or chamber is a kind of unit and an industry of the scheme by the same word.
    """
    words = [division_name(row["division"]), *(label(row[n], n) for n in (*_PROFILE, *more))]
    return " · ".join(dict.fromkeys(words))
