"""What tells one unit from another where its name is not shown, or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from services.portal.pages.layout import division_name
from shared.contracts.registry.vocabulary import Size

_PROFILE = ("unit_kind", "industry_group", "size")


def profile(row: Mapping[str, Any], *more: str) -> str:
    """Division, kind, industry, size and what `more` names, each word once; no size says nothing.

    A village or chamber is a kind of unit and an industry of the scheme by the same word.
    """
    told = [name for name in (*_PROFILE, *more) if row[name] != Size.NOT_APPLICABLE]
    words = [division_name(row["division"]), *(label(row[name], name) for name in told)]
    return " · ".join(dict.fromkeys(words))
