"""What pages read from an address beside their own filters: where a list goes on, after what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict

LONGEST_CURSOR = 200
LONGEST_WORDS = 100


def cursor_asked(args: MultiDict[str, str]) -> str | None:
    """`?cursor=`, as the page before gave it."""
    return args.get("cursor", "")[:LONGEST_CURSOR] or None


def words_asked(args: MultiDict[str, str]) -> str | None:
    """`?words=` that are looked for, without what cannot be seen."""
    typed = "".join(each for each in args.get("words", "") if each.isprintable())
    return typed.strip()[:LONGEST_WORDS].strip() or None


def day_asked(args: MultiDict[str, str], name: str = "day") -> str | None:
    """A day of the address, `YYYY-MM-DD`. Nonsense asks for none."""
    try:
        return dt.date.fromisoformat(args.get(name, "")).isoformat()
    except ValueError:
        return None


def after_asked(args: MultiDict[str, str]) -> dict[str, Any] | None:
    """`?after=<stream>:<version>`: what an answer must already show. Nonsense asks nothing."""
    stream, _, version = args.get("after", "").rpartition(":")
    if not stream or not (version.isascii() and version.isdigit()) or len(version) > 9:
        return None
    return {"stream": stream, "version": int(version)}
