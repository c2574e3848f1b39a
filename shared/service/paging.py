"""Lists a page at a time: cursors that name the last row seen, opaque to whoever passes them on."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from shared.contracts.canonical import check_text
from shared.contracts.errors import Invalid
from shared.projections.model import Row

DEFAULT_LIMIT = 20


def after(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The key a cursor stands for, of these types; None at the beginning.

    Types are text, int, date and datetime (an instant).

    Raises Invalid at `cursor` for one that no page of this list has given.
    """
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(key, list):
            raise bad_cursor()
        return [_part(value, kind) for value, kind in zip(key, kinds, strict=True)]
    except (Invalid, ValueError, TypeError, RecursionError):
        raise bad_cursor() from None


def bad_cursor() -> Invalid:
    """What is said of a cursor that is none."""
    return Invalid.one("cursor", "bad_cursor", "must be the `next` of an earlier page")


def _part(value: Any, kind: type) -> Any:
    """What PostgreSQL can compare a column with; it takes neither U+0000 nor half a character."""
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    if type(value) is not kind:
        raise bad_cursor()
    if isinstance(value, int) and abs(value) >= 2**63:
        raise bad_cursor()
    if isinstance(value, str):
        check_text(value)
    return value


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
