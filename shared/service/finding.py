"""Looking for words in what lies sealed: rows are opened one after the other and compared here.

No table of opened names exists that would have to be emptied when a key is destroyed, and nobody
is told of a row that does not fit, so that only those which are told count as opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shared.contracts.spelling import spelling
from shared.projections.model import Row

WINDOW = 500
"""Rows that are read at once."""

Behind = Callable[[Sequence[Any], int], list[Row]]
"""Gives so many rows behind the one with this key, in the list's order; from None on, the first."""


def says(words: str, *texts: str | None) -> bool:
    """Whether one of the texts has the words in it, as a reader sees them."""
    sought = spelling(words)
    return any(text is not None and sought in spelling(text) for text in texts)


def fitting(
    behind: Behind,
    key: Sequence[Any],
    names: Iterable[str],
    fits: Callable[[Row], bool] | None,
    most: int,
    window: int = WINDOW,
) -> list[Row]:
    """The first `most` rows behind `key` that fit, without a test any.

    names: the columns of a row's key
    """
    if fits is None:
        return behind(key, most)
    columns, found = tuple(names), list[Row]()
    while len(found) < most:
        rows = behind(key, window)
        found += [row for row in rows if fits(row)]
        if len(rows) < window:
            break
        key = [rows[-1][name] for name in columns]
    return found[:most]
