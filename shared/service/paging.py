"""Lists a page at a time: cursors that name the last row seen, opaque to whoever passes them on."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from shared.contracts.errors import Invalid
from shared.projections.model import Row

DEFAULT_LIMIT = 20


def after(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The key a cursor stands for, of these types; None at the beginning.

    Raises Invalid at `cursor` for one that no page of this list has given.
    """
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        key = None
    if not isinstance(key, list) or [type(part) for part in key] != list(kinds):
        raise Invalid.one("cursor", "bad_cursor", "must be the `next` of an earlier page")
    for part in key:
        if isinstance(part, str) and "\x00" in part:
            raise Invalid.one("cursor", "bad_cursor", "must be the `next` of an earlier page")
    return key


def page(rows: Sequence[Row], limit: int | None, *key: str) -> dict[str, Any]:
    """`{"items", "next"}` out of one row more than a page has; `key` names what orders them."""
    size = limit or DEFAULT_LIMIT
    items = list(rows[:size])
    more = len(rows) > size
    return {"items": items, "next": _cursor(items[-1], key) if more else None}


def fetch(limit: int | None) -> int:
    """How many rows to ask for: one more than the page, to know whether there are more."""
    return (limit or DEFAULT_LIMIT) + 1


def _cursor(row: Row, key: Sequence[str]) -> str:
    values = [its if isinstance(its, int | str) else str(its) for its in map(row.get, key)]
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
